"""A checked formula written with a bracket around everything, so that golden files show how it was read."""

from __future__ import annotations

from formulas.text import literal
from formulas.tree import Call, Chain, Compared, Constant, Each, Node, Read, Tagged


def shown(node: Node) -> str:
    """The tree as one line."""
    match node:
        case Constant():
            return literal(node.value)
        case Read():
            return ("OLD " if node.old else "") + ("row." if node.row else "") + node.path
        case Compared():
            return f"({shown(node.left)} {node.sign} {shown(node.right)})"
        case Tagged():
            return f"{shown(node.operand)} in {node.currency}"
        case _:
            return _shown_parts(node)


def _shown_parts(node: Node) -> str:
    match node:
        case Chain():
            found = shown(node.first)
            for operator, right in node.rest:
                found = f"({found} {operator.sign} {shown(right)})"
            return found
        case Call():
            return f"{node.function.name}({'; '.join(map(shown, node.arguments))})"
        case Each():
            condition = f" if {shown(node.condition)}" if node.condition else ""
            return f"[{shown(node.body)} for row of {node.root}{condition}]"
        case _:
            raise AssertionError(node)
