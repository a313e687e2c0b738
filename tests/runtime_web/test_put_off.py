"""Computed fields that a job is bringing up to date are marked in lists and cards, in words too, until it is done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from engine.jobs import Crew, Made
from engine.records import Edit, door
from runtime_web.kinds import KINDS
from tests.browser.company import database_url, open_company
from tests.computed import trade_configuration
from tests.engine.records.test_computed import line
from tests.ready import ready_database
from tests.runtime_web.visitor import Site

MARK = 'aria-label="Being computed"'


@pytest.fixture
def trade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A business with two orders of one product, in which two records are too many for a save."""
    database = ready_database(database_url(tmp_path), trade_configuration())
    database.close()
    site = open_company(tmp_path, trade_configuration())
    site.add_people()
    saw = site.records.create("product", Edit({"name": "Saw", "price": Decimal(10)})).id
    for _ in range(2):
        site.records.create("order", Edit({}, lines={"lines": (line(saw, "1"),)}))
    monkeypatch.setattr(door, "AT_ONCE", 1)
    yield site
    site.workspace.database.close()


def marked(page: str) -> int:
    return page.count(MARK)


def test_what_waits_is_marked_until_it_is_done(trade: Site) -> None:
    ben = trade.visitor("ben")
    assert [marked(ben.get(path).text) for path in ("/records/order", "/records/order/1")] == [0, 0]
    form = {"name": "Saw", "price": "20", "_base": '{"price": "10.00"}'}
    assert ben.post("/records/product/1", form).status_code in (302, 303)
    page = ben.get("/records/order").text
    heads = [head for head in re.findall(r"<th .*?</th>", page, re.DOTALL) if MARK in head]
    assert [re.findall(r'">([A-Z][a-z]+)', head)[0] for head in heads] == ["Total", "Debt", "Share", "Settled"]
    card = ben.get("/records/order/1").text
    # Net, VAT, total, debt, share, settled, and the amounts of the lines.
    assert marked(card) == 7
    assert re.search(r">12\.10</span> <span class=\"unit\">€</span><span class=\"computing\"", card)
    assert marked(ben.get("/records/product/1").text) == 0
    jobs = ben.get("/jobs").text
    assert "Bring computed fields up to date" in jobs
    address = re.findall(r'href="(/jobs/\d+)"', jobs)[0]
    waits = ben.get(address).text
    assert "/cancel" not in waits
    ben.post(f"{address}/cancel")
    assert "Waiting" in ben.get(address).text
    held = trade.workspace
    Crew(held.database, KINDS, Made(held.settings.made), "tests").run(int(address.rpartition("/")[2]))
    assert "All computed fields are up to date." in ben.get(address).text
    assert [marked(ben.get(path).text) for path in ("/records/order", "/records/order/1")] == [0, 0]
    assert "24.20" in ben.get("/records/order").text
