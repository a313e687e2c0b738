"""Money: taxes, tiers, exchange."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from formulas.decimals import ONE, ZERO, bounded, quotient, rounded, whole
from formulas.function import Function, Parameter, amount, anything, date, number, same, text
from formulas.types import MONEY, Type, unified
from formulas.values import Context, Fault, Money, Value

_CENTS = Decimal(2)
_DIGITS = number("digits", optional=True)


def _vat(net: Decimal, rate: Decimal, digits: Decimal = _CENTS) -> Decimal:
    return rounded(bounded(net * rate), whole(digits))


def _vat_inside(gross: Decimal, rate: Decimal, digits: Decimal = _CENTS) -> Decimal:
    if rate == -ONE:
        raise Fault("#DIV/0!", "A tax of -100% leaves nothing to divide by.")
    return rounded(bounded(gross * rate / (ONE + rate)), whole(digits))


def _tier(value: Decimal, *tiers: Any) -> Any:
    """The bounds may stand in any order; of two equal ones the first counts."""
    reached: tuple[Decimal, Value] | None = None
    for bound, result in zip(tiers[::2], tiers[1::2], strict=True):
        if bound <= value and (reached is None or bound > reached[0]):
            reached = bound, result
    return reached[1] if reached else None


def _tier_type(types: Sequence[Type]) -> Type:
    unified([types[0], *types[1::2]])
    return unified(types[2::2])


def _convert(context: Context, value: Money | None, currency: str, day: dt.date) -> Money | None:
    wanted = currency.upper()
    if value is None or wanted == value.currency:
        return value
    if not value.amount:
        return Money(ZERO, wanted)
    rate = context.rate(value.currency, wanted, day) if context.rate else None
    if rate is None:
        said = f"No rate from {value.currency or 'no currency'} to {wanted} is known on {day} or before."
        raise Fault("#N/A", f"{said} Enter one among the exchange rates.")
    if isinstance(rate, Fraction):
        # Multiplied first: what is rounded is the amount, once, and not the rate.
        return Money(quotient(value.amount * Decimal(rate.numerator), Decimal(rate.denominator)), wanted)
    return Money(bounded(value.amount * rate), wanted)


FUNCTIONS = (
    Function(
        "VAT",
        (amount("net"), number("rate"), _DIGITS),
        same,
        _vat,
        "The tax on a net amount, rounded to two digits or as many as one says.",
        (("VAT(10.05; 21%)", "2.11"), ("VAT(100; 19%)", "19"), ("VAT(1999; 10%; 0)", "200")),
        sql=True,
    ),
    Function(
        "VATIN",
        (amount("gross"), number("rate"), _DIGITS),
        same,
        _vat_inside,
        "The tax that an amount already contains, rounded to two digits or as many as one says.",
        (("VATIN(121; 21%)", "21"), ("VATIN(10; 20%)", "1.67"), ("VATIN(10; -100%)", "#DIV/0!")),
    ),
    Function(
        "TIER",
        (amount("value"), amount("from").with_(repeating=True), anything("result").with_(repeating=True)),
        _tier_type,
        _tier,
        "The result beside the highest bound that the value reaches; blank where it reaches none.",
        (
            ("TIER(1500; 0; 0%; 1000; 5%; 5000; 10%)", "0.05"),
            ("TIER(1000; 0; 0%; 1000; 5%)", "0.05"),
            ("TIER(10; 1000; 5%)", "blank"),
        ),
    ),
    Function(
        "CONVERT",
        (Parameter("amount", ("money",), blanks=True), text("currency"), date("date")),
        lambda _: MONEY,
        _convert,
        'An amount of money in another currency, by the rate of a day: CONVERT(total; "EUR"; date).',
        (),
        context=True,
        currencies=True,
    ),
)
