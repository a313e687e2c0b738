"""What quick search offers beside records, to whom, and where somebody left off."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.model import Configuration
from engine.records import Edit, Records
from engine.rights import Principal
from tests.guarded import GUARDED
from tests.runtime_web.seen import unmarked
from tests.runtime_web.trade import NUMBERS, open_trade
from tests.runtime_web.visitor import Site, Visitor

PART = {"HX-Request": "true"}
REPORTS = {"by_city": {"label": "Sales by city", "of": "order", "rows": [{"field": "client.city"}]}}


@pytest.fixture
def trade(sqlite_url: str, tmp_path: Path) -> Iterator[Site]:
    described = {
        **GUARDED,
        "reports": REPORTS,
        "dashboards": {"day": {"label": "My day", "tiles": {"c": {"report": "by_city"}}}},
    }
    site = open_trade(sqlite_url, tmp_path, Configuration.model_validate(described))
    yield site
    site.workspace.database.close()


@pytest.fixture
def offered(trade: Site) -> Callable[[str, str], list[tuple[str, str]]]:
    """What somebody is offered for a text: labels and addresses."""
    people: dict[str, Visitor] = {}

    def ask(login: str, text: str) -> list[tuple[str, str]]:
        if login not in people:
            people[login] = trade.visitor(login)
        page = unmarked(people[login].get("/search", query_string={"q": text}, headers=PART).text)
        return re.findall(r'id="found-command-\d+" href="([^"]+)">.*?<span class="cut">([^<]*)</span>', page)

    return ask


def test_places_and_beginnings_are_found_by_the_beginnings_of_their_words(
    offered: Callable[[str, str], list[tuple[str, str]]],
) -> None:
    assert offered("ana", "add prod") == [("/records/product/new", "Add product")]
    assert offered("ana", "secr") == [("/records/client?view=secretive", "Secretive")]
    assert offered("ana", "client sec") == [("/records/client?view=secretive", "Secretive")]
    assert ("/reports/by_city", "Sales by city") in offered("ana", "CITY sal")
    assert offered("ana", "my day")[0] == ("/dashboards/day", "My day")
    assert offered("ana", "audit")[0][0] == "/audit"
    assert offered("ana", "order")[0] == ("/records/order", "Order")
    assert offered("ana", "zebra") == []
    assert offered("ana", "dd") == []


def test_nobody_is_offered_what_they_may_not_do(offered: Callable[[str, str], list[tuple[str, str]]]) -> None:
    assert offered("cid", "add") == []
    assert [url for url, _label in offered("cid", "prod")] == ["/records/product"]
    assert offered("cid", "client") == []
    assert offered("ann", "secretive") == []
    assert offered("ann", "city") == []
    assert offered("ann", "audit") == []
    assert [label for _url, label in offered("ann", "")] == ["Add client", "Add order"]
    assert [label for _url, label in offered("ana", "")] == ["Add client", "Add product", "Add order"]


def test_somebody_finds_where_they_left_off(trade: Site) -> None:
    ann = Records(
        trade.workspace.database, trade.workspace.tables, Principal(NUMBERS["ann"], "Ann", roles=frozenset({"manager"}))
    )
    client = ann.create("client", Edit({"name": "Fresh & Co", "manager": NUMBERS["ann"]})).id
    order = ann.create("order", Edit({"client": client, "date": dt.date(2026, 3, 1)})).id
    ann.update("client", client, Edit({"city": "Turku"}))
    visitor = trade.visitor("ann")
    for path, options in (("/", {}), ("/search", {"headers": PART}), ("/search", {})):
        page = visitor.get(path, **options).text
        recent = page[page.index("Changed by you lately") :]
        assert recent.index("Fresh &amp; Co") < recent.index(f"/records/order/{order}")
    # What is somebody else's now is not there any more, nor does anybody else see what she did.
    trade.records.update("order", order, Edit({"manager": NUMBERS["bob"]}))
    assert f"/records/order/{order}" not in visitor.get("/search", headers=PART).text
    assert "Changed by you lately" not in trade.visitor("dora").get("/").text
    trade.records.delete("order", [order])
    trade.records.delete("client", [client])
    assert "Changed by you lately" not in visitor.get("/").text
