"""Whatever a function is given of the types that it takes: a value or an error value, soon, and of a bounded size."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formulas.decimals import LIMIT, bounded, exactly
from formulas.function import Function, Parameter
from formulas.functions import FUNCTIONS
from formulas.text import LONGEST
from formulas.types import Kind
from formulas.values import Context, Fault, FormulaError, Money, Reference, Value
from tests.formulas.given import TODAY

SECONDS = 0.5
EXAMPLES = 20
ALMOST = LIMIT - Decimal("1e-10")
CONTEXT = Context(
    TODAY,
    dt.datetime.combine(TODAY, dt.time(12), dt.UTC),
    ZoneInfo("Europe/Chisinau"),
    "ru",
    rate=lambda one, other, day: Decimal("1.0837") if other == "EUR" else None,
)

NUMBERS = st.one_of(
    st.integers(-12, 40).map(Decimal),
    st.sampled_from(("0.5", "-0.5", "2.675", "1e-40", "-1e-40", "1e29", "-1e29", "0.999999", "32767", "65")).map(
        Decimal
    ),
    st.sampled_from((ALMOST, -ALMOST, Decimal("0.21"), Decimal(-1), Decimal("-0.9999999999"))),
    st.decimals(-ALMOST, ALMOST, places=10),
    st.decimals(-1, 1, places=40),
)
TEXTS = st.one_of(
    st.sampled_from(
        ("", "a", "?", "*", "~", "~*", ">=5", "<>", "=", "<b", "YM", "EUR", "12.5", "-", "1" * 400, "0" * 400)
    ),
    st.sampled_from(
        ("#,##0.00;-0;0%", "dd.mm.yyyy", "h:mm AM/PM", "0" * 255, '"', "\\", "*a" * 127, "[h]", "%" * 9, ",")
    ),
    st.sampled_from(("a" * LONGEST, "ß" * LONGEST, " " * LONGEST, "a?" * 127, "ab" * (LONGEST // 2))),
    st.text(max_size=12),
)
MOMENTS = st.datetimes(timezones=st.just(dt.UTC), min_value=dt.datetime(2, 1, 1), max_value=dt.datetime(9998, 1, 1))
DATES = st.one_of(st.dates(), st.sampled_from((dt.date.min, dt.date.max, dt.date(2024, 2, 29), TODAY)))
VALUES: Mapping[Kind, st.SearchStrategy[Any]] = {
    "number": NUMBERS,
    "money": NUMBERS,
    "text": TEXTS,
    "boolean": st.booleans(),
    "date": DATES,
    "datetime": MOMENTS,
    "time": st.times(),
    "duration": st.timedeltas(),
    "record": st.builds(Reference, st.just("client"), st.integers(1, 3)),
    "list": st.just((Decimal(1), None)),
}


def one(kind: Kind, parameter: Parameter, function: Function) -> st.SearchStrategy[Any]:
    if parameter.accepts[0] == "text":
        return TEXTS
    if function.currencies and kind == "money":
        return st.builds(Money, NUMBERS, st.sampled_from(("EUR", "MDL", "")))
    if parameter.accepts[0] == "date":
        return DATES
    return VALUES[kind]


@st.composite
def argument(draw: st.DrawFn, function: Function, parameter: Parameter, kinds: dict[str, Kind]) -> list[Any]:
    """What arrives for one argument, as the evaluator would pass it on: one value, or the items of a list."""
    accepts = [kind for kind in parameter.accepts if kind != "list" or parameter.ranges == "no"]
    # One call has one kind of value for parameters that take several: the checker sees to that.
    kind = kinds.setdefault(str(parameter.accepts), draw(st.sampled_from(accepts)))
    value = one(kind, parameter, function)
    if parameter.ranges == "whole":
        return [draw(st.lists(st.none() | value, max_size=3).map(tuple))]
    if parameter.ranges == "spread" and draw(st.booleans()):
        return draw(st.lists(st.none() | value, max_size=4))
    return [draw(st.none() | value if parameter.blanks else value)]


@st.composite
def arguments(draw: st.DrawFn, function: Function) -> list[Any]:
    found: list[Any] = [CONTEXT] if function.context else []
    kinds: dict[str, Kind] = {}
    group = [parameter for parameter in function.parameters if parameter.repeating]
    for index, parameter in enumerate(function.parameters):
        if parameter.optional and draw(st.booleans()):
            break
        times = draw(st.integers(1, 3)) if group and parameter is group[0] else 0
        for repeated in group * times if times else () if parameter in group else (function.parameters[index],):
            found.extend(draw(argument(function, repeated, kinds)))
    if function.lazy:
        errors = st.just(FormulaError("#DIV/0!"))
        found = [thunk(draw(errors) if draw(st.integers(0, 9)) == 0 else value) for value in found]
    return found


def thunk(value: Any) -> Any:
    return lambda: value


def outcome(function: Function, drawn: list[Any]) -> Value:
    """As the evaluator computes it, but without its net below: only Fault may be raised."""
    with exactly():
        try:
            found = function.python(*drawn)
            return bounded(Decimal(found)) if isinstance(found, Decimal | int) and found is not True else found
        except Fault as fault:
            return fault.error


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda one: one.name)
def test_any_arguments_give_a_value_or_a_fault(function: Function) -> None:
    @settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(arguments(function))
    def holds(drawn: list[Any]) -> None:
        started = time.thread_time()
        found = outcome(function, drawn)
        assert time.thread_time() - started < SECONDS
        assert not isinstance(found, str) or len(found) <= LONGEST
        assert not isinstance(found, FormulaError) or found.reason.endswith(".") or function.lazy

    holds()
