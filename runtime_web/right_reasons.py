"""An explanation of a right in the reader's words."""

from __future__ import annotations

from collections.abc import Iterator

from flask import request

from engine.accounts import Account
from engine.records import Missing, Records
from engine.records.permitted import Permitted
from engine.rights import Asked, Why
from engine.rights import Term as Condition
from runtime_web.i18n import gettext as _
from runtime_web.person import current_viewed, signed_in, workspace
from runtime_web.rights_words import heads, input_said, role_label
from runtime_web.views.rights import Extent, Reason, Term, WhyView
from runtime_web.why_words import grant_said, reason_said, verdict_said

ACTIONS_OF = {
    "card.edit": "update",
    "card.update": "update",
    "card.new": "create",
    "card.create": "create",
}
"""What pages do; all others read."""


def permitted() -> Permitted:
    held = workspace()
    return Permitted(held.database, held.tables)


def own_title(entity: str, record_id: int) -> str:
    """What a record is called for the person who is signed in, with their own eyes; "" where it is not for them."""
    held = workspace()
    records = Records(held.database, held.tables, signed_in().principal)
    return records.titles(entity, [record_id]).get(record_id, "") if entity in records.configuration.entities else ""


def reason_of_request() -> WhyView | None:
    """Why the page of this request is refused to the person with whose eyes an administrator looks; else None."""
    viewed = current_viewed()
    arguments = request.view_args or {}
    entity, record_id = arguments.get("entity"), arguments.get("record_id")
    if viewed is None or not isinstance(entity, str) or entity not in heads(workspace().configuration):
        return None
    if record_id is not None and not own_title(entity, record_id):
        return None
    found = explained(viewed, Asked(ACTIONS_OF.get(request.endpoint or "", "read"), entity), record_id)
    return None if found is None or found.extent == "all" else found


def explained(person: Account, asked: Asked, record_id: int | None) -> WhyView | None:
    """Why somebody may do what is asked, or may not; None where there is no such record."""
    try:
        found = permitted().why(person.principal, asked, record_id)
    except Missing:
        return None
    extents: dict[str, Extent] = {"yes": "all", "depends": "some", "no": "none"}
    return WhyView(
        extents[found.verdict],
        verdict_said(found, person.name),
        reason_said(found, input_said(*found.lacking) if found.lacking else ""),
        tuple(_reasons(found)),
        ", ".join(role_label(name) for name in found.others),
    )


def _reasons(found: Why) -> Iterator[Reason]:
    for grant in found.grants:
        holds = False if grant.closed else grant.condition.met if grant.condition else True
        yield Reason(grant_said(grant, role_label(grant.role)), holds, _terms(grant.condition))
    for limit in found.limits:
        said = _("Restriction of the role %(role)s", role=role_label(limit.role))
        yield Reason(said, limit.condition.met, _terms(limit.condition))
    for clause in found.needs:
        for number, terms in enumerate(clause):
            said = _("The field besides") if number == 0 else _("or")
            told = tuple(Term(one.text, one.met) for one in terms)
            yield Reason(said, None if told[0].met is None else all(one.met for one in told), told)


def _terms(condition: Condition | None) -> tuple[Term, ...]:
    return (Term(condition.text, condition.met),) if condition else ()
