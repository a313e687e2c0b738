"""Why a formula has its result: every part of it with the value that the evaluator gives for it.

There is no second way of computing here: a part is evaluated as the formula itself is. A list shows its rows, which of
them met the condition, and what each contributed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from formulas.compiled import Compiled
from formulas.evaluate import Evaluator, Record
from formulas.tree import Constant, Each, Node, Read, Tagged, children
from formulas.values import Context, FormulaError, Value

_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")


@dataclass(frozen=True, slots=True)
class Contribution:
    """One row of a list: its values, whether it met the condition, and what it gave."""

    row: Any
    entered: bool
    value: Value


@dataclass(frozen=True, slots=True)
class Explained:
    """A part of a formula.

    `text` is what the author wrote, and `condition` what stands beside it of which rows count. `needed` is False for
    what a choice had no need to compute; nothing stands below it then. A list has `rows`, and as `parts` what its rows
    are compared or computed with in the record itself.
    """

    node: Node
    text: str
    value: Value
    needed: bool = True
    parts: tuple[Explained, ...] = ()
    rows: tuple[Contribution, ...] = ()
    condition: str = ""


def explain(formula: Compiled, context: Context, record: Record) -> Explained:
    """The formula for one record, part by part; constants are left out, for they stand in the text."""
    return _Explaining(formula, context, record).of(formula.tree)


class _Noting(Evaluator):
    """Notes which parts are computed on the way to a result."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.computed: set[int] = set()

    def _eval(self, node: Node) -> Any:
        self.computed.add(id(node))
        return super()._eval(node)


class _Explaining:
    """Explains one formula for one record."""

    def __init__(self, formula: Compiled, context: Context, record: Record) -> None:
        self.text = formula.text
        self.record = record
        self.evaluator = Evaluator(context)
        noting = _Noting(context)
        noting.value(formula.tree, record)
        self.computed = noting.computed

    def of(self, node: Node) -> Explained:
        """One part and all below it."""
        node = _bare(node)
        text = written(self.text, node)
        if isinstance(node, Each):
            own = tuple(self.of(read) for read in _own_reads(node))
            condition = written(self.text, node.condition) if node.condition else ""
            return Explained(node, text, None, parts=own, rows=tuple(self._rows(node)), condition=condition)
        value = self.evaluator.value(node, self.record)
        below = (_bare(child) for child in children(node))
        parts = tuple(self._part(node, child) for child in below if not isinstance(child, Constant))
        return Explained(node, text, value, parts=parts)

    def _part(self, above: Node, node: Node) -> Explained:
        lazy = getattr(getattr(above, "function", None), "lazy", False)
        if lazy and id(above) in self.computed and not self._was_computed(node):
            return Explained(node, written(self.text, node), None, needed=False)
        return self.of(node)

    def _was_computed(self, node: Node) -> bool:
        return id(node) in self.computed

    def _rows(self, node: Each) -> Iterator[Contribution]:
        for row in self.record.get(node.root) or ():
            met = True if node.condition is None else self.evaluator.of_row(node.condition, self.record, row)
            if isinstance(met, FormulaError):
                yield Contribution(row, entered=True, value=met)
            elif not met:
                yield Contribution(row, entered=False, value=None)
            else:
                # Of a record that is only counted, what stands for it is no value.
                counted = isinstance(node.body, Read) and not node.body.path and isinstance(row, Mapping)
                value = None if counted else self.evaluator.of_row(node.body, self.record, row)
                yield Contribution(row, entered=True, value=value)


def written(text: str, node: Node) -> str:
    """What the author wrote for a node, with the brackets at its ends, which belong to no node."""
    start, end = node.start, node.end
    opened = _open_brackets(text[start:end])
    while opened > 0 and (found := text.find(")", end)) >= 0:
        end, opened = found + 1, opened - 1
    while opened < 0 and (found := text.rfind("(", 0, start)) >= 0:
        start, opened = found, opened + 1
    return text[start:end]


def _open_brackets(text: str) -> int:
    """How many brackets are opened and not closed; below zero, closed and not opened. Those in texts do not count."""
    plain = _QUOTED.sub("", text)
    return plain.count("(") - plain.count(")")


def _bare(node: Node) -> Node:
    """The node that the author wrote: an amount is tagged with its currency only on the way."""
    while isinstance(node, Tagged):
        node = node.operand
    return node


def _own_reads(node: Each) -> Iterator[Read]:
    """What the body and the condition of a list read in the record itself, each once."""
    seen: set[str] = set()
    pending = [one for one in (node.condition, node.body) if one is not None]
    while pending:
        found = pending.pop()
        if isinstance(found, Read) and not found.row and found.path not in seen:
            seen.add(found.path)
            yield found
        pending.extend(children(found))
