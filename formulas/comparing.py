"""Comparisons: what may be compared with what."""

from __future__ import annotations

from formulas.amounts import agreeing
from formulas.problems import FormulaProblem, Tell, finding, nearest
from formulas.tree import Compared, Constant, Node, Read
from formulas.types import BOOLEAN, Kind, Type, described

_ORDERED: frozenset[Kind] = frozenset({"number", "money", "date", "datetime", "time", "duration", "blank"})
_SHOWN = {"==": "=", "!=": "<>"}


def compared(sign: str, left: Node, right: Node, tell: Tell) -> Node:
    """Two values with a sign between them; tells where that makes no sense."""
    if "any" not in {left.type.kind, right.type.kind}:
        problem = _misfit(sign, left, right)
        if problem:
            tell(problem)
        for one, other in ((left, right), (right, left)):
            _check_option(one, other, tell)
    left, right = agreeing((left, right), tell)
    return Compared(BOOLEAN, left.start, right.end, sign, left, right)


def _misfit(sign: str, left: Node, right: Node) -> FormulaProblem | None:
    start, end = left.start, right.end
    shown = _SHOWN.get(sign, sign)
    kinds = {left.type.kind, right.type.kind}
    if not _comparable(left.type, right.type):
        if kinds in ({"date", "text"}, {"datetime", "text"}):
            return finding("formula-date-and-text", start, end)
        words = {"operator": shown, "left": described(left.type), "right": described(right.type)}
        if kinds == {"date", "datetime"}:
            words["instead"] = "Write DATE(…) around the moment."
        return finding("formula-operand-type", start, end, (), **words)
    if sign in {"==", "!="} or kinds <= _ORDERED:
        return None
    if "text" in kinds:
        return finding("formula-text-ordered", start, end, operator=shown)
    return finding(
        "formula-operand-type", start, end, (), operator=shown, left=described(left.type), right=described(right.type)
    )


def _comparable(left: Type, right: Type) -> bool:
    if "blank" in {left.kind, right.kind}:
        return True
    if left.kind == "record" and right.kind == "record":
        return left.entity == right.entity
    return left.kind == right.kind or {left.kind, right.kind} == {"number", "money"}


def _check_option(field: Node, value: Node, tell: Tell) -> None:
    """A choice compared with a text that is none of its options can never be equal: surely a slip."""
    if not (isinstance(field, Read) and isinstance(value, Constant) and field.member.options):
        return
    text = value.value
    if isinstance(text, str) and text not in field.member.options:
        likely = [f'"{option}"' for option in nearest(text, field.member.options)]
        tell(finding("formula-unknown-option", value.start, value.end, likely, value=text[:40], name=field.path))
