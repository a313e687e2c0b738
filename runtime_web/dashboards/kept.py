"""Dashboards as pages see them: the door to them, and what may be added to one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from flask import g

from engine.model.dashboard import Show
from engine.records import Records
from engine.saved import SavedDashboards
from runtime_web.i18n import current_language
from runtime_web.i18n import gettext as _
from runtime_web.reports.drawing import chart_words
from runtime_web.reports.offered import offered
from runtime_web.reports.table import report_label
from runtime_web.request import current_principal, workspace
from runtime_web.views.dashboard import Adding
from runtime_web.views.designing import Option

SHOWS: frozenset[str] = frozenset(get_args(Show))


def saved_dashboards() -> SavedDashboards:
    """The door to dashboards for this person; one object a request."""
    if "saved_dashboards" not in g:
        held = workspace()
        g.saved_dashboards = SavedDashboards(held.database, held.configuration, current_principal())
    found: SavedDashboards = g.saved_dashboards
    return found


def adding_to(records: Records) -> Adding:
    """The reports that a tile may show, and how."""
    groups = tuple((label, options) for label, options in _groups(records) if options)
    return Adding(
        groups, (("", _("As it opens")), ("number", _("Number")), ("table", _("Table")), *chart_words().items())
    )


def _groups(records: Records) -> Iterator[tuple[str, tuple[Option, ...]]]:
    saved, language = saved_dashboards().reports, current_language()
    yield _("Mine"), tuple((str(one.id), one.name) for one in saved.mine() if saved.is_seen(one))
    yield _("Shared with me"), tuple((str(one.id), one.name) for one in saved.shared())
    configured = offered(records)
    yield _("Ready made"), tuple((name, report_label(records.configuration, one, language)) for name, one in configured)
