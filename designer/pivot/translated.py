"""A formula over values as a formula of a spreadsheet: numbers, signs, the functions that both have alike."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from formulas.decimals import canonical
from formulas.tree import Call, Chain, Compared, Constant, Node, Read

Value = Callable[[str], str]
"""The text of a value by its name; one that is nothing is an empty text."""
_SIGNS = frozenset({"+", "-", "*", "/", "^"})
_NUMBERS = frozenset({"number", "money"})
_ALIKE = frozenset({"IF", "IFERROR", "ROUND", "ABS", "AND", "OR", "NOT"})


class Untranslatable(Exception):
    """A spreadsheet has no such formula, or computes it otherwise."""


def translated(tree: Node, value: Value) -> str:
    """The formula for a cell, in which a value that is nothing counts as 0, as it does in ours.

    Raises:
        Untranslatable: it stays a number.
    """
    match tree:
        case Constant():
            return _constant(tree)
        case Read():
            return f"N({value(tree.path)})"
        case Chain():
            return _chain(tree, value)
        case Compared():
            return _compared(tree, value)
        case Call() if tree.function.name in _ALIKE and not tree.carrying:
            return f"{tree.function.name}({','.join(translated(one, value) for one in tree.arguments)})"
    raise Untranslatable


def _constant(tree: Constant) -> str:
    if isinstance(tree.value, bool):
        return "TRUE" if tree.value else "FALSE"
    if isinstance(tree.value, Decimal):
        return canonical(tree.value)
    raise Untranslatable


def _chain(tree: Chain, value: Value) -> str:
    text = translated(tree.first, value)
    for operator, right in tree.rest:
        if operator.sign not in _SIGNS or {operator.left, operator.right} - _NUMBERS:
            raise Untranslatable
        text = f"({text}{operator.sign}{translated(right, value)})"
        # Ours is rounded once to ten places.
        text = f"ROUND({text},10)" if operator.sign == "/" else text
    return text


def _compared(tree: Compared, value: Value) -> str:
    """Equal is what is nothing on both sides too; nothing is less or more than what is nothing."""
    if {tree.left.type.kind, tree.right.type.kind} - _NUMBERS:
        raise Untranslatable
    left, right = _bare(tree.left, value), _bare(tree.right, value)
    if tree.sign in ("==", "!="):
        return f"({left}{'=' if tree.sign == '==' else '<>'}{right})"
    return f"AND(ISNUMBER({left}),ISNUMBER({right}),{left}{tree.sign}{right})"


def _bare(tree: Node, value: Value) -> str:
    """One side of a comparison, which sees what is nothing."""
    return value(tree.path) if isinstance(tree, Read) else translated(tree, value)
