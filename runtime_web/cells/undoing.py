"""Taking back what was done in a grid, without leaving it, and doing it again: an undo is an act like any other."""

from __future__ import annotations

import re

from engine.problems import Refused
from engine.records.undo_plan import UndoPlan
from engine.records.undoing import Undoing
from engine.storage.recording import Undoes
from runtime_web.cells.rows import rows_of
from runtime_web.i18n import ngettext, problem_text
from runtime_web.lists.page import Listing

FEW = 200
_ACT = re.compile(r"(action|change):(\d{1,18})", re.ASCII)


def written_act(undoes: Undoes) -> str:
    """An act as pages name it, such as action:12."""
    return f"action:{undoes.action}" if undoes.action is not None else f"change:{undoes.change}"


def act_of(text: object) -> Undoes | None:
    """The act that a page names."""
    found = _ACT.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    number = int(found[2])
    return Undoes(action=number) if found[1] == "action" else Undoes(change=number)


def undone(listing: Listing, undoes: Undoes) -> dict[str, object]:
    """Take an act back; what the grid is told: the rows as they are, and the act that this was.

    Raises:
        Missing: there is no such act for this reader.
    """
    try:
        plan = Undoing.through(listing.records).undo(undoes)
    except Refused as refused:
        return {"refused": True, "said": " ".join(map(problem_text, refused.problems[:3])), "rows": {}, "act": ""}
    ids = [step.record_id for step in plan.steps if step.entity == listing.state.entity]
    others = any(step.does != "changed" for step in plan.steps) or bool(plan.brought)
    many = others or len(ids) > FEW
    return {
        "refused": bool(plan.hindered),
        "said": _said(plan),
        "rows": {} if many else {str(key): html for key, html in rows_of(listing, ids).items()},
        "reload": many,
        "act": written_act(Undoes(action=plan.action)) if plan.action is not None else "",
    }


def _said(plan: UndoPlan) -> str:
    count, stayed = sum(plan.counts.values()), len(plan.hindered)
    said = [ngettext("Undone in %(num)s record.", "Undone in %(num)s records.", count)] if count or not stayed else []
    if stayed:
        said.append(ngettext("%(num)s record stays as it is.", "%(num)s records stay as they are.", stayed))
    return " ".join(said)
