"""A checked formula: typed, frozen nodes, each with its place in the author's text.

Nothing is left to look up: names are resolved, operators and functions chosen by the types. Seven kinds of nodes; the
evaluator and `to_sql` have one case for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from formulas.function import Function, Parameter
from formulas.operators import Operator
from formulas.scope import Member
from formulas.types import Type
from formulas.values import Value


@dataclass(frozen=True, slots=True)
class Node:
    """What all have: the type of the value, and where the author wrote it."""

    type: Type
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """A number, text or boolean that stands in the formula."""

    value: Value


@dataclass(frozen=True, slots=True)
class Read(Node):
    """The value of a field, by its dotted path from the record, or from the current row inside an Each."""

    path: str
    member: Member
    row: bool = False
    old: bool = False


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Values joined by operators from left to right: a - b + c, or a * b / c. A loop, so that length costs no depth."""

    first: Node
    rest: tuple[tuple[Operator, Node], ...]


@dataclass(frozen=True, slots=True)
class Compared(Node):
    """Two values and the sign between them: == != < <= > >=."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function and its arguments, with the parameter that each of them is for.

    `carrying`: amounts among the arguments are Money, whose currency is known only in the record.
    """

    function: Function
    arguments: tuple[Node, ...]
    parameters: tuple[Parameter, ...]
    carrying: bool = False


@dataclass(frozen=True, slots=True)
class Each(Node):
    """A list: the body computed for each row of `root` that meets the condition."""

    root: str
    body: Node
    condition: Node | None = None


@dataclass(frozen=True, slots=True)
class Tagged(Node):
    """An amount of a fixed currency as a Money, where it meets money whose currency is known only in the record."""

    operand: Node
    currency: str


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below one."""
    match node:
        case Chain():
            return (node.first, *(right for _, right in node.rest))
        case Compared():
            return (node.left, node.right)
        case Call():
            return node.arguments
        case Each():
            return (node.body,) if node.condition is None else (node.body, node.condition)
        case Tagged():
            return (node.operand,)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    pending = [node]
    while pending:
        found = pending.pop()
        yield found
        pending.extend(children(found))


def replaced(node: Node, swap: Callable[[Node], Node | None]) -> Node:
    """The tree with what `swap` gives for a node in its place; where that is None, the same is done below it."""
    found = swap(node)
    if found is not None:
        return found
    match node:
        case Chain():
            rest = tuple((operator, replaced(right, swap)) for operator, right in node.rest)
            return replace(node, first=replaced(node.first, swap), rest=rest)
        case Compared():
            return replace(node, left=replaced(node.left, swap), right=replaced(node.right, swap))
        case Call():
            return replace(node, arguments=tuple(replaced(one, swap) for one in node.arguments))
        case Tagged():
            return replace(node, operand=replaced(node.operand, swap))
        case _:
            return node
