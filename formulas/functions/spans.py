"""How much time lies between two dates: in days, months and years, on the calendar or by the customs of banks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from formulas.decimals import ZERO, quotient, whole
from formulas.function import Function, Parameter, date, number, text
from formulas.functions.dates import month_length
from formulas.types import NUMBER
from formulas.values import Fault

_EUROPEAN = Parameter("european", ("boolean",), optional=True)


def _days(end: dt.date, start: dt.date) -> int:
    return (end - start).days


def _days_360(start: dt.date, end: dt.date, european: bool = False) -> int:
    first, last = start.day, end.day
    if european:
        return _months_of_30(start, end, min(first, 30), min(last, 30))
    first = 30 if _is_month_end(start) else first
    return _months_of_30(start, end, first, 30 if last == 31 and first == 30 else last)


def _months_of_30(start: dt.date, end: dt.date, first: int, last: int) -> int:
    return (end.year - start.year) * 360 + (end.month - start.month) * 30 + last - first


def _is_month_end(day: dt.date) -> bool:
    return day.day == month_length(day.year, day.month)


def _year_fraction(start: dt.date, end: dt.date, basis: Decimal = ZERO) -> Decimal:
    first, last = sorted((start, end))
    match whole(basis):
        case 0:
            return quotient(Decimal(_american_days(first, last)), Decimal(360))
        case 1:
            return _actual_years(first, last)
        case 2 | 3 as kind:
            return quotient(Decimal((last - first).days), Decimal(360 if kind == 2 else 365))
        case 4:
            return quotient(Decimal(_days_360(first, last, european=True)), Decimal(360))
        case _:
            raise Fault("#NUM!", "The bases of YEARFRAC are 0 to 4.")


def _american_days(start: dt.date, end: dt.date) -> int:
    """As DAYS360, but two ends of February are a whole number of years apart."""
    if start.month == end.month == 2 and _is_month_end(start) and _is_month_end(end):
        return _months_of_30(start, end, 30, 30)
    return _days_360(start, end)


def _actual_years(start: dt.date, end: dt.date) -> Decimal:
    """Days by the length of the year: of the one year they lie in, or of all the years they touch on average."""
    days = Decimal((end - start).days)
    if (end.year - start.year, end.month, end.day) <= (1, start.month, start.day):
        return quotient(days, Decimal(366 if _touches_leap_day(start, end) else 365))
    span = dt.date(end.year, 12, 31).toordinal() - dt.date(start.year, 1, 1).toordinal() + 1
    return quotient(days * (end.year - start.year + 1), Decimal(span))


def _touches_leap_day(start: dt.date, end: dt.date) -> bool:
    if start.year == end.year:
        return month_length(start.year, 2) == 29
    leap_days = (dt.date(year, 2, 29) for year in (start.year, end.year) if month_length(year, 2) == 29)
    return any(start <= day <= end for day in leap_days)


def _complete_months(start: dt.date, end: dt.date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def _complete_years(start: dt.date, end: dt.date) -> int:
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _days_beyond_months(start: dt.date, end: dt.date) -> int:
    if end.day >= start.day:
        return end.day - start.day
    year, month = (end.year, end.month - 1) if end.month > 1 else (end.year - 1, 12)
    length = month_length(year, month)
    return end.day + length - min(start.day, length)


def _days_beyond_years(start: dt.date, end: dt.date) -> int:
    year = end.year - ((end.month, end.day) < (start.month, start.day))
    return (end - _same_day_of(year, start)).days


def _same_day_of(year: int, day: dt.date) -> dt.date:
    """The same day in another year; the 29th of February is the 1st of March there."""
    if (day.month, day.day) == (2, 29) and month_length(year, 2) == 28:
        return dt.date(year, 3, 1)
    return dt.date(year, day.month, day.day)


_UNITS: Mapping[str, Callable[[dt.date, dt.date], int]] = MappingProxyType(
    {
        "Y": _complete_years,
        "M": _complete_months,
        "D": lambda start, end: (end - start).days,
        "YM": lambda start, end: _complete_months(start, end) % 12,
        "MD": _days_beyond_months,
        "YD": _days_beyond_years,
    }
)


def _difference(start: dt.date, end: dt.date, unit: str) -> int:
    count = _UNITS.get(unit.upper())
    if count is None or start > end:
        raise Fault("#NUM!", "DATEDIF counts from the earlier date to the later one in Y, M, D, YM, MD or YD.")
    return count(start, end)


FUNCTIONS = (
    Function(
        "DAYS",
        (date("end"), date("start")),
        NUMBER,
        _days,
        "How many days lie between two dates; also written with a sign: end - start.",
        (("DAYS(DATE(2024; 3; 1); DATE(2024; 2; 1))", "29"), ("DAYS(TODAY(); TODAY() + 1)", "-1")),
        ru="ДНИ",
        sql=True,
    ),
    Function(
        "DAYS360",
        (date("start"), date("end"), _EUROPEAN),
        NUMBER,
        _days_360,
        "How many days lie between two dates if every month has 30; by the American custom or the European one.",
        (
            ("DAYS360(DATE(2024; 1; 31); DATE(2024; 12; 31))", "330"),
            ("DAYS360(DATE(2024; 1; 15); DATE(2024; 3; 31); TRUE)", "75"),
        ),
        ru="ДНЕЙ360",
        fi="PÄIVÄT360",
    ),
    Function(
        "YEARFRAC",
        (date("start"), date("end"), number("basis", optional=True)),
        NUMBER,
        _year_fraction,
        "The part of a year between two dates; basis 0 and 4: months of 30 days, 1: real days, 2 and 3: by 360 or 365.",
        (
            ("YEARFRAC(DATE(2024; 1; 1); DATE(2024; 7; 1))", "0.5"),
            ("YEARFRAC(DATE(2024; 1; 1); DATE(2024; 7; 1); 3)", "0.498630137"),
            ("YEARFRAC(TODAY(); TODAY(); 5)", "#NUM!"),
        ),
        ru="ДОЛЯГОДА",
        fi="VUOSI.OSA",
    ),
    Function(
        "DATEDIF",
        (date("start"), date("end"), text("unit")),
        NUMBER,
        _difference,
        "Complete years (Y), months (M) or days (D) between two dates; YM, MD, YD: what is left beside the larger unit.",
        (
            ('DATEDIF(DATE(1990; 5; 16); TODAY(); "Y")', "33"),
            ('DATEDIF(DATE(1990; 5; 16); TODAY(); "YM")', "11"),
            ('DATEDIF(TODAY(); TODAY() - 1; "D")', "#NUM!"),
        ),
        ru="РАЗНДАТ",
        fi="PVMERO",
        sql=True,
    ),
)
