"""A number that the program gives, by a mask."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.sequence import SequenceField, mask_faults
from tests.engine.fields.laws import assert_laws, faults, make

DAY = dt.date(2026, 5, 7)

NUMBERS = [
    ("ORD-{YYYY}-{#####}", "year", 17, "ORD-2026-00017", "2026"),
    ("{YY}{MM}/{###}", "month", 5, "2605/005", "2026-05"),
    ("{YYYY}{MM}{DD}-{##}", "day", 1, "20260507-01", "2026-05-07"),
    ("№ {#}", "never", 12345, "№ 12345", ""),
    ("{DD}.{MM}.{YYYY} {YYYY} {##}", "never", 100, "07.05.2026 2026 100", ""),
    ("A.{###}*", "never", 7, "A.007*", ""),
]
FAULTS: list[tuple[str, str, list[str]]] = [
    ("{####}", "never", []),
    ("{YY}-{#}", "year", []),
    ("ORD", "never", ["mask-without-counter"]),
    ("{#}{##}", "never", ["mask-with-two-counters"]),
    ("{YYY}-{#}", "never", ["mask-token-unknown"]),
    ("{}{#}", "never", ["mask-token-unknown"]),
    ("{yyyy}{#}", "year", ["mask-token-unknown"]),
    ("{YYYY-{#}", "never", ["mask-brace-open"]),
    ("{#}", "year", ["mask-period-missing"]),
    ("{YYYY}{#}", "month", ["mask-period-missing"]),
    ("{MM}{#}", "month", ["mask-period-missing"]),
    ("{YY}{MM}{#}", "day", ["mask-period-missing"]),
]


def sequence(**keys: Any) -> SequenceField:
    field = make("sequence", **keys)
    assert isinstance(field, SequenceField)
    return field


@pytest.mark.parametrize(("mask", "reset", "counter", "text", "period"), NUMBERS)
def test_numbers(mask: str, reset: str, counter: int, text: str, period: str) -> None:
    field = sequence(mask=mask, reset=reset)
    assert (field.text(DAY, counter), field.period(DAY)) == (text, period)
    assert field.counted(text) == (period, counter)
    assert faults(field) == []


@pytest.mark.parametrize(("mask", "reset", "codes"), FAULTS)
def test_mask_faults(mask: str, reset: str, codes: list[str]) -> None:
    found = list(mask_faults(mask, reset))
    assert [fault.code for fault in found] == codes
    assert all(fault.at("mask").sentence and fault.at("mask").hint for fault in found)


@pytest.mark.parametrize("text", ["", "ORD-2026-17", "ord-2026-00017", "ORD-2026-00017 ", "ORD-٢٠٢٦-00017"])
def test_other_texts_are_no_numbers_of_the_mask(text: str) -> None:
    assert sequence(mask="ORD-{YYYY}-{#####}", reset="year").counted(text) is None


def test_it_is_unique_and_given_by_the_program() -> None:
    field = sequence()
    assert (field.unique, field.editable, field.takes_default, field.start) == (True, False, False, 1)
    assert faults(sequence(unique=False)) == [("unique", "key-unsuitable")]


@given(st.dates(), st.integers(0, 10**17), st.sampled_from(["never", "year", "month", "day"]))
def test_the_counter_is_found_again(date: dt.date, counter: int, reset: str) -> None:
    field = sequence(mask="N{YYYY}-{MM}-{DD}-{####}", reset=reset)
    text = field.text(date, counter)
    assert field.counted(text) == (field.period(date), counter)
    assert_laws(field, text)
