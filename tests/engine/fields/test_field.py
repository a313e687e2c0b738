"""What all field types have in common, and how they meet texts that mean harm."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from engine.fields import FIELD_TYPES, AnyField, Defaults, Field
from engine.fields.field import DATE_OPERATORS, NUMBER_OPERATORS, SET_OPERATORS, TEXT_OPERATORS
from engine.problems import Unfit
from tests.engine.fields.laws import LOCALES, assert_laws, make, outcome, reader

EXAMPLES: dict[str, dict[str, Any]] = {kind.__name__: YAML(typ="safe").load(kind.example) for kind in FIELD_TYPES}
FIELDS = [
    make(**{"kind": keys["type"], **{key: keys[key] for key in keys if key != "type"}}) for keys in EXAMPLES.values()
]
STORED = [field for field in FIELDS if field.column() or field.links()]
KNOWN_OPERATORS = {*TEXT_OPERATORS, *NUMBER_OPERATORS, *DATE_OPERATORS, *SET_OPERATORS, "is"}

HOSTILE = {
    "NUL": "a\x00b",
    "surrogate": "\ud800",
    "line ends": "\r\n\u2028\x85",
    "vertical tab": "a\x0bb",
    "escape": "\x1b[31m",
    "override": "\u202egnp.exe\u202c",
    "right to left": "שלום עולם",
    "only invisible": "\u200b\ufeff\u2060",
    "zalgo": "e" + "\u0301\u0316" * 500_000,
    "million": "9" * 1_000_000,
    "million letters": "я" * 1_000_000,
    "million spaces": " " * 1_000_000 + "1",
    "million brackets": "(" * 1_000_000,
    "million commas": "1," * 500_000,
    "nan": "NaN",
    "infinity": "-Infinity",
    "exponent": "1e999999",
    "small exponent": "1e-999999",
    "arabic digits": "١٢٣",
    "wide digits": "１２３",
    "superscript": "²",
    "underscore": "1_000",
    "hexadecimal": "0x10",
    "sign only": "-",
    "two signs": "--1",
    "braces": "{0.__class__}",
    "percent": "%s%n",
    "markup": "<script>alert(1)</script>",
    "quotes": "'; DROP TABLE client; --",
    "bar": "|a|",
    "formula": "=1+1",
    "emoji": "👩‍👩‍👧",
    "negative id": "-1",
    "huge id": "9" * 30,
}


def named(field: Field) -> str:
    return field.kind


@pytest.mark.parametrize("field", FIELDS, ids=named)
def test_the_example_is_a_sound_field(field: Field) -> None:
    assert list(field.faults()) == []
    assert field.summary.endswith(".")
    assert field.completed(Defaults()) == field
    assert set(field.operators) <= KNOWN_OPERATORS


@pytest.mark.parametrize("field", FIELDS, ids=named)
def test_what_tells_groups_of_records_apart_can_be_compared_with(field: Field) -> None:
    """What is offered comes first. A text is found as it is, a blank as a blank, and an error of a formula too."""
    found, column = field.comparisons, field.column()
    assert found[: len(field.operators)] == field.operators
    assert len(set(found)) == len(found)
    assert ("exactly" in found) == bool(column and column.kind == "text")
    assert not field.operators or {"blank", "filled"} <= set(found)
    if field.computable:
        assert field.model_copy(update={"formula": "1"}).comparisons == (*found, "failed")


@pytest.mark.parametrize("field", STORED, ids=named)
def test_blank_is_blank_everywhere(field: Field) -> None:
    blank = False if field.kind == "boolean" else None
    for locale in LOCALES:
        assert field.parse("", locale) is blank
        assert field.parse(" \n\t\u00a0", locale) is blank
        assert field.entry(None, locale) == ""
        assert field.read_cell(None, locale) is blank
        assert field.read_cell("  ", locale) is blank
        assert field.read_cell(float("nan"), locale) is blank
    assert field.accept(None) is blank
    assert field.load(None) is blank
    assert field.load("") is blank


@pytest.mark.parametrize("field", STORED, ids=named)
def test_a_new_record_has_the_default(field: Field) -> None:
    assert field.initial() == (field.accept(None) if field.default is None else field.load(field.default))


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("field", STORED, ids=named)
def test_a_hostile_text_is_refused_or_made_harmless_at_once(field: Field, hostile: str) -> None:
    text, locale = HOSTILE[hostile], reader("ru")
    began = time.process_time()
    typed = outcome(lambda: field.parse(text, locale))
    loaded = outcome(lambda: field.load(text))
    outcome(lambda: field.read_cell(text, locale))
    outcome(lambda: field.operand(text, locale))
    assert time.process_time() - began < 3
    for value in (typed, loaded):
        if value is not None and not str(value).startswith("! "):
            assert_laws(field, value)
            assert not {"\x00", "\ud800", "\u202e"} & set(str(value))


@pytest.mark.parametrize(
    "value",
    [object(), b"1", {"a": 1}, {1}, 1.5, True, [None], [[1]], ["x", 1], 10**30, -1, ()],
    ids=lambda value: "object" if type(value) is object else repr(value),
)
@pytest.mark.parametrize("field", STORED, ids=named)
def test_a_value_of_another_kind_is_refused(field: Field, value: object) -> None:
    for reading in (field.load, field.accept):
        found = outcome(lambda reading=reading: reading(value))  # type: ignore[misc]
        if not (isinstance(found, str) and found.startswith("! ")):
            assert_laws(field, found)


@given(text=st.text(), index=st.integers(0, len(STORED) - 1), locale=st.sampled_from(LOCALES))
def test_any_text_is_a_lawful_value_or_unfit(text: str, index: int, locale: Any) -> None:
    field = STORED[index]
    try:
        value = field.parse(text, locale)
    except Unfit:
        return
    assert_laws(field, value)


def test_labels_help_and_kind() -> None:
    field = make("text", label={"en": "Name", "ru": "Имя"}, help="As in the passport")
    assert (field.label_in("ru", "name"), field.label_in("fi", "name"), field.kind) == ("Имя", "Name", "text")
    assert (field.help_in("ru"), make("text").help_in("ru")) == ("As in the passport", "")
    assert make("text").label_in("ru", "vip_client") == "Vip client"


def test_search_can_be_switched() -> None:
    assert [make("text").searched, make("text", search=False).searched] == [True, False]
    assert [make("integer").searched, make("integer", search=True).searched] == [False, True]


def test_a_wrong_default_is_a_fault() -> None:
    assert [key for key, _ in make("integer", default="x").faults()] == ["default"]


def test_the_registry_is_a_union_by_type() -> None:
    assert len(FIELD_TYPES) == 28
    assert AnyField.__metadata__[0].discriminator == "type"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("field", "value", "title"),
    [
        (make("text"), "Anna", "Anna"),
        (make("integer"), 2026, "2026"),
        (make("date"), dt.date(26, 2, 1), "0026-02-01"),
        (make("datetime"), dt.datetime(2026, 2, 1, 12, 30, tzinfo=dt.UTC), "2026-02-01 12:30 UTC"),
        (make("choice", options=["new"]), "new", "New"),
    ],
    ids=str,
)
def test_titles_are_the_same_for_all_readers(field: Field, value: Any, title: str) -> None:
    assert field.title_text(value) == title
