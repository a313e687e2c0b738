"""What stands beside the title of a found record: by what its reader knows it again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from engine.model import Configuration
from engine.records import Edit
from tests.guarded import GUARDED
from tests.runtime_web.seen import unmarked
from tests.runtime_web.trade import NUMBERS, open_trade
from tests.runtime_web.visitor import Site, Visitor

PART = {"HX-Request": "true"}
RECORD = r'(?s)<a class="found-(?:item|told)"[^>]*? href="(/records/\w+/\d+)">.*?class="cut">(.*?)</span> <small class="cut">(.*?)</small>'


@pytest.fixture
def trade(sqlite_url: str, tmp_path: Path) -> Iterator[Site]:
    site = open_trade(sqlite_url, tmp_path)
    yield site
    site.workspace.database.close()


def told(visitor: Visitor, text: str, *, whole: bool = False, marks: bool = False) -> dict[str, str]:
    """What is said of each record that is found, by its address; in the box of every page or on the page of its own."""
    page = visitor.get("/search", query_string={"q": text}, headers={} if whole else PART).text
    found = re.findall(RECORD, page)
    return {url: unescape(said if marks else unmarked(said)) for url, _title, said in found}


def test_the_columns_of_its_list_tell_a_record_from_others(trade: Site) -> None:
    ana = trade.visitor("ana")
    assert told(ana, "alfa") == {"/records/client/1": "Client · Oslo · Ann", "/records/order/1": "Order"}
    assert told(ana, "alfa", whole=True) == {"/records/client/1": "Oslo · Ann", "/records/order/1": ""}
    assert told(ana, "saw") == {"/records/product/1": "Product"}
    # Blanks make room for what comes after them, and what was typed comes first.
    trade.records.update("client", 1, Edit({"city": None, "secret": "gold"}))
    assert told(ana, "alfa")["/records/client/1"] == "Client · Ann · gold"
    trade.records.update("client", 1, Edit({"city": "Alfaville"}))
    trade.records.update("client", 2, Edit({"city": "Golden <b>"}))
    assert told(ana, "gold", marks=True) == {
        "/records/client/1": "Client · <mark>gold</mark> · Ann",
        "/records/client/2": "Client · <mark>Gold</mark>en <b> · Bob",
    }


def test_a_value_is_told_as_its_reader_may_see_it(trade: Site) -> None:
    ann, dora = trade.visitor("ann"), trade.visitor("dora")
    trade.records.update("client", 1, Edit({"city": None}))
    assert told(ann, "alfa")["/records/client/1"] == "Client · Ann"
    # A note is hidden from managers once the order is paid.
    trade.records.update("order", 1, Edit({"note": "quiet"}))
    assert told(ann, "0001")["/records/order/1"] == "Order · quiet"
    trade.records.update("order", 1, Edit({"status": "paid"}))
    assert told(ann, "0001")["/records/order/1"] == "Order"
    assert told(dora, "0001")["/records/order/1"] == "Order · quiet"


def test_what_was_changed_lately_is_told_in_the_same_way(trade: Site) -> None:
    flo = trade.visitor("flo")
    shown = flo.get("/records/client/1/edit")
    flo.client.post(
        "/records/client/1",
        data={**dict(re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', shown.text)), "city": "Bergen"},
    )
    assert told(flo, "") == {"/records/client/1": "Client · Bergen · Ann"}
    assert told(flo, "", whole=True) == {"/records/client/1": "Client · Bergen · Ann"}


def test_of_values_that_could_be_mistaken_for_each_other_only_the_first_is_told(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Two dates, say; and no choice before what fewer records share, nor a reference to what may not be seen."""
    described: dict[str, Any] = {
        **GUARDED,
        "entities": {
            **GUARDED["entities"],
            "visit": {
                "fields": {
                    "name": {"type": "text"},
                    "kind": {"type": "choice", "options": [{"value": "home", "label": {"en": "At home"}}]},
                    "planned": {"type": "date"},
                    "done": {"type": "date"},
                    "price": {"type": "money", "currency": "EUR"},
                    "order": {"type": "reference", "to": "order"},
                    "paid": {"type": "boolean"},
                },
                "views": {"all": {"columns": ["kind", "planned", "price", "done", "order", "paid", "name"]}},
            },
        },
    }
    described["roles"] = {**described["roles"], "eyes": {"grants": [{"entity": "visit", "can": ["read"]}]}}
    site = open_trade(sqlite_url, tmp_path, Configuration.model_validate(described))
    site.workspace.people.set_roles(NUMBERS["eve"], ["eyes"])
    days = {"planned": dt.date(2026, 3, 1), "done": dt.date(2026, 3, 2)}
    visit = site.records.create("visit", Edit({"name": "Zebra", "kind": "home", "price": 5, "paid": True, **days})).id
    url = f"/records/visit/{visit}"
    assert told(site.visitor("ana"), "zebra") == {url: "Visit · 01/03/2026 · At home"}
    site.records.update("visit", visit, Edit({"order": 1}))
    assert told(site.visitor("ana"), "zebra") == {url: "Visit · 01/03/2026 · 0001 Alfa"}
    assert told(site.visitor("eve"), "zebra") == {url: "Visit · 01/03/2026 · At home"}
    site.workspace.database.close()
