"""What the keys of a report are called, in the languages of their readers, and in which order they stand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from engine.fields.locale import Locale
from engine.grouping import Grouping, Groups, Key, Tally, Wrong
from engine.model.report import Dimension, Report
from engine.records import Edit
from runtime_web.reports.naming import Names, names_for, titles_of
from runtime_web.reports.paths import NoPath
from tests.guarded import described
from tests.runtime_web.visitor import Site
from tests.shop import shop_configuration

MARCH, Q1 = 2026 * 12 + 2, 2026 * 4
WEEK = (dt.date(2026, 3, 2) - dt.date(1900, 1, 1)).days // 7


def named(
    dimension: dict[str, Any], language: str = "en", of: str = "order", **changes: Any
) -> tuple[Names, Dimension]:
    configuration = shop_configuration().model_copy(update=changes)
    report = Report.model_validate({"of": of, "rows": [dimension]})
    return names_for(configuration, report, Locale(language, "Europe/Helsinki")), report.rows[0]


def text(key: Any, dimension: dict[str, Any], language: str = "en", of: str = "order", **changes: Any) -> str:
    names, one = named(dimension, language, of, **changes)
    return names.text(one, key)


@pytest.mark.parametrize(
    ("language", "part", "key", "said"),
    [
        ("en", "month", MARCH, "March 2026"),
        ("ru", "month", MARCH, "март 2026 г."),
        ("fi", "month", MARCH, "maaliskuu 2026"),
        ("ro", "month", MARCH, "martie 2026"),
        ("sq", "month", MARCH, "mars 2026"),
        ("en", "quarter", Q1, "Q1 2026"),
        ("fi", "quarter", Q1, "1. nelj. 2026"),
        ("en", "ten_days", MARCH * 3, "1–10 Mar 2026"),
        ("en", "ten_days", MARCH * 3 + 2, "21–31 Mar 2026"),
        ("en", "ten_days", (2026 * 12 + 11) * 3 + 2, "21–31 Dec 2026"),
        ("en", "week", WEEK, "2–8 Mar 2026"),
        ("en", "year", 2026, "2026"),
        ("en", "half_year", 2026 * 2 + 1, "Half 2 of 2026"),
        ("en", "weekday", 1, "Monday"),
        ("fi", "weekday", 7, "sunnuntai"),
        ("en", "month_of_year", 1, "January"),
        ("ru", "month_of_year", 12, "декабрь"),
        ("en", "day", dt.date(2026, 3, 9), "09/03/2026"),
        ("fi", "day", dt.date(2026, 3, 9), "09.03.2026"),
        ("en", "hour", 14, "14:00"),
        ("fi", "hour", 9, "09.00"),
    ],
)
def test_parts_of_dates(language: str, part: str, key: Any, said: str) -> None:
    found = text(key, {"field": "date", "by": part}, language)
    # Locales part words with spaces of several widths.
    assert " ".join(found.split()).replace(" – ", "–") == said


def test_a_business_year_is_called_by_both_years_unless_it_is_the_calendar_year() -> None:
    assert text(2026, {"field": "date", "by": "fiscal_year"}) == "2026"
    assert text(2026, {"field": "date", "by": "fiscal_year"}, fiscal_year_starts=4) == "2026/27"
    assert text(2099, {"field": "date", "by": "fiscal_year"}, fiscal_year_starts=4) == "2099/00"
    assert text(2026 * 4 + 1, {"field": "date", "by": "fiscal_quarter"}, fiscal_year_starts=4) == "Quarter 2 of 2026/27"


def test_weeks_and_weekdays_begin_where_the_business_begins_them() -> None:
    names, one = named({"field": "date", "by": "weekday"}, week_starts="sunday")
    assert sorted(range(1, 8), key=lambda key: names.order(one, key)) == [7, 1, 2, 3, 4, 5, 6]
    sunday = (dt.date(2026, 3, 1) - dt.date(1899, 12, 31)).days // 7
    assert text(sunday, {"field": "date", "by": "week"}, week_starts="sunday").startswith("1")


@pytest.mark.parametrize(
    ("language", "key", "said"),
    [("en", 0, "< 100"), ("en", 1, "100 – 1,000"), ("en", 2, "≥ 1,000"), ("ru", 1, "100 – 1\u00a0000")],
)
def test_ranges(language: str, key: int, said: str) -> None:
    found = text(key, {"field": "total", "ranges": [Decimal(100), Decimal(1000)]}, language)
    assert found == said


def test_blanks_errors_and_answers_to_yes_or_no() -> None:
    assert text(None, {"field": "client.city"}) == "(blank)"
    assert text(Wrong(1), {"field": "total"}) == "#DIV/0!"
    assert text(True, {"field": "client.vip"}) == "Yes"
    assert text(False, {"field": "client.vip"}) == "No"
    assert text(Decimal("1234.5"), {"field": "total"}) == "1,234.50"
    assert text("Oslo", {"field": "client.city"}) == "Oslo"


def test_choices_stand_in_the_order_of_the_configuration_with_its_labels() -> None:
    names, one = named({"field": "status"}, of="client")
    assert sorted(["gone", "regular", "new", "former"], key=lambda key: names.order(one, key)) == [
        "new",
        "regular",
        "gone",
        "former",
    ]


def test_texts_are_sorted_whatever_their_case_and_accents() -> None:
    names, one = named({"field": "client.city"})
    assert sorted(["Ürge", "ulm", "Zara", "Əli", "Ulm"], key=lambda key: names.order(one, key))[:3] == [
        "Ulm",
        "ulm",
        "Ürge",
    ]


def test_records_are_called_by_their_titles(site: Site) -> None:
    anna = site.records.create("client", Edit({"name": "Anna"})).id
    asked = Grouping("order", (Key("client"), Key("date", "month")), (), ((0, 1),))
    groups: Groups = {(0, 1): {(anna, MARCH): (Tally(1),), (None, MARCH): (Tally(2),), (99, MARCH): (Tally(3),)}}
    names, one = named({"field": "client"})
    names.learn(titles_of(site.records, asked, groups))
    assert [names.text(one, key) for key in (anna, None, 99)] == ["Anna", "(blank)", "(not shown)"]
    assert names.order(one, anna) < names.order(one, 99) or names.order(one, 99) < names.order(one, anna)


def test_lines_know_the_record_that_they_belong_to() -> None:
    names, one = named({"field": "order.client.city"}, of="order_line")
    assert names.text(one, "Oslo") == "Oslo"
    assert names.ends["order.client.city"].labels == ("Order", "Client", "City")


@pytest.mark.parametrize(
    "path", ["nothing", "client.nothing", "total.more", "lines", "client.orders", "client." * 9 + "city"]
)
def test_a_path_that_leads_nowhere_is_none(path: str) -> None:
    with pytest.raises(NoPath):
        named({"field": path})


def test_what_a_reader_may_not_see_is_no_path() -> None:
    configuration = described()
    del configuration.entities["client"].fields["secret"]
    with pytest.raises(NoPath):
        names_for(
            configuration, Report.model_validate({"of": "order", "rows": [{"field": "client.secret"}]}), Locale("en")
        )
