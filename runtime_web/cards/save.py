"""Saving a posted card: what came of it, or the form to be shown again. Nothing that was typed is ever lost."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.problems import Problem, Refused
from engine.records import Conflict, Missing, Record, Records, Saved
from runtime_web.cards.again import Again, changed, clashed, is_undecided, refused
from runtime_web.cards.posted import Posted
from runtime_web.i18n import gettext as _


@dataclass(frozen=True)
class Shown:
    """A form to be shown again, and the status that says why."""

    again: Again
    status: int


def save(records: Records, posted: Posted, record_id: int | None) -> Saved | Shown:
    """Save a posted card, new where it has no id yet.

    Raises:
        Missing: there is no such record, not even in the trash.
    """
    if posted.action:
        return Shown(changed(posted, records, _underneath(records, posted, record_id)), 200)
    if posted.reading.problems or is_undecided(posted):
        return _refused(records, posted, record_id, tuple(posted.reading.problems))
    try:
        if record_id is None:
            return records.create(posted.entity, posted.reading.edit(new=True), posted.form.get("_token"))
        return records.update(posted.entity, record_id, posted.reading.edit(new=False))
    except Refused as found:
        return _refused(records, posted, record_id, found.problems)
    except Conflict as found:
        return Shown(clashed(posted, records, found.current, found.clashes), 409)
    except Missing:
        assert record_id is not None
        gone = records.get(posted.entity, record_id, trashed=True)
        note = _("Somebody has deleted this record meanwhile. Bring it back from the trash, then save again.")
        return Shown(replace(refused(posted, records, gone, ()), notes=(note,)), 409)


def _refused(records: Records, posted: Posted, record_id: int | None, problems: tuple[Problem, ...]) -> Shown:
    again = refused(posted, records, _underneath(records, posted, record_id), problems)
    return Shown(again, 409 if again.clashes and not problems else 422)


def _underneath(records: Records, posted: Posted, record_id: int | None) -> Record:
    """The record that a form stands over."""
    return records.blank(posted.entity) if record_id is None else records.get(posted.entity, record_id)
