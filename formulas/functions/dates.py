"""Dates: their parts, and other dates counted from them. A blank date gives a blank."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from formulas.decimals import ONE, ZERO, whole
from formulas.function import Function, date, number
from formulas.types import DATE, NUMBER
from formulas.values import Context, Fault

_LAST_DAY = dt.date.max.toordinal()


def day_number(ordinal: int) -> dt.date:
    """The date of a day's number, counted from the first day of year 1."""
    if not 1 <= ordinal <= _LAST_DAY:
        raise out_of_years()
    return dt.date.fromordinal(ordinal)


def out_of_years() -> Fault:
    """What a date gives that no calendar of ours has."""
    return Fault("#NUM!", "Years go from 1 to 9999.")


def month_length(year: int, month: int) -> int:
    """Days of a month."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def month_later(start: dt.date, months: int) -> tuple[int, int]:
    """The year and month that come so many months later."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise out_of_years()
    return year, month + 1


def _date(year: Decimal, month: Decimal, day: Decimal) -> dt.date:
    if not 1 <= year < 10_000:
        raise out_of_years()
    first = dt.date(*month_later(dt.date(whole(year), 1, 1), whole(month) - 1), 1)
    return day_number(first.toordinal() + whole(day) - 1)


def _months_later(start: dt.date, months: Decimal) -> dt.date:
    year, month = month_later(start, whole(months))
    return dt.date(year, month, min(start.day, month_length(year, month)))


def _month_end(start: dt.date, months: Decimal = ZERO) -> dt.date:
    year, month = month_later(start, whole(months))
    return dt.date(year, month, month_length(year, month))


def _weekday(day: dt.date, kind: Decimal = ONE) -> int:
    match whole(kind):
        case 1:
            return day.isoweekday() % 7 + 1
        case 2:
            return day.isoweekday()
        case 3:
            return day.weekday()
        case first if 11 <= first <= 17:
            return (day.weekday() - (first - 11)) % 7 + 1
        case _:
            raise Fault("#NUM!", "The kinds of weeks are 1, 2, 3 and 11 to 17.")


def _ten_days(day: dt.date) -> int:
    return min((day.day - 1) // 10, 2) + 1


def _today(context: Context) -> dt.date:
    return context.today


FUNCTIONS = (
    Function(
        "TODAY",
        (),
        DATE,
        _today,
        "Today in the workspace's time zone.",
        (("TODAY()", "2024-05-15"), ("TODAY() - TODAY()", "0")),
        context=True,
        volatile=True,
        ru="СЕГОДНЯ",
        fi="TÄMÄ.PÄIVÄ",
    ),
    Function(
        "DATE",
        (number("year"), number("month"), number("day")),
        DATE,
        _date,
        "The date of a year, month and day; months and days beyond the last one run on into the next.",
        (("DATE(2024; 2; 29)", "2024-02-29"), ("DATE(2024; 13; 0)", "2024-12-31"), ("DATE(0; 1; 1)", "#NUM!")),
        ru="ДАТА",
        fi="PÄIVÄYS",
        sql=True,
    ),
    Function(
        "YEAR",
        (date("date"),),
        NUMBER,
        lambda day: day.year,
        "The year of a date.",
        (("YEAR(TODAY())", "2024"), ("YEAR(EDATE(TODAY(); 12))", "2025")),
        ru="ГОД",
        fi="VUOSI",
        sql=True,
    ),
    Function(
        "QUARTER",
        (date("date"),),
        NUMBER,
        lambda day: (day.month + 2) // 3,
        "The quarter of the year, from 1 to 4.",
        (("QUARTER(DATE(2024; 3; 31))", "1"), ("QUARTER(DATE(2024; 12; 1))", "4")),
        sql=True,
    ),
    Function(
        "MONTH",
        (date("date"),),
        NUMBER,
        lambda day: day.month,
        "The month of a date, from 1 to 12.",
        (("MONTH(TODAY())", "5"), ("MONTH(DATE(2024; 12; 31) + 1)", "1")),
        ru="МЕСЯЦ",
        fi="KUUKAUSI",
        sql=True,
    ),
    Function(
        "DAY",
        (date("date"),),
        NUMBER,
        lambda day: day.day,
        "The day of the month, from 1 to 31.",
        (("DAY(TODAY())", "15"), ("DAY(EOMONTH(TODAY(); 0))", "31")),
        ru="ДЕНЬ",
        fi="PÄIVÄ",
        sql=True,
    ),
    Function(
        "WEEKDAY",
        (date("date"), number("kind", optional=True)),
        NUMBER,
        _weekday,
        "The day of the week: kind 1 counts from Sunday = 1, kind 2 from Monday = 1, kind 3 from Monday = 0.",
        (("WEEKDAY(DATE(2024; 5; 19))", "1"), ("WEEKDAY(DATE(2024; 5; 19); 2)", "7")),
        ru="ДЕНЬНЕД",
        fi="VIIKONPÄIVÄ",
        sql=True,
    ),
    Function(
        "ISOWEEKNUM",
        (date("date"),),
        NUMBER,
        lambda day: day.isocalendar().week,
        "The number of the week in the year, as most of Europe counts it.",
        (("ISOWEEKNUM(DATE(2024; 1; 1))", "1"), ("ISOWEEKNUM(DATE(2027; 1; 1))", "53")),
        ru="НОМНЕДЕЛИ.ISO",
        fi="VIIKKO.ISO.NRO",
    ),
    Function(
        "TENDAY",
        (date("date"),),
        NUMBER,
        _ten_days,
        "The ten days of the month in which a date lies: 1 to the 10th, 2 to the 20th, 3 after that.",
        (("TENDAY(DATE(2024; 5; 10))", "1"), ("TENDAY(DATE(2024; 5; 31))", "3")),
    ),
    Function(
        "EDATE",
        (date("start"), number("months")),
        DATE,
        _months_later,
        "The same day so many months later; the last day of a shorter month.",
        (("EDATE(TODAY(); 1)", "2024-06-15"), ("EDATE(DATE(2024; 1; 31); 1)", "2024-02-29")),
        ru="ДАТАМЕС",
        fi="PÄIVÄ.KUUKAUSI",
        sql=True,
    ),
    Function(
        "EOMONTH",
        (date("start"), number("months", optional=True)),
        DATE,
        _month_end,
        "The last day of the month, or of the month so many months later.",
        (("EOMONTH(TODAY(); 0)", "2024-05-31"), ("EOMONTH(TODAY(); -3)", "2024-02-29")),
        ru="КОНМЕСЯЦА",
        fi="KUUKAUSI.LOPPU",
        sql=True,
    ),
)
