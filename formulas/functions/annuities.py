"""Annuities: equal payments at equal intervals. What one pays is negative, what one receives positive, as in Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import wraps

from formulas.decimals import ONE, ZERO, broken_power, rounded, settled, whole
from formulas.function import Function, amount, number
from formulas.types import NUMBER, Type, unified
from formulas.values import Fault

_CLOSE = Decimal("1e-15")
_MOST_STEPS = 60
_STEP_PLACES = 30
_SHIFT = Decimal("1e-20")
_GUESS = Decimal("0.1")


def approximate(compute: Callable[..., Decimal]) -> Callable[..., Decimal]:
    """Round the result to ten places; what is too large on the way, or divided by zero, is #NUM!."""

    @wraps(compute)
    def applied(*arguments: Decimal) -> Decimal:
        try:
            return settled(compute(*arguments))
        except ArithmeticError:
            raise Fault("#NUM!", "The numbers give no result.") from None

    return applied


@dataclass(frozen=True, slots=True)
class Annuity:
    """A rate per period, a number of periods, and whether payments are due at their beginning."""

    rate: Decimal
    periods: Decimal
    due: Decimal = ZERO

    @property
    def growth(self) -> Decimal:
        """What 1 becomes by the end."""
        if self.rate <= -ONE:
            raise Fault("#NUM!", "A rate is above -100%.")
        if self.periods == whole(self.periods):
            return (ONE + self.rate) ** self.periods
        return broken_power(ONE + self.rate, self.periods)

    @property
    def payments(self) -> Decimal:
        """What payments of 1 become by the end."""
        if not self.rate:
            return self.periods
        early = ONE + self.rate if self.due else ONE
        return early * (self.growth - ONE) / self.rate

    def future(self, payment: Decimal, present: Decimal) -> Decimal:
        """What stands there at the end."""
        return -(present * self.growth + payment * self.payments)

    def payment(self, present: Decimal, future: Decimal) -> Decimal:
        """The payment that makes the end meet."""
        return -(present * self.growth + future) / self.payments


def _payment(rate: Decimal, periods: Decimal, present: Decimal, *rest: Decimal) -> Decimal:
    future, due = _rest(rest)
    return Annuity(rate, periods, due).payment(present, future)


def _rest(rest: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """The two last arguments, 0 where they are not given."""
    first, second = (*rest, ZERO, ZERO)[:2]
    return first, second


def _interest(rate: Decimal, period: Decimal, periods: Decimal, present: Decimal, *rest: Decimal) -> Decimal:
    future, due = _rest(rest)
    if not 1 <= period <= periods:
        raise Fault("#NUM!", "There is no such period.")
    payment = Annuity(rate, periods, due).payment(present, future)
    if not due:
        return Annuity(rate, period - 1).future(payment, present) * rate
    if period == 1:
        return ZERO
    return (Annuity(rate, period - 2, due).future(payment, present) - payment) * rate


def _principal(rate: Decimal, period: Decimal, periods: Decimal, present: Decimal, *rest: Decimal) -> Decimal:
    return _payment(rate, periods, present, *rest) - _interest(rate, period, periods, present, *rest)


def _present(rate: Decimal, periods: Decimal, payment: Decimal, *rest: Decimal) -> Decimal:
    future, due = _rest(rest)
    annuity = Annuity(rate, periods, due)
    return -(future + payment * annuity.payments) / annuity.growth


def _future(rate: Decimal, periods: Decimal, payment: Decimal, *rest: Decimal) -> Decimal:
    present, due = _rest(rest)
    return Annuity(rate, periods, due).future(payment, present)


def _periods(rate: Decimal, payment: Decimal, present: Decimal, *rest: Decimal) -> Decimal:
    future, due = _rest(rest)
    if not rate:
        return -(present + future) / payment
    if rate <= -ONE:
        raise Fault("#NUM!", "A rate is above -100%.")
    early = payment * (ONE + rate if due else ONE)
    ratio = (early - future * rate) / (early + present * rate)
    if ratio <= 0:
        raise Fault("#NUM!", "The payments never get there.")
    return ratio.ln() / (ONE + rate).ln()


def _rate(periods: Decimal, payment: Decimal, present: Decimal, *rest: Decimal) -> Decimal:
    """By Newton's method, from the guess on."""
    future, due = _rest(rest)
    rate = rest[2] if len(rest) > 2 else _GUESS
    if periods <= 0:
        raise Fault("#NUM!", "There is at least one period.")
    for _ in range(_MOST_STEPS):
        step = _missed(Annuity(rate, periods, due), payment, (present, future))
        rate = rounded(rate - step, _STEP_PLACES)
        if abs(step) < _CLOSE:
            return rate
    raise Fault("#NUM!", "No rate was found.")


def _missed(annuity: Annuity, payment: Decimal, ends: tuple[Decimal, Decimal]) -> Decimal:
    """How far a rate is from the right one, if the curve were straight."""
    present, future = ends
    beside = Annuity(annuity.rate + _SHIFT, annuity.periods, annuity.due)
    error = future - annuity.future(payment, present)
    slope = (future - beside.future(payment, present) - error) / _SHIFT
    return error / slope


def _money_of(*places: int) -> Callable[[Sequence[Type]], Type]:
    """The result is money of the one currency that the arguments at these places have."""
    return lambda types: unified([types[place] for place in places if place < len(types)])


_RATE = number("rate")
_PERIODS = number("periods")
_PRESENT = amount("present")
_END = (amount("future", optional=True), number("due", optional=True))
_BEGIN = (amount("present", optional=True), number("due", optional=True))
FUNCTIONS = (
    Function(
        "PMT",
        (_RATE, _PERIODS, _PRESENT, *_END),
        _money_of(2, 3),
        approximate(_payment),
        "The equal payment per period that pays back a loan; due 1: at the beginning of each period.",
        (("ROUND(PMT(6%/12; 12; 1000); 2)", "-86.07"), ("PMT(0; 10; 1000)", "-100")),
        ru="ПЛТ",
        fi="MAKSU",
    ),
    Function(
        "IPMT",
        (_RATE, number("period"), _PERIODS, _PRESENT, *_END),
        _money_of(3, 4),
        approximate(_interest),
        "The interest in the payment of one period.",
        (("IPMT(6%/12; 1; 12; 1000)", "-5"), ("IPMT(6%/12; 13; 12; 1000)", "#NUM!")),
        ru="ПРПЛТ",
    ),
    Function(
        "PPMT",
        (_RATE, number("period"), _PERIODS, _PRESENT, *_END),
        _money_of(3, 4),
        approximate(_principal),
        "The repayment in the payment of one period.",
        (("ROUND(PPMT(6%/12; 1; 12; 1000); 2)", "-81.07"), ("PPMT(0; 1; 10; 1000)", "-100")),
        ru="ОСПЛТ",
    ),
    Function(
        "PV",
        (_RATE, _PERIODS, amount("payment"), *_END),
        _money_of(2, 3),
        approximate(_present),
        "What equal future payments are worth today.",
        (("ROUND(PV(6%/12; 12; -86.07); 2)", "1000.04"), ("PV(0; 10; -100)", "1000")),
        ru="ПС",
    ),
    Function(
        "FV",
        (_RATE, _PERIODS, amount("payment"), *_BEGIN),
        _money_of(2, 3),
        approximate(_future),
        "What equal payments grow to by the end.",
        (("FV(10%; 2; -100)", "210"), ("FV(10%; 2; -100; -1000)", "1420")),
        ru="БС",
        fi="TULEVA.ARVO",
    ),
    Function(
        "NPER",
        (_RATE, amount("payment"), _PRESENT, *_END),
        lambda _: NUMBER,
        approximate(_periods),
        "How many periods equal payments need.",
        (("NPER(0; -100; 1000)", "10"), ("ROUND(NPER(1%; -100; 1000); 2)", "10.59")),
        ru="КПЕР",
        fi="NJAKSO",
    ),
    Function(
        "RATE",
        (_PERIODS, amount("payment"), _PRESENT, *_END, number("guess", optional=True)),
        lambda _: NUMBER,
        approximate(_rate),
        "The rate per period at which equal payments pay back a loan.",
        (("ROUND(RATE(12; -86.07; 1000) * 12; 4)", "0.0601"), ("RATE(1; -110; 100)", "0.1")),
        ru="СТАВКА",
        fi="KORKO",
    ),
)
