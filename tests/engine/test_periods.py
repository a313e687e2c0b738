"""Parts of dates as whole numbers."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Configuration
from engine.model.configuration import Weekday
from engine.model.report import Part
from engine.periods import RECURRING, first_day, key_of, last_day
from tests.shop import SHOP

SPANS = [part for part in get_args(Part) if part not in RECURRING]


def configuration(**changes: object) -> Configuration:
    return Configuration.model_validate({**SHOP, **changes})


@given(
    st.sampled_from(SPANS),
    st.dates(dt.date(1700, 1, 1), dt.date(2300, 1, 1)),
    st.sampled_from(get_args(Weekday)),
    st.integers(1, 12),
)
def test_spans_follow_each_other_without_a_gap(part: Part, day: dt.date, week: Weekday, fiscal: int) -> None:
    described = configuration(week_starts=week, fiscal_year_starts=fiscal)
    key = key_of(part, day, described)
    first, last = first_day(part, key, described), last_day(part, key, described)
    assert first <= day <= last
    assert key_of(part, first, described) == key_of(part, last, described) == key
    following = key_of(part, last + dt.timedelta(1), described)
    assert following == (last + dt.timedelta(1) if part == "day" else key + 1)


def test_moments_are_told_by_the_clock_of_the_business() -> None:
    described = configuration(timezone="Europe/Helsinki")
    moment = dt.datetime(2026, 3, 31, 22, 30, tzinfo=dt.UTC)
    assert (key_of("hour", moment, described), key_of("day", moment, described)) == (1, dt.date(2026, 4, 1))


@pytest.mark.parametrize("part", sorted(RECURRING))
def test_what_comes_again_has_no_first_day(part: Part) -> None:
    with pytest.raises(KeyError):
        first_day(part, 3, configuration())
