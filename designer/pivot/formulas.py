"""Values of a report that are computed of its other values, by the one language of expressions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from designer.pivot.arithmetic import kind_of
from engine.model.report import Measure
from formulas import Compiled, Context, Evaluator, FormulaError, compile_formula
from formulas.scope import Member, Simple
from formulas.sentences import TYPES
from formulas.tree import Node
from formulas.types import ANY, BLANK, NUMBER, Type
from formulas.values import ErrorCode

_ENTITY = "report"
_CIRCLE = FormulaError("#CYCLE!", "The formula needs its own result.")


@dataclass(frozen=True, slots=True)
class Formula:
    """A computed value; where its text is none, it is always the `error`."""

    name: str
    tree: Node | None = None
    error: FormulaError | None = None


class Formulas:
    """The computed values of a report, each after those that it names."""

    def __init__(self, measures: Mapping[str, Measure], types: Mapping[str, Type], context: Context | None) -> None:
        """`types` are those of the values that are read from records."""
        self._evaluator = Evaluator(context or Context.beginning())
        self._formulas: list[Formula] = []
        self.inner: dict[str, frozenset[str]] = {name: frozenset((name,)) for name in types}
        """Of each value those read from records that it is made of, itself where it is one."""
        known = {name: _member(measures[name], kind) for name, kind in types.items()}
        named = _named(measures)
        for name in _in_order(named):
            formula = _compiled(name, measures[name], known)
            self._formulas.append(formula)
            known[name] = _member(measures[name], formula.tree.type if formula.tree else BLANK)
            self.inner[name] = frozenset(inner for other in named[name] for inner in self.inner.get(other, ()))
        for name in named.keys() - known.keys():
            self._formulas.insert(0, Formula(name, error=_CIRCLE))
            self.inner[name] = frozenset()

    def complete(self, values: dict[str, Any]) -> None:
        """Add the computed values to those that are read from records."""
        for formula in self._formulas:
            tree = formula.tree
            values[formula.name] = self._evaluator.value(tree, values) if tree else formula.error


def trees_of(measures: Mapping[str, Measure]) -> Mapping[str, Node]:
    """The formulas that compute numbers of numbers, by name."""
    known = {name: _member(measure, NUMBER) for name, measure in measures.items() if measure.formula is None}
    trees: dict[str, Node] = {}
    for name in _in_order(_named(measures)):
        tree = _compiled(name, measures[name], known).tree
        if tree is not None:
            trees[name] = tree
            known[name] = _member(measures[name], tree.type)
    return trees


def type_of_all(values: Iterable[Any]) -> Type:
    """The type that the values of all groups have."""
    return next((Type(kind) for value in values if (kind := kind_of(value)) != "blank"), BLANK)


def _named(measures: Mapping[str, Measure]) -> dict[str, frozenset[str]]:
    """Of each formula the values that it names."""
    scope = _scope({name: _member(measure, ANY) for name, measure in measures.items()})
    formulas = {name: measure.formula for name, measure in measures.items() if measure.formula is not None}
    compiled = {name: compile_formula(text, scope) for name, text in formulas.items()}
    return {
        name: frozenset(use.name for use in found.uses) if isinstance(found, Compiled) else frozenset()
        for name, found in compiled.items()
    }


def _in_order(named: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """The formulas, each after those that it names, but for those that need their own results."""
    waiting = {name: needs & named.keys() for name, needs in named.items()}
    while waiting:
        ready = [name for name, needs in waiting.items() if not needs & waiting.keys()]
        if not ready:
            return
        yield from ready
        waiting = {name: needs for name, needs in waiting.items() if name not in ready}


def _compiled(name: str, measure: Measure, known: Mapping[str, Member]) -> Formula:
    found = compile_formula(measure.formula or "", _scope(known))
    if isinstance(found, Compiled):
        return Formula(name, found.tree)
    code: ErrorCode = "#VALUE!" if found[0].code in TYPES else "#NAME?"
    return Formula(name, error=FormulaError(code, f"{found[0].sentence} {found[0].hint}".strip()))


def _member(measure: Measure, kind: Type) -> Member:
    label = measure.label
    labels = (label,) if isinstance(label, str) else tuple((label or {}).values())
    return Member(kind, labels)


def _scope(members: Mapping[str, Member]) -> Simple:
    return Simple(_ENTITY, {_ENTITY: members})
