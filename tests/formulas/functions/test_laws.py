"""What functions of one family promise together."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from formulas import evaluate
from formulas.functions.wildcards import wildcards

AMOUNTS = st.decimals(-(10**9), 10**9, places=4)
DIGITS = st.integers(-3, 5)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2040, 12, 31))
LETTERS = st.text("abA*?~", max_size=8)


@given(AMOUNTS, DIGITS, st.sampled_from(("ROUND", "ROUNDUP", "ROUNDDOWN", "TRUNC")))
def test_a_credit_note_mirrors_its_invoice(amount: Decimal, digits: int, name: str) -> None:
    formula = f"{name}(x; {digits}) + {name}(-x; {digits})"
    assert evaluate(formula, {"x": amount}) == 0


@given(AMOUNTS, st.decimals("-0.5", "0.5", places=3))
def test_tax_added_is_the_tax_contained(net: Decimal, rate: Decimal) -> None:
    found = evaluate("VATIN(x + x * r; r; 10) - x * r", {"x": net, "r": rate})
    assert isinstance(found, Decimal)
    assert abs(found) <= Decimal("1e-10")


@given(AMOUNTS, st.decimals("-99.99", "99.99", places=2).filter(bool))
def test_a_remainder_completes_its_quotient(number: Decimal, divisor: Decimal) -> None:
    values = {"x": number, "d": divisor}
    rest = evaluate("MOD(x; d)", values)
    assert isinstance(rest, Decimal)
    assert rest == 0 or (0 < rest < divisor or divisor < rest < 0)
    assert (number - rest) % divisor == 0
    assert evaluate("x - QUOTIENT(x; d) * d", values) == number % divisor


@given(DAYS, st.integers(-300, 300), st.lists(DAYS, max_size=8))
def test_working_days_are_counted_as_they_are_walked(start: dt.date, count: int, holidays: list[dt.date]) -> None:
    step = 1 if count > 0 else -1
    day, left = start, abs(count)
    while left:
        day += dt.timedelta(days=step)
        left -= day.weekday() < 5 and day not in holidays
    assert evaluate("WORKDAY(s; n; h)", {"s": start, "n": count, "h": holidays}) == day


@given(DAYS, DAYS, st.lists(DAYS, max_size=8))
def test_net_working_days_are_counted_one_by_one(start: dt.date, end: dt.date, holidays: list[dt.date]) -> None:
    first, last = sorted((start, end))
    days = (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
    count = sum(day.weekday() < 5 and day not in holidays for day in days)
    found = evaluate("NETWORKDAYS(s; e; h)", {"s": start, "e": end, "h": holidays})
    assert found == (count if start <= end else -count)


@given(DAYS, DAYS)
def test_the_units_of_an_age_fit_together(start: dt.date, end: dt.date) -> None:
    values = dict(zip(("s", "e"), sorted((start, end)), strict=True))
    assert evaluate('DATEDIF(s; e; "Y") * 12 + DATEDIF(s; e; "YM") = DATEDIF(s; e; "M")', values) is True
    assert evaluate('DATEDIF(s; e; "D") = e - s and DATEDIF(s; e; "YD") <= 366', values) is True


@given(LETTERS, LETTERS)
def test_a_pattern_matches_what_a_regular_expression_matches(pattern: str, content: str) -> None:
    expected = re.compile(expression(pattern), re.DOTALL | re.IGNORECASE)
    found = expected.search(content)
    assert wildcards(pattern).matches(content) is (expected.fullmatch(content) is not None)
    assert wildcards(pattern).find(content) == (found.start() if found else -1)


def expression(pattern: str) -> str:
    signs = {"*": ".*", "?": "."}
    return "".join(
        re.escape(escaped) if escaped else signs.get(plain, re.escape(plain))
        for escaped, plain in re.findall(r"~([?*~])|(.)", pattern, re.DOTALL)
    )


@given(st.integers(1, 360), st.decimals("0.0001", "0.02", places=6), st.decimals(1, 10**6, places=2))
def test_a_loan_is_paid_back_by_its_payments(periods: int, rate: Decimal, loan: Decimal) -> None:
    values = {"n": periods, "r": rate, "loan": loan}
    found = evaluate("FV(r; n; PMT(r; n; loan); loan)", values)
    assert isinstance(found, Decimal)
    assert abs(found) < Decimal("0.000001")
    assert evaluate("ROUND(PPMT(r; n; n; loan) + IPMT(r; n; n; loan) - PMT(r; n; loan); 9)", values) == 0
