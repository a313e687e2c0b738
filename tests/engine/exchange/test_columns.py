"""Which heading means which field."""

from __future__ import annotations

import pytest

from engine.config import load
from engine.exchange.columns import match_columns, unnamed
from engine.exchange.letters import letters_of, position_of
from engine.model import Configuration
from tests.shop import SHOP, shop_configuration
from tests.surroundings import ROOT

SAMPLE, _ = load(ROOT / "sample_configs/clients")
assert SAMPLE


def matched(entity: str, *header: str, configuration: Configuration | None = None) -> list[str]:
    """Each heading as the field and key it means, or as the code and the hint of its Problem."""
    targets, problems = match_columns(configuration or shop_configuration(), entity, header)
    said = [f"! {found.code} {found.params.get('nearest', '')}".strip() for found in problems]
    return [f"{target.name}.{target.key}".removesuffix(".") for target in targets] + said


def test_names_and_labels_in_any_language_and_any_case() -> None:
    assert matched("order", "NUMBER", "Дата", "клиент", "Discount", configuration=SAMPLE) == [
        "number",
        "date",
        "client",
        "discount",
    ]
    assert matched("order_line", "Заказ", "product", configuration=SAMPLE) == ["order", "product"]
    assert matched("client", "name", "Since", "") == ["name", "since"]


def test_a_reference_by_a_key() -> None:
    assert matched("order", "client.code", "Date") == ["client.code", "date"]
    assert matched("order", "Клиент . Код", configuration=_keyed()) == ["client.code"]
    assert matched("client", "partners.code") == ["partners.code"]
    assert matched("order_line", "order.number", "product.name") == ["order.number", "product.name"]


def _keyed() -> Configuration:
    shop = SHOP | {"entities": {name: dict(entity) for name, entity in SHOP["entities"].items()}}
    shop["entities"]["client"] = {
        "label": {"ru": "Клиент"},
        "fields": {"name": {"type": "text"}, "code": {"type": "text", "label": {"ru": "Код"}}},
    }
    fields = shop["entities"]["order"]["fields"] | {
        "client": {"type": "reference", "to": "client", "label": {"ru": "Клиент"}}
    }
    shop["entities"]["order"] = shop["entities"]["order"] | {"fields": fields}
    return Configuration.model_validate(shop)


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("nme", "! column-unknown name"),
        ("zzz", "! column-unknown None"),
        ("client.cod", "! column-unknown client.code"),
        ("client.zzz", "! column-unknown None"),
        ("total.x", "! column-unknown None"),
        ("client.orders", "! column-unsuitable"),
        ("client.agent", "! column-unsuitable"),
        ("lines", "! column-unsuitable"),
        ("payments", "! column-unsuitable"),
    ],
)
def test_what_means_nothing(heading: str, said: str) -> None:
    entity = "client" if heading == "nme" else "order"
    assert matched(entity, heading) == [said]


def test_files_cannot_come() -> None:
    assert matched("order", "files", configuration=SAMPLE) == ["! column-unsuitable"]


def test_the_same_field_twice() -> None:
    assert matched("client", "name", "NAME", "agent", "agent.code") == [
        "name",
        "agent",
        "! column-twice",
        "! column-twice",
    ]


def test_a_label_of_two_fields() -> None:
    fields = {
        "a": {"type": "text", "label": "Date"},
        "b": {"type": "text", "label": "date"},
        "date": {"type": "date"},
        "c": {"type": "text", "label": "X"},
        "d": {"type": "text", "label": "x"},
    }
    configuration = Configuration.model_validate({"kartoteka": 1, "name": "x", "entities": {"e": {"fields": fields}}})
    assert matched("e", "Date", configuration=configuration) == ["date"]
    assert matched("e", "X", configuration=configuration) == ["! column-ambiguous"]


def test_a_column_without_a_heading_must_be_blank() -> None:
    assert list(unnamed(("a", "", "b"), [["", " ", ""], ["1", "", "2", ""]])) == []
    (found, beyond) = unnamed(("a", "", "b"), [["", 0.0, ""], ["1", "", "2", "12"]])
    assert found.sentence == "Column B has no heading, but holds “0.0”."
    assert (beyond.params["letters"], beyond.params["value"]) == ("D", "12")


def test_letters() -> None:
    assert [letters_of(number) for number in (0, 25, 26, 51, 52, 701, 702, 16383)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
        "XFD",
    ]
    assert all(position_of(letters_of(number)) == number for number in range(20_000))
