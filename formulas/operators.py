"""The operators between values: which types each takes, what type it gives, what it computes.

A blank number counts as 0, a blank text as ""; a blank date, time or moment makes the result blank.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from formulas import decimals
from formulas.decimals import ZERO, bounded, quotient, rounded, settled, whole
from formulas.text import LONGEST, as_text
from formulas.types import DATE, DATETIME, DURATION, NUMBER, TEXT, Kind, Type
from formulas.values import Fault, Money

Binary = Callable[[Any, Any], Any]
HIGHEST_POWER = 64
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Operator:
    """One sign between two kinds of values. `result` is None where the result is money as its operands are."""

    sign: str
    left: Kind
    right: Kind
    result: Type | None
    python: Binary


def _blank_is_zero(compute: Callable[[Decimal, Decimal], Decimal]) -> Binary:
    def applied(left: Decimal | None, right: Decimal | None) -> Decimal:
        return compute(ZERO if left is None else left, ZERO if right is None else right)

    return applied


def _plus(left: Decimal, right: Decimal) -> Decimal:
    return bounded(left + right)


def _minus(left: Decimal, right: Decimal) -> Decimal:
    return bounded(left - right)


def _times(left: Decimal, right: Decimal) -> Decimal:
    return bounded(left * right)


def power(number: Decimal, exponent: Decimal) -> Decimal:
    """A whole exponent is exact as far as the places go; a broken one gives ten places."""
    if abs(exponent) > HIGHEST_POWER:
        raise Fault("#NUM!", f"An exponent goes from -{HIGHEST_POWER} to {HIGHEST_POWER}.")
    if exponent < 0 and not number:
        raise Fault("#DIV/0!", "Zero has no negative power.")
    if exponent == whole(exponent):
        return _whole_power(number, whole(exponent))
    if number < 0:
        raise Fault("#NUM!", "A negative number has no power with a broken exponent.")
    return settled(decimals.broken_power(number, exponent)) if number else ZERO


def _whole_power(number: Decimal, exponent: int) -> Decimal:
    result = Decimal(1)
    for _ in range(abs(exponent)):
        result = bounded(result * number)
    return quotient(Decimal(1), result) if exponent < 0 else result


def _carried(compute: Callable[[Decimal, Decimal], Decimal], *, ratio: bool = False) -> Binary:
    """The same for amounts whose currency is known only now; `ratio`: the result is a number, not money."""

    def applied(left: Any, right: Any) -> Money | Decimal:
        currency = common_currency(left, right)
        result = compute(amount(left), amount(right))
        return result if ratio else Money(result, currency)

    return applied


def amount(value: Money | Decimal | None) -> Decimal:
    """The number in an amount; 0 for a blank."""
    if isinstance(value, Money):
        return value.amount
    return ZERO if value is None else value


def common_currency(*values: Any) -> str:
    """The one currency of several amounts, "" where none of them says one."""
    found = {value.currency for value in values if isinstance(value, Money) and value.currency}
    if len(found) > 1:
        raise Fault("#CURRENCY!", f"{' and '.join(sorted(found))} are not taken together.")
    return found.pop() if found else ""


def _blank_spreads(compute: Binary) -> Binary:
    def applied(left: Any, right: Any) -> Any:
        if left is None or right is None:
            return None
        try:
            return compute(left, right)
        except OverflowError:
            raise Fault("#NUM!", "Years go from 1 to 9999.") from None

    return applied


def _number_blank_is_zero(compute: Binary, *, last: bool = True) -> Binary:
    """For a moment and a number: a blank number counts as 0, a blank moment spreads."""
    spread = _blank_spreads(compute)

    def applied(left: Any, right: Any) -> Any:
        if last:
            return spread(left, ZERO if right is None else right)
        return spread(right, ZERO if left is None else left)

    return applied


def _days_later(day: dt.date, days: Decimal) -> dt.date:
    return day + dt.timedelta(days=whole(days))


def _days_earlier(day: dt.date, days: Decimal) -> dt.date:
    return day - dt.timedelta(days=whole(days))


def _days_between(left: dt.date, right: dt.date) -> Decimal:
    return Decimal((left - right).days)


def _moved(moment: dt.datetime, days: Decimal) -> dt.datetime:
    return moment + _stretch(days * _DAY)


def _moved_back(moment: dt.datetime, days: Decimal) -> dt.datetime:
    return moment - _stretch(days * _DAY)


def _time_between(left: dt.time, right: dt.time) -> dt.timedelta:
    first, last = (dt.timedelta(hours=one.hour, minutes=one.minute, seconds=one.second) for one in (left, right))
    return first - last


def seconds(stretch: dt.timedelta) -> Decimal:
    """A stretch of time as a number of seconds, exactly."""
    return Decimal(stretch // dt.timedelta(microseconds=1)).scaleb(-6)


def _stretch(length: Decimal) -> dt.timedelta:
    """A stretch of so many seconds, rounded to whole ones."""
    if abs(length) > decimals.STORED_LIMIT:
        raise Fault("#NUM!", "The stretch of time is too long.")
    return dt.timedelta(seconds=int(rounded(length, 0)))


def _longer(left: dt.timedelta, right: Decimal) -> dt.timedelta:
    return _stretch(seconds(left) * right)


def _shorter(left: dt.timedelta, right: Decimal) -> dt.timedelta:
    return _stretch(quotient(seconds(left), right))


def joined(left: Any, right: Any) -> str:
    """Two values as one text."""
    text = as_text(left) + as_text(right)
    if len(text) > LONGEST:
        raise Fault("#VALUE!", f"A text has at most {LONGEST} characters.")
    return text


_NUMBERS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": _plus,
    "-": _minus,
    "*": _times,
    "/": quotient,
    "^": power,
}


def _all() -> tuple[Operator, ...]:
    plain = {sign: _blank_is_zero(compute) for sign, compute in _NUMBERS.items()}
    return (
        *(Operator(sign, "number", "number", NUMBER, python) for sign, python in plain.items()),
        *(Operator(sign, left, right, None, plain[sign]) for sign in "+-" for left, right in _MONEY_PAIRS),
        Operator("*", "money", "number", None, plain["*"]),
        Operator("*", "number", "money", None, plain["*"]),
        Operator("/", "money", "number", None, plain["/"]),
        Operator("/", "money", "money", NUMBER, plain["/"]),
        *_TIMES,
    )


_MONEY_PAIRS: tuple[tuple[Kind, Kind], ...] = (("money", "money"), ("money", "number"), ("number", "money"))
_TIMES = (
    Operator("+", "date", "number", DATE, _number_blank_is_zero(_days_later)),
    Operator("+", "number", "date", DATE, _number_blank_is_zero(_days_later, last=False)),
    Operator("-", "date", "number", DATE, _number_blank_is_zero(_days_earlier)),
    Operator("-", "date", "date", NUMBER, _blank_spreads(_days_between)),
    Operator("+", "datetime", "number", DATETIME, _number_blank_is_zero(_moved)),
    Operator("-", "datetime", "number", DATETIME, _number_blank_is_zero(_moved_back)),
    Operator("+", "datetime", "duration", DATETIME, _blank_spreads(lambda left, right: left + right)),
    Operator("-", "datetime", "duration", DATETIME, _blank_spreads(lambda left, right: left - right)),
    Operator("-", "datetime", "datetime", DURATION, _blank_spreads(lambda left, right: left - right)),
    Operator("-", "time", "time", DURATION, _blank_spreads(_time_between)),
    Operator("+", "duration", "duration", DURATION, _blank_spreads(lambda left, right: left + right)),
    Operator("-", "duration", "duration", DURATION, _blank_spreads(lambda left, right: left - right)),
    Operator("*", "duration", "number", DURATION, _number_blank_is_zero(_longer)),
    Operator("*", "number", "duration", DURATION, _number_blank_is_zero(_longer, last=False)),
    Operator("/", "duration", "number", DURATION, _number_blank_is_zero(_shorter)),
    Operator(
        "/", "duration", "duration", NUMBER, _blank_spreads(lambda left, right: quotient(seconds(left), seconds(right)))
    ),
)
OPERATORS: Mapping[tuple[str, Kind, Kind], Operator] = MappingProxyType(
    {(one.sign, one.left, one.right): one for one in _all()}
)
CARRYING: Mapping[tuple[str, Kind, Kind], Operator] = MappingProxyType(
    {
        key: Operator(
            one.sign,
            one.left,
            one.right,
            one.result,
            _carried(_NUMBERS[one.sign], ratio=one.result is not None),
        )
        for key, one in OPERATORS.items()
        if "money" in key
    }
)
"""The operators with money, for amounts whose currency is known only in the record."""
JOIN = Operator("&", "text", "text", TEXT, joined)
