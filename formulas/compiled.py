"""The door: a text and a scope become a compiled formula, or all that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from formulas.check import Checked, check
from formulas.names import Use
from formulas.problems import FormulaProblem, FormulaProblems, Unparsed, finding
from formulas.scope import Scope
from formulas.tree import Each, Node, Read, children
from formulas.types import Type, described


@dataclass(frozen=True, slots=True)
class Compiled:
    """A formula without problems.

    `uses` are the fields it names, with their places: what a rename rewrites, and what it depends on. `volatile`: it
    changes with the day or with who asks.
    """

    text: str
    tree: Node
    uses: tuple[Use, ...]
    volatile: bool

    @property
    def type(self) -> Type:
        """The type of the result."""
        return self.tree.type

    @property
    def paths(self) -> frozenset[str]:
        """The dotted paths that a record must answer; for a list its own path, and one for each value read in its rows."""
        found: set[str] = set()
        pending = [(self.tree, "")]
        while pending:
            node, root = pending.pop()
            if isinstance(node, Read):
                found.add(".".join(filter(None, (root if node.row else "", node.path))))
            elif isinstance(node, Each):
                root = node.root
                found.add(root)
            pending.extend((child, root) for child in children(node))
        return frozenset(found)


def compile_formula(
    text: str, scope: Scope, *, result: Type | None = None, stored: bool = False
) -> Compiled | FormulaProblems:
    """Compile a formula, or tell every problem of it.

    Args:
        text: what somebody wrote; an equals sign before it is ignored.
        scope: what it may name.
        result: the type that is needed; None takes any single value.
        stored: the result will be stored, so it must not change with the day or the reader.
    """
    try:
        checked = check(text, scope)
    except Unparsed as error:
        return error.problems
    problems = (*checked.problems, *_demanded(checked, result, stored=stored))
    if problems:
        return problems
    return Compiled(text, checked.tree, checked.uses, bool(checked.volatile))


def _demanded(checked: Checked, result: Type | None, *, stored: bool) -> list[FormulaProblem]:
    """What the place demands where the formula will stand."""
    tree, problems = checked.tree, []
    if stored:
        problems += [finding("formula-volatile-stored", start, end, name=name) for name, start, end in checked.volatile]
    if isinstance(tree, Each) or tree.type.item:
        problems.append(finding("formula-result-list", tree.start, tree.end))
    elif result and not _yields(tree.type, result):
        problems.append(_wrong_result(tree, result))
    return problems


def _yields(found: Type, wanted: Type) -> bool:
    """Whether a result may be kept where a type is needed. Money does not become a plain number by itself."""
    if found.kind in {"blank", "any"} or found == wanted:
        return True
    if wanted.kind == "money":
        return found.kind == "number" or (found.kind == "money" and not (found.currency and wanted.currency))
    return found.kind == wanted.kind and found.entity == wanted.entity


def _wrong_result(tree: Node, wanted: Type) -> FormulaProblem:
    found = tree.type
    if found.kind == "money" and wanted.kind == "money":
        return finding("formula-two-currencies", tree.start, tree.end, left=wanted.currency, right=found.currency)
    if wanted.kind == "boolean":
        return finding("formula-condition-type", tree.start, tree.end, found=described(found))
    return finding("formula-result-type", tree.start, tree.end, found=described(found), wanted=described(wanted))
