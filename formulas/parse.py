"""From a formula's text to Python's syntax tree, of which nine kinds of nodes are let through.

Limits come first: a text that could make the parser or the evaluator work long is refused by its length, its depth of
brackets and its number of parts, before anything recursive sees it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from formulas.pieces import Spelled
from formulas.problems import Unparsed, finding
from formulas.spelling import DEPTH, spelled
from formulas.tokens import PARTS

ADMITTED = (
    ast.Expression,
    ast.Name,
    ast.Constant,
    ast.BinOp,
    ast.UnaryOp,
    ast.BoolOp,
    ast.Compare,
    ast.Call,
    ast.IfExp,
)
_GRAMMAR = (ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context)


def parse(text: str) -> tuple[ast.expr, Spelled]:
    """The tree of a formula and the way back to its text; raises Unparsed.

    Every leaf is a name that stands for one of the atoms of the spelling.
    """
    spelling = spelled(text)
    if len(spelling.atoms) > PARTS:
        raise Unparsed(finding("formula-too-large", 0, len(text), limit=PARTS))
    try:
        tree = ast.parse(spelling.python, mode="eval")
    except (SyntaxError, RecursionError, MemoryError):
        # The spelling lets nothing through that is wrong, so only its nesting can be too much for the parser.
        raise Unparsed(finding("formula-too-deep", 0, len(text), limit=DEPTH)) from None
    for node in ast.walk(tree):
        if not isinstance(node, ADMITTED + _GRAMMAR):
            raise Unparsed(finding("formula-character", 0, len(text), character=type(node).__name__))
    if _depth(tree.body) > DEPTH:
        raise Unparsed(finding("formula-too-deep", 0, len(text), limit=DEPTH))
    return tree.body, spelling


def _depth(root: ast.expr) -> int:
    """Levels of the tree, where a chain such as a + b + c is one: it is computed in a loop."""
    deepest, pending = 0, [(root, 1)]
    while pending:
        node, depth = pending.pop()
        deepest = max(deepest, depth)
        pending.extend((child, depth + 1) for child in operands(node))
    return deepest


def operands(node: ast.expr) -> Iterator[ast.expr]:
    """The values that a node puts together; those of a chain of binary operators all at once."""
    if isinstance(node, ast.BinOp):
        first, rest = chain(node)
        yield first
        yield from (right for _, right in rest)
    else:
        yield from (child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr))


def chain(node: ast.BinOp) -> tuple[ast.expr, list[tuple[ast.BinOp, ast.expr]]]:
    """A chain of binary operators of one precedence: its first value, then each operator with the value after it."""
    family = family_of(node.op)
    rest: list[tuple[ast.BinOp, ast.expr]] = []
    left: ast.expr = node
    while isinstance(left, ast.BinOp) and family_of(left.op) == family:
        rest.append((left, left.right))
        left = left.left
    rest.reverse()
    return left, rest


def family_of(operator: ast.operator) -> str:
    """Operators of one precedence are of one family."""
    return _FAMILIES.get(type(operator), "")


_FAMILIES: dict[type[ast.operator], str] = {
    ast.Add: "sum",
    ast.Sub: "sum",
    ast.Mult: "product",
    ast.Div: "product",
    ast.BitAnd: "joined",
    ast.Pow: "power",
}
