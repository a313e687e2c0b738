"""Values joined by operators: the operator chosen by the types on both sides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from types import MappingProxyType

from formulas.amounts import agreeing, varies
from formulas.decimals import ZERO
from formulas.operators import CARRYING, JOIN, OPERATORS, Operator
from formulas.problems import Param, Tell, finding
from formulas.tree import Chain, Constant, Node
from formulas.types import ANY, DURATION, NUMBER, TEXT, Kind, Type, described

Step = tuple[str, Node]
_JOINABLE: frozenset[Kind] = frozenset(
    {"number", "money", "text", "boolean", "date", "datetime", "time", "blank", "any", "record"}
)
_INSTEAD: MappingProxyType[tuple[str, Kind, Kind], str] = MappingProxyType(
    {
        ("-", "date", "datetime"): "Write DATE(…) around the moment.",
        ("-", "datetime", "date"): "Write DATE(…) around the moment.",
        ("+", "date", "date"): "The days between two dates are a - b.",
        ("/", "number", "money"): "Divide the money by the number, or money by money.",
    }
)


def chained(first: Node, steps: Sequence[Step], tell: Tell) -> Node:
    """a - b + c, or a * b / c: each step with the operator for what it finds."""
    agreed = agreeing((first, *(node for _, node in steps)), tell)
    carrying = varies(agreed)
    found, rest = agreed[0].type, []
    for (sign, _), node in zip(steps, agreed[1:], strict=True):
        chosen = _chosen(sign, found, node.type, carrying=carrying)
        if chosen is None:
            _tell_misfit(sign, found, node, first.start, tell)
            return Constant(ANY, first.start, steps[-1][1].end, None)
        operator, found = chosen
        rest.append((operator, node))
    return Chain(found, first.start, steps[-1][1].end, agreed[0], tuple(rest))


def _chosen(sign: str, left: Type, right: Type, *, carrying: bool) -> tuple[Operator, Type] | None:
    if "any" in {left.kind, right.kind}:
        return OPERATORS[sign, "number", "number"], ANY
    table = CARRYING if carrying and "money" in {left.kind, right.kind} else OPERATORS
    for kinds in _readings(left.kind, right.kind):
        operator = table.get((sign, *kinds))
        if operator:
            return operator, operator.result or (left if left.kind == "money" else right)
    return None


def _readings(left: Kind, right: Kind) -> list[tuple[Kind, Kind]]:
    """What two kinds may be taken for: a blank is a number, or else what stands beside it."""
    lefts: list[Kind] = ["number", right] if left == "blank" else [left]
    rights: list[Kind] = ["number", left] if right == "blank" else [right]
    return [(one, other) for one in lefts for other in rights]


def _tell_misfit(sign: str, left: Type, node: Node, start: int, tell: Tell) -> None:
    right = node.type
    kinds = {left.kind, right.kind}
    if sign == "+" and "text" in kinds:
        tell(finding("formula-text-added", start, node.end))
    elif sign == "*" and kinds == {"money"}:
        tell(finding("formula-money-multiplied", start, node.end))
    else:
        params: dict[str, Param] = {"operator": sign, "left": described(left), "right": described(right)}
        instead = _INSTEAD.get((sign, left.kind, right.kind)) or _boolean_hint(kinds)
        if instead:
            params["instead"] = instead
        tell(finding("formula-operand-type", start, node.end, (), **params))


def _boolean_hint(kinds: set[Kind]) -> str:
    return "Write IF(…; 1; 0) for yes or no." if "boolean" in kinds else ""


def negated(sign: str, operand: Node, start: int, tell: Tell) -> Node:
    """A value with a sign before it."""
    kind = operand.type.kind
    if kind not in {"number", "money", "duration", "blank", "any"}:
        tell(finding("formula-sign-type", start, operand.end, operator=sign, found=described(operand.type)))
        return Constant(ANY, start, operand.end, None)
    if sign == "+" or kind == "any":
        return operand
    if isinstance(operand, Constant) and kind == "number":
        value = operand.value
        return Constant(NUMBER, start, operand.end, -value if value else ZERO)  # type: ignore[operator]
    nothing = Constant(DURATION, start, start, dt.timedelta()) if kind == "duration" else _zero(start)
    chain = chained(nothing, [("-", operand)], tell)
    return chain


def _zero(start: int) -> Constant:
    return Constant(NUMBER, start, start, ZERO)


def joined(nodes: Sequence[Node], tell: Tell) -> Node:
    """Texts, or values as texts, put together."""
    for node in nodes:
        if node.type.kind not in _JOINABLE:
            tell(
                finding(
                    "formula-operand-type",
                    node.start,
                    node.end,
                    operator="&",
                    left="a text",
                    right=described(node.type),
                )
            )
    return Chain(TEXT, nodes[0].start, nodes[-1].end, nodes[0], tuple((JOIN, node) for node in nodes[1:]))
