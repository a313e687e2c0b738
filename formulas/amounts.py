"""Money among other values: currencies must agree, and a fixed one is told where it meets one that varies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from formulas.problems import Tell, finding
from formulas.tree import Each, Node, Tagged
from formulas.types import MONEY, Type, list_of


def money_type(node: Node) -> Type | None:
    """The type of an amount or of the amounts in a list, None where it is no money."""
    found = node.type.item or node.type
    return found if found.kind == "money" else None


def varies(nodes: Iterable[Node]) -> bool:
    """Whether the currency of at least one amount is known only in the record."""
    return any(found is not None and not found.currency for found in map(money_type, nodes))


def agreeing(nodes: Sequence[Node], tell: Tell) -> tuple[Node, ...]:
    """The same nodes, amounts of fixed currency tagged where another varies; tells of two fixed ones."""
    first = ""
    for node in nodes:
        found = money_type(node)
        if found is None or not found.currency:
            continue
        if first and found.currency != first:
            tell(finding("formula-two-currencies", node.start, node.end, left=first, right=found.currency))
            break
        first = found.currency
    return tuple(map(tagged, nodes)) if varies(nodes) else tuple(nodes)


def tagged(node: Node) -> Node:
    """An amount, or a list of them, that carries its currency; anything else as it is."""
    found = money_type(node)
    if found is None or not found.currency:
        return node
    if isinstance(node, Each):
        return replace(node, type=list_of(MONEY), body=tagged(node.body))
    return Tagged(MONEY, node.start, node.end, node, found.currency)
