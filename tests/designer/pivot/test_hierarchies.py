"""A hierarchy is as many dimensions as it has open levels."""

from __future__ import annotations

import pytest

from engine.expressions.reports import faults
from engine.model.report import Dimension, Report
from tests.designer.pivot.test_pivot import AMOUNT, CONFIGURATION, lines, made

YEARS = {"field": "date", "by": "year", "below": [{"by": "quarter"}, {"by": "month"}], "label": "Time"}
PLACES = {"field": "city", "below": [{"field": "client"}], "sort": "-amount"}


@pytest.mark.parametrize("opened", [1, 2, 3])
def test_open_levels_are_dimensions(opened: int) -> None:
    apart = [{"field": "date", "by": part} for part in ("year", "quarter", "month")][:opened]
    whole = made(rows=[{**YEARS, "open": opened}], values=AMOUNT)
    assert whole == made(rows=apart, values=AMOUNT)
    assert made(rows=[PLACES], columns=[{**YEARS, "open": opened}], values=AMOUNT).columns == whole.rows


def test_all_levels_are_open_where_nothing_is_said() -> None:
    assert list(lines(made(rows=[PLACES], values=AMOUNT))) == [
        *("Oulu", "Oulu/Cedar", "Turku", "Turku/Acme", "Turku/Birch", "blank", "blank/Dune", "total")
    ]


def test_settings_hold_for_all_levels_but_the_largest_only_for_the_first() -> None:
    one = Dimension.model_validate({**PLACES, "top": {"n": 1}, "label": "Place"})
    assert [(level.field, level.sort, level.top is None, level.label) for level in one.levels] == [
        ("city", "-amount", False, None),
        ("client", "-amount", True, None),
    ]


def test_each_level_is_checked_where_it_stands() -> None:
    below = [{"field": "town"}, {"field": "date", "by": "month"}, {"field": "city", "by": "year"}]
    report = Report.model_validate({"of": "sale", "rows": [{"field": "city", "below": below}]})
    assert [(fault.code, fault.place) for fault in faults(CONFIGURATION, report)] == [
        ("field-unknown", ("rows", 0, "below", 0, "field")),
        ("report-part-unsuitable", ("rows", 0, "below", 2, "by")),
    ]
