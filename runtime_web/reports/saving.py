"""Saved reports as pages see them: the door to them, how they are called, and the forms by which one keeps them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import g

from engine.fields.label import text_in
from engine.model import Report
from engine.records import Records
from engine.saved import Described, SavedReport, SavedReports
from runtime_web import addresses
from runtime_web.i18n import current_language
from runtime_web.i18n import gettext as _
from runtime_web.reports.offered import found, is_there
from runtime_web.reports.spec import written
from runtime_web.reports.table import report_label
from runtime_web.request import current_principal, workspace
from runtime_web.sharing import share_choices, sharing_words, who_sees
from runtime_web.views.saving import Keeping, SavingForm

NEW, OWN = "save-as", "describe"
"""The two dialogs: for a new report, and for what one's own is called."""


@dataclass(frozen=True)
class Typed:
    """What somebody entered into one of the dialogs, and what is wrong with it."""

    form: str
    described: Described
    errors: Mapping[str, str] = field(default_factory=dict)


def saved_reports() -> SavedReports:
    """The door to saved reports for this person; one object a request."""
    if "saved_reports" not in g:
        held = workspace()
        g.saved_reports = SavedReports(held.database, held.configuration, current_principal())
    found: SavedReports = g.saved_reports
    return found


def named_report(records: Records, name: str) -> Report | None:
    """The report at an address: of the configuration by its name, a saved one by its number; None where there is none."""
    if not re.fullmatch("[0-9]{1,18}", name, re.ASCII):
        return found(records, name)
    saved = saved_reports().get(int(name))
    report = saved.report if saved else None
    return report if report is not None and is_there(records, report) else None


def sharing_said(saved: SavedReport) -> str:
    """With whom a report is shared, or by whom."""
    return sharing_words(saved.owner_name, saved.described.roles, mine=saved_reports().owns(saved))


def keeping_of(
    records: Records, report: Report, saved: SavedReport | None, typed: Typed | None, before: Report
) -> Keeping | None:
    """What may be done to keep a report; None for whoever looks with another's eyes.

    Args:
        records: as the reader sees them.
        report: as it stands.
        saved: where it is one that somebody keeps.
        typed: what was entered into one of the dialogs, and could not be taken.
        before: the report as it opened: while it is the same, there is nothing to save.
    """
    if records.rights.looking:
        return None
    new = saving_form(
        NEW, _("Save report"), addresses.new_report_of(report.of), _proposed(records, report, saved), typed
    )
    if saved is None or not saved_reports().owns(saved) or saved.report is None:
        return Keeping(new, said=sharing_said(saved) if saved else "")
    url = addresses.saved_report(saved.id)
    return Keeping(
        new,
        saving_form(OWN, _("Name and sharing"), url, saved.described, typed),
        written(before),
        url,
        f"{url}/delete",
        sharing_said(saved),
    )


def _proposed(records: Records, report: Report, saved: SavedReport | None) -> Described:
    """How a new report is called unless somebody says otherwise: nothing, where it is the first of its kind."""
    if report.label is None and saved is None:
        return Described("")
    language = current_language()
    name = saved.name if saved else report_label(records.configuration, report, language)
    return Described(_("%(name)s (copy)", name=name), text_in(report.help, language, "") if report.help else "")


def saving_form(key: str, title: str, url: str, described: Described, typed: Typed | None) -> SavingForm:
    """The dialog that asks how something is called and who sees it."""
    opened = typed is not None and typed.form == key
    if typed is not None and opened:
        described = typed.described
    roles = described.roles
    return SavingForm(
        key=key,
        title=title,
        url=url,
        name=described.name,
        help=described.help,
        who=who_sees(roles),
        roles=share_choices(saved_reports().roles_to_share_with(), roles),
        opened=opened,
        errors=typed.errors if typed is not None and opened else {},
    )
