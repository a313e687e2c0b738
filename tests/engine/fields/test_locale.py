"""How the five languages write numbers, days and times."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.locale import LANGUAGES, locale_for
from tests.engine.fields.laws import LOCALES, reader

WRITTEN = [
    ("en", "1,234.50", "31/12/2026", "14:30", "%", "December"),
    ("ru", "1\u00a0234,50", "31.12.2026", "14:30", "\u00a0%", "декабрь"),
    ("ro", "1.234,50", "31.12.2026", "14:30", "\u00a0%", "decembrie"),
    ("sq", "1\u00a0234,50", "31.12.2026", "14:30", "%", "dhjetor"),
    ("fi", "1\u00a0234,50", "31.12.2026", "14.30", "\u00a0%", "joulukuu"),
]


@pytest.mark.parametrize(("language", "number", "date", "time", "percent", "month"), WRITTEN)
def test_written(language: str, number: str, date: str, time: str, percent: str, month: str) -> None:
    locale = reader(language)
    assert locale.decimal_formatter(2)(Decimal("1234.5")) == number
    assert locale.date_example == date
    assert locale.time_example == time
    assert locale.percent_sign == percent
    assert locale.month_name(12).lower() == month.lower()


def test_a_language_that_the_program_does_not_speak_reads_english() -> None:
    assert locale_for("xx").language == "en"
    assert locale_for("ru", "Europe/Moscow") is locale_for("ru", "Europe/Moscow")


def test_two_digits_of_a_year_are_near() -> None:
    century = dt.datetime.now(dt.UTC).year // 100 * 100
    soon = dt.datetime.now(dt.UTC).year + 20
    assert reader("ru").read_date(f"1.1.{soon % 100:02d}").year == soon
    assert reader("ru").read_date(f"1.1.{(soon + 1) % 100:02d}").year == soon + 1 - 100
    assert century


@given(st.decimals(-(10**14), 10**14, places=4), st.sampled_from(LOCALES))
def test_a_shown_number_can_be_typed(value: Decimal, locale: object) -> None:
    assert all(each.read_decimal(each.decimal_formatter(4)(value)) == value for each in LOCALES)


@given(st.dates(dt.date(2, 1, 2), dt.date(9998, 12, 30)), st.sampled_from(["Europe/Helsinki", "Asia/Kolkata", "UTC"]))
def test_a_day_ends_where_the_next_begins(day: dt.date, zone: str) -> None:
    locale = locale_for("en", zone)
    begin, end = locale.day_span(day)
    assert begin < end
    assert locale.day_span(day + dt.timedelta(days=1))[0] == end


def test_every_language_of_the_program_has_a_row() -> None:
    assert [row[0] for row in WRITTEN] == list(LANGUAGES)
