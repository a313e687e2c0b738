"""Every field type on every page, and texts of a configuration that look like markup or like templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.fields import FIELD_TYPES
from engine.model import Configuration
from engine.records import Edit, LineEdit, Records
from engine.rights import SYSTEM
from engine.storage.tables import describe_tables
from runtime_web.app import create_app
from runtime_web.settings import Settings
from tests.ready import ready_database
from tests.runtime_web.seen import data_rows, seen
from tests.runtime_web.visitor import SECRET, Site, Visitor

NASTY = "<b>{{ 7 * 7 }}</b> {id} {text} {content} %s 100% [[ 7 ]] [% x %]"
NASTY_SEEN = "<b>{{ 7 * 7 }}</b> {id} {text} {content} %s 100% [[ 7 ]] [% x %]"

ZOO: dict[str, dict[str, Any]] = {
    "text": {"type": "text"},
    "long_text": {"type": "long_text"},
    "integer": {"type": "integer", "unit": "pcs"},
    "decimal": {"type": "decimal", "scale": 3, "unit": NASTY},
    "money": {"type": "money", "currency": "EUR"},
    "price": {"type": "money", "currency": "currency"},
    "currency": {"type": "currency"},
    "percent": {"type": "percent"},
    "boolean": {"type": "boolean"},
    "date": {"type": "date"},
    "time": {"type": "time"},
    "datetime": {"type": "datetime"},
    "duration": {"type": "duration"},
    "choice": {"type": "choice", "options": ["a", {"value": "b", "label": NASTY, "color": "red"}]},
    "multi_choice": {"type": "multi_choice", "options": ["a", {"value": "b", "label": NASTY, "color": "red"}, "c"]},
    "reference": {"type": "reference", "to": "zoo"},
    "multi_reference": {"type": "multi_reference", "to": "zoo"},
    "user": {"type": "user"},
    "lines": {"type": "lines", "of": "line", "label": NASTY},
    "related": {"type": "related", "of": "zoo", "by": "reference", "label": NASTY},
    "sequence": {"type": "sequence"},
    "phone": {"type": "phone", "country": "FI"},
    "email": {"type": "email"},
    "url": {"type": "url"},
    "tax_id": {"type": "tax_id", "country": "FI"},
    "file": {"type": "file"},
    "image": {"type": "image"},
    "color": {"type": "color"},
    "rating": {"type": "rating"},
}
VALUES: dict[str, Any] = {
    "text": NASTY,
    "long_text": "one\ntwo & <three>",
    "integer": -1234567,
    "decimal": Decimal("-1234.567"),
    "money": Decimal("1234567.50"),
    "price": Decimal("9.9900"),
    "currency": "USD",
    "percent": Decimal("0.1250"),
    "boolean": True,
    "date": dt.date(2026, 1, 31),
    "time": dt.time(7, 5),
    "datetime": dt.datetime(2026, 1, 31, 7, 5, tzinfo=dt.UTC),
    "duration": dt.timedelta(hours=1, minutes=30),
    "choice": "b",
    "multi_choice": ("a", "b"),
    "reference": 1,
    "multi_reference": (2, 1),
    "user": 1,
    "phone": "+358401234567",
    "email": "a.b@example.com",
    "url": "https://example.com/?a=1&b=%C3%A4",
    "tax_id": "01120389",
    "color": "#a0b0c0",
    "rating": 4,
}


def zoo() -> Configuration:
    columns = [name for name, field in ZOO.items() if field["type"] not in ("lines", "related")]
    described = {name: {"label": f"{NASTY} {name}"} | field for name, field in ZOO.items()}
    return Configuration.model_validate(
        {
            "kartoteka": 1,
            "name": "zoo",
            "label": NASTY,
            "entities": {
                "zoo": {
                    "label": NASTY,
                    "plural": NASTY,
                    "title": "text",
                    "fields": described,
                    "views": {
                        "all": {"label": NASTY, "columns": columns},
                        "other": {"label": NASTY, "columns": ["date"]},
                    },
                },
                "line": {
                    "kind": "child",
                    "fields": {key: field for key, field in described.items() if key in VALUES and key != "reference"},
                },
            },
        }
    )


@pytest.fixture
def visit(tmp_path: Path, any_url: str) -> Iterator[Callable[[], tuple[Visitor, Records]]]:
    configuration = zoo()
    database = ready_database(any_url, configuration)
    site = Site(create_app(Settings(any_url, configuration, tmp_path / "files", SECRET, testing=True)))
    site.add_people()
    records = Records(database, describe_tables(configuration), SYSTEM)
    yield lambda: (site.visitor("ben"), records)
    database.close()
    site.workspace.database.close()


@pytest.fixture
def any_url(database_url: str) -> str:
    return database_url


def two_animals(records: Records) -> None:
    records.create("zoo", Edit({"text": "First"}))
    records.create("zoo", Edit({"text": "Second"}))
    line = LineEdit(None, {name: value for name, value in VALUES.items() if name != "reference"})
    records.create("zoo", Edit(VALUES, None, {"lines": (line,)}))


def test_the_zoo_has_every_type() -> None:
    kinds = {next(iter(kind.model_fields["type"].annotation.__args__)) for kind in FIELD_TYPES}  # type: ignore[union-attr]
    assert {field["type"] for field in ZOO.values()} == kinds


def test_a_form_sent_as_it_opened_keeps_every_value(visit: Callable[[], tuple[Visitor, Records]]) -> None:
    ben, records = visit()
    two_animals(records)
    for language in ("en", "ru", "ro", "sq", "fi"):
        ben.post("/preferences", {"language": language, "next": "/"})
        form = seen(ben.get("/records/zoo/3/edit").text).form
        answer = ben.client.post("/records/zoo/3", data=form)
        assert answer.status_code == 303, seen(answer.text).text[:1500]
        assert records.get("zoo", 3).version == 1, language
    # Without a base everything counts as typed: each value is parsed from its input and written anew.
    form = seen(ben.get("/records/zoo/3/edit").text).form | {"_base": [""]}
    assert ben.client.post("/records/zoo/3", data=form).status_code == 303
    record = records.get("zoo", 3)
    assert {name: record.values[name] for name in VALUES} == VALUES
    assert {name: record.lines["lines"][0].values[name] for name in VALUES if name != "reference"} == {
        name: value for name, value in VALUES.items() if name != "reference"
    }


def test_a_blank_form_leaves_everything_blank(visit: Callable[[], tuple[Visitor, Records]]) -> None:
    ben, records = visit()
    form = seen(ben.get("/records/zoo/new").text).form
    assert ben.client.post("/records/zoo/new", data=form).status_code == 303
    values = records.get("zoo", 1).values
    assert {name: values[name] for name in VALUES} == dict.fromkeys(VALUES) | {"boolean": False}


def test_lists_and_cards_show_every_value(visit: Callable[[], tuple[Visitor, Records]]) -> None:
    ben, records = visit()
    two_animals(records)
    shown = data_rows(ben.get("/records/zoo?sort=-text").text)
    row = next(row for row in shown if NASTY_SEEN in row)
    expected = [
        "−1,234,567", "−1,234.567", "1,234,567.50", "9.99 USD", "USD", "12.5%", "Yes", "31/01/2026", "07:05",
        "31/01/2026 07:05", "1:30", NASTY_SEEN, f"A {NASTY_SEEN}", "First", "Second, First", "Ana Popa", "0003",
        "+358 40 1234567", "a.b@example.com", "https://example.com/?a=1&b=%C3%A4",
    ]  # fmt: skip
    assert [value for value in expected if value not in row] == [], row
    card = seen(ben.get("/records/zoo/3").text).text
    assert [
        value
        for value in expected
        if value not in card and value not in ("Yes", f"A {NASTY_SEEN}", "9.99 USD", "Second, First")
    ] == []


@pytest.mark.parametrize(
    "path",
    ["", "?view=other", "/3", "/3/edit", "/new", "/trash", "/filter/choice", "/filter/decimal", "/new?_dialog=1"],
)
def test_texts_of_a_configuration_and_values_are_only_texts(
    visit: Callable[[], tuple[Visitor, Records]], path: str
) -> None:
    ben, records = visit()
    two_animals(records)
    records.create("zoo", Edit({"text": NASTY, "reference": 3}))
    page = ben.get(f"/records/zoo{path}").text
    assert "<b>{{" not in page
    assert "<b>49" not in page
    assert NASTY_SEEN in seen(page).text


def test_filters_of_every_type_open_and_take_every_operator(visit: Callable[[], tuple[Visitor, Records]]) -> None:
    ben, records = visit()
    two_animals(records)
    configuration = zoo().entities["zoo"].fields
    for name, field in configuration.items():
        for operator in field.operators:
            typed = {"boolean": "true", "multi_choice": "b", "multi_reference": "1"}.get(name) or (
                field.entry(VALUES[name], locale=_english()) if name in VALUES else "1"
            )
            typed = "2026-01-31" if name == "datetime" else typed.replace("\n", " ")
            answer = ben.get(
                f"/records/zoo/filter/{name}", query_string={"op": operator, "v": [typed, typed]}, follow_redirects=True
            )
            assert answer.status_code == 200, (name, operator, seen(answer.text).text[:300])


def _english() -> Any:
    from engine.fields.locale import Locale  # noqa: PLC0415

    return Locale("en")
