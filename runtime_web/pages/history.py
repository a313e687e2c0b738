"""The history of a record, and the record as it was at a moment."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, abort, render_template, request

from engine.fields.locale import Locale
from engine.records import Records
from engine.records.history import History
from engine.records.told import Entry
from runtime_web.request import current_locale, current_records
from runtime_web.telling import former_page, history_page

blueprint = Blueprint("history", __name__)


@blueprint.get("/records/<entity>/<int:record_id>/history")
def history(entity: str, record_id: int) -> str:
    """What was done to a record, the newest first; also of one in the trash."""
    records = _known(entity)
    found = History(records).of(entity, record_id)

    def undoable(entry: Entry) -> bool:
        return records.rights.may_administer or (entry.by is not None and entry.by == records.principal.id)

    page = history_page(found, records.configuration, current_locale(), undoable)
    return render_template("pages/history.html", page=page)


@blueprint.get("/records/<entity>/<int:record_id>/then")
def then(entity: str, record_id: int) -> str:
    """A record as it was at a moment, to be read."""
    records, locale = _known(entity), current_locale()
    moment = _moment(request.args.get("at", ""), locale)
    today = History(records).today(entity, record_id)
    found = History(records).as_it_was(entity, record_id, moment)
    page = former_page(found, today, moment, records.configuration, locale)
    return render_template("pages/former.html", page=page)


def _known(entity: str) -> Records:
    records = current_records()
    if entity not in records.rights.readable or records.configuration.parent_of(entity):
        abort(404)
    return records


def _moment(text: str, locale: Locale) -> dt.datetime:
    """A moment of an address: with a zone, or on the reader's clock; the present where it says nothing."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return dt.datetime.now(dt.UTC)
    if found.tzinfo is None:
        # What a person enters has no seconds: the whole minute is meant.
        found = locale.to_utc(found.replace(second=59, microsecond=999_999))
    return found.astimezone(dt.UTC)
