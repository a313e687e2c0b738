"""The audit log, for those who administer: log-ins, refusals, exports, imports, changes of users and rights."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from engine.audit import EVENTS, Audit, Line, Sought
from engine.fields.locale import Locale
from runtime_web.access import for_administrators
from runtime_web.i18n import gettext as _
from runtime_web.i18n import gettext as translated
from runtime_web.request import current_locale, current_records, workspace
from runtime_web.views.audit import AuditLine, AuditPage

blueprint = Blueprint("audit", __name__)
PAGE_SIZE = 100
FILTERS = ("event", "person", "since", "until")


@blueprint.get("/audit")
@for_administrators
def lines() -> str:
    """The newest lines, or those that are sought."""
    locale = current_locale()
    found = Audit(workspace().database).lines(
        current_records().rights, _sought(locale), limit=PAGE_SIZE, before=request.args.get("before", None, int)
    )
    return render_template("pages/audit.html", page=_page(found, locale))


def _sought(locale: Locale) -> Sought:
    """What the address asks for; what means nothing is left out."""
    since, until = _day(request.args.get("since", "")), _day(request.args.get("until", ""))
    event = request.args.get("event", "")
    return Sought(
        event if event in EVENTS else None,
        request.args.get("person", None, int),
        locale.day_span(since)[0] if since else None,
        locale.day_span(until)[1] if until else None,
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _page(found: tuple[Line, ...], locale: Locale) -> AuditPage:
    asked = {name: value for name in FILTERS if (value := request.args.get(name, ""))}
    older = urlencode({**asked, "before": found[-1].id}) if len(found) == PAGE_SIZE else ""
    events = sorted(((name, translated(text)) for name, text in EVENTS.items()), key=lambda one: one[1].casefold())
    people = [(str(one.id), one.name) for one in workspace().people.all()]
    return AuditPage(
        lines=tuple(_line(one, locale) for one in found),
        events=tuple((name, label, asked.get("event") == name) for name, label in events),
        people=tuple((number, name, asked.get("person") == number) for number, name in people),
        since=asked.get("since", ""),
        until=asked.get("until", ""),
        filtered=bool(asked),
        older_url=f"/audit?{older}" if older else "",
    )


def _line(one: Line, locale: Locale) -> AuditLine:
    nobody = _("Nobody signed in") if one.event in ("log-in-refused", "refused") else _("The program")
    return AuditLine(
        when=locale.show_datetime(one.at.replace(microsecond=0)),
        moment=one.at.isoformat(),
        said=translated(EVENTS.get(one.event, one.event)),
        who=one.by_name or (f"#{one.by}" if one.by is not None else nobody),
        whom=one.subject_name or (f"#{one.subject}" if one.subject is not None else ""),
        details=tuple(one.details.items()),
    )
