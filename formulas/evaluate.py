"""Computes checked formulas: the one definition of what a formula means. The only module that knows simpleeval.

simpleeval gives the walk over a tree; everything that makes it dangerous is taken away. It never parses: it is given our
own frozen nodes. It has no operators, functions, names or attributes of its own, seven handlers of ours for seven kinds
of nodes, and every value that reaches it is a plain one. Nothing is raised: what goes wrong is a FormulaError. Work is
counted in nodes, so that it ends.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any

from simpleeval import SimpleEval

from formulas.decimals import ZERO, bounded, exactly
from formulas.function import Parameter
from formulas.operators import amount, common_currency
from formulas.text import LONGEST, as_text
from formulas.tree import Call, Chain, Compared, Constant, Each, Node, Read, Tagged
from formulas.values import Context, Fault, FormulaError, Money, Value

Record = Mapping[str, Any]
"""The values of a record by dotted path. Under the path of a list stand its rows: Records, or plain values."""
WORK = 1_000_000
"""Nodes that one result may take."""

MIXED = "The values of a list are not of the types that this needs."

_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {
        "==": operator.eq,
        "!=": operator.ne,
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
    }
)
_BLANKS: Mapping[str, Any] = MappingProxyType({"number": ZERO, "money": ZERO, "text": "", "boolean": False})
_NO_RECORD: Record = MappingProxyType({})


class _Exhausted(Exception):
    """Raised when a result takes too much work; no function of the language can catch it."""


class Evaluator(SimpleEval):  # type: ignore[misc]  # simpleeval has no types
    """Computes formulas in one context. Not to be shared between threads."""

    def __init__(self, context: Context) -> None:
        super().__init__(operators={}, functions={}, names={}, allowed_attrs={})
        self.operators: dict[Any, Any] = {}
        self.functions: dict[str, Any] = {}
        self.names: dict[str, Any] = {}
        self.nodes: dict[type[Node], Callable[[Any], Any]] = {
            Constant: operator.attrgetter("value"),
            Read: self._read,
            Chain: self._chain,
            Compared: self._compared,
            Call: self._call,
            Each: self._each,
            Tagged: self._tagged,
        }
        self.context = context
        self._left = 0
        self._record: Record = _NO_RECORD
        self._old: Record = _NO_RECORD
        self._row: Any = None

    def value(self, tree: Node, record: Record, old: Record = _NO_RECORD) -> Value:
        """The result for one record; `old` is the record before the change, for OLD()."""
        with exactly():
            return self._value(tree, record, old)

    def of_row(self, tree: Node, record: Record, row: Any) -> Value:
        """What a part of a list gives for one of its rows."""
        with exactly():
            return self._value(tree, record, _NO_RECORD, row)

    def values(self, tree: Node, records: Iterable[Record]) -> Iterator[Value]:
        """The results for many records."""
        for record in records:
            with exactly():
                yield self._value(tree, record, _NO_RECORD)

    def _value(self, tree: Node, record: Record, old: Record, row: Any = None) -> Value:
        self._left, self._record, self._old, self._row = WORK, record, old, row
        try:
            found: Value = self._eval(tree)
        except Fault as fault:
            return fault.error
        except _Exhausted:
            return FormulaError("#NUM!", "The formula takes too much work.")
        except (TypeError, AttributeError):
            # Only a list of mixed types can bring a value that the checker did not see.
            return FormulaError("#VALUE!", MIXED)
        return None if found == "" else found

    def _eval(self, node: Node) -> Any:
        # Replaces simpleeval's own walk, which searches each result for dangerous objects: there are none.
        self._left -= 1
        if self._left < 0:
            raise _Exhausted
        return self.nodes[type(node)](node)

    def _read(self, node: Read) -> Any:
        if node.row:
            row = self._row
            # The path of the row itself is empty; a row that says nothing about itself is there all the same.
            found = row.get(node.path, None if node.path else row) if isinstance(row, dict | Mapping) else row
        else:
            found = (self._old if node.old else self._record).get(node.path)
        if type(found) is int:
            return Decimal(found)
        if type(found) is FormulaError:
            raise Fault(found.code, found.reason)
        return found

    def _chain(self, node: Chain) -> Any:
        found = self._eval(node.first)
        for step, right in node.rest:
            found = step.python(found, self._eval(right))
        return found

    def _compared(self, node: Compared) -> bool:
        left, right = self._eval(node.left), self._eval(node.right)
        left, right = (None if left == "" else left), (None if right == "" else right)
        if left is None or right is None:
            return (left is right) is (node.sign == "==") if node.sign in {"==", "!="} else False
        if type(left) is Money or type(right) is Money:
            common_currency(left, right)
            left, right = amount(left), amount(right)
        return _COMPARISONS[node.sign](left, right)

    def _tagged(self, node: Tagged) -> Any:
        found = self._eval(node.operand)
        return Money(found, node.currency) if type(found) is Decimal else found

    def _each(self, node: Each) -> tuple[Any, ...]:
        rows = self._record.get(node.root) or ()
        outer, found = self._row, []
        for self._row in rows:
            if node.condition is None or self._eval(node.condition):
                found.append(self._eval(node.body))
        self._row = outer
        return tuple(found)

    def _call(self, node: Call) -> Any:
        function = node.function
        given: list[Any] = [self.context] if function.context else []
        currency = ""
        if function.lazy:
            given.extend(partial(self._attempt, argument) for argument in node.arguments)
        else:
            fitted = self._arguments(node)
            if fitted is None:
                return None
            if node.carrying:
                currency = common_currency(*_flat(fitted))
                fitted = list(map(_bare, fitted))
            given.extend(fitted)
        return _settled(node, _computed(function.python, given), currency)

    def _attempt(self, node: Node) -> Any:
        """The value of an argument of a lazy function, errors included."""
        row = self._row
        try:
            return self._eval(node)
        except Fault as fault:
            self._row = row
            return fault.error

    def _arguments(self, node: Call) -> list[Any] | None:
        """What a function receives, or None where a blank makes its result blank."""
        given: list[Any] = []
        blank = False
        for parameter, argument in zip(node.parameters, node.arguments, strict=True):
            found = self._eval(argument)
            if type(found) is tuple:
                items = tuple(None if item is None else self._fitted(item, parameter) for item in found)
                given.extend(items if parameter.ranges == "spread" else (items,))
            elif found is None and not parameter.blanks:
                default = _BLANKS.get(parameter.accepts[0])
                blank = blank or default is None
                given.append(default)
            else:
                fitted = found if found is None else self._fitted(found, parameter)
                given.append((fitted,) if parameter.ranges == "whole" else fitted)
        return None if blank else given

    def _fitted(self, value: Any, parameter: Parameter) -> Any:
        kind = parameter.accepts[0]
        if kind == "text" and type(value) is not str:
            return as_text(value)
        if kind == "date" and type(value) is dt.datetime:
            return value.astimezone(self.context.timezone).date()
        return value


def _flat(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if type(value) is tuple:
            yield from value
        else:
            yield value


def _bare(value: Any) -> Any:
    """An amount without its currency, for functions that need not know it."""
    if type(value) is tuple:
        return tuple(map(_bare, value))
    return value.amount if type(value) is Money else value


def _computed(python: Callable[..., Any], given: list[Any]) -> Any:
    try:
        return python(*given)
    except (ArithmeticError, RecursionError):
        raise Fault("#NUM!", "The number cannot be computed.") from None
    except ValueError:
        raise Fault("#VALUE!", "The function does not take this value.") from None


def _settled(node: Call, found: Any, currency: str) -> Any:
    """A result as the rest of the formula may rely on it."""
    kind = type(found)
    if kind is Decimal or kind is int:
        number = bounded(Decimal(found))
        return Money(number, currency) if node.carrying and node.type.kind == "money" else number
    if kind is str and len(found) > LONGEST:
        raise Fault("#VALUE!", f"A text has at most {LONGEST} characters.")
    if kind is FormulaError:
        raise Fault(found.code, found.reason)
    return found.amount if kind is Money and node.type.currency else found
