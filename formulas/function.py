"""What a function of the language is: one frozen definition that checking, evaluation, SQL and the reference page read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from formulas.types import Kind, Type
from formulas.values import Value

Accepts = tuple[Kind, ...]
Ranges = Literal["no", "spread", "whole"]
Rule = Callable[[Sequence[Type]], Type]
"""From the types of the arguments (a spread list counts as its item) to the type of the result; raises Mismatch."""

NUMERIC: Accepts = ("number", "money")
SCALARS: Accepts = ("number", "money", "text", "boolean", "date", "datetime", "time", "duration", "record")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument.

    `ranges`: "no" takes one value; "spread" also takes a list, whose items arrive as if each had been written;
    "whole" wants a list (one value counts as a list of one) and arrives as a tuple.
    `repeating`: the trailing parameters that repeat do so together, once or more (IFS: condition, result).
    `blanks`: the function wants to see None. Otherwise a blank arrives as 0, "" or False, and for a date, time or
    record the whole result is blank. Items of lists arrive as they are, blanks too.
    """

    name: str
    accepts: Accepts
    optional: bool = False
    repeating: bool = False
    ranges: Ranges = "no"
    blanks: bool = False

    def with_(self, **changes: Any) -> Parameter:
        """The same parameter with something changed."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Function:
    """One function.

    `python` receives plain values: Decimal, str, bool, date, aware datetime, time, timedelta, tuple. It may return an
    int for a Decimal, and raises Fault for an error value. Errors among the arguments never reach it: the first one is
    the result. A date parameter that is given a moment receives that moment's day in the workspace's zone. Money
    arrives as its amount; the evaluator checks that currencies agree and gives a result of type money its currency.
    `lazy`: receives a Thunk for each argument instead, and sees errors and blanks as they are.
    `context`: receives the Context as its first argument.
    `currencies`: receives Money values whole.
    `volatile`: depends on today or on who asks.
    `sql`: it is SQL-safe: `to_sql` has a form of this name, equal to `python` on every value.
    `examples`: pairs of a formula and its result as `formulas.text.literal` writes it; each is a test.
    `ru`, `ro`, `fi`, `sq`: the name in Excel of that language, where it differs from the English one.
    """

    name: str
    parameters: tuple[Parameter, ...]
    result: Type | Rule
    python: Callable[..., Value | int]
    doc: str
    examples: tuple[tuple[str, str], ...]
    sql: bool = False
    lazy: bool = False
    context: bool = False
    currencies: bool = False
    volatile: bool = False
    ru: str = ""
    ro: str = ""
    fi: str = ""
    sq: str = ""

    @property
    def aliases(self) -> tuple[tuple[str, str], ...]:
        """Language and name for each language in which Excel calls it otherwise."""
        named = (("ru", self.ru), ("ro", self.ro), ("fi", self.fi), ("sq", self.sq))
        return tuple((language, name) for language, name in named if name)

    @property
    def signature(self) -> str:
        """How a reader sees its arguments: ROUND(number; [digits])."""
        return f"{self.name}({'; '.join(_shown(one) for one in self.parameters)})"


def _shown(parameter: Parameter) -> str:
    name = f"{parameter.name}…" if parameter.repeating else parameter.name
    return f"[{name}]" if parameter.optional else name


def number(name: str, *, optional: bool = False) -> Parameter:
    """A parameter that takes a plain number: a count, digits, a rate."""
    return Parameter(name, ("number",), optional=optional)


def amount(name: str, *, optional: bool = False) -> Parameter:
    """A parameter that takes a number or money."""
    return Parameter(name, NUMERIC, optional=optional)


def amounts(name: str = "numbers") -> Parameter:
    """A repeating parameter that takes numbers, money or lists of them, one by one; blanks are seen, to be skipped."""
    return Parameter(name, NUMERIC, repeating=True, ranges="spread", blanks=True)


def text(name: str, *, optional: bool = False) -> Parameter:
    """A parameter that takes a text; a number, date or boolean arrives as its canonical text."""
    return Parameter(name, ("text", "number", "money", "boolean", "date", "datetime", "time"), optional=optional)


def condition(name: str) -> Parameter:
    """A parameter that takes yes or no."""
    return Parameter(name, ("boolean",))


def date(name: str, *, optional: bool = False) -> Parameter:
    """A parameter that takes a date, or a moment as its day."""
    return Parameter(name, ("date", "datetime"), optional=optional)


def anything(name: str, *, optional: bool = False) -> Parameter:
    """A parameter that takes any single value and sees blanks."""
    return Parameter(name, SCALARS, optional=optional, blanks=True)


def whole_list(name: str, accepts: Accepts = SCALARS) -> Parameter:
    """A parameter that takes a list as a tuple."""
    return Parameter(name, accepts, ranges="whole", blanks=True)


def same(types: Sequence[Type]) -> Type:
    """The result has the type of the first argument."""
    return types[0]
