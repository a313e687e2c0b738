"""A reference that one may read, to a record that one may not: every page says that there is one, and nothing of it."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guarded import GUARDED, described
from tests.runtime_web.seen import seen
from tests.runtime_web.trade import open_trade
from tests.runtime_web.visitor import Site, Visitor

ROLES = copy.deepcopy(GUARDED["roles"])
ROLES["manager"]["grants"][1]["where"] = 'city = "Oslo"'
ROLES["manager"]["grants"][3]["where"] = 'name = "Axe"'


@pytest.fixture
def bob(tmp_path: Path, sqlite_url: str) -> Iterator[Visitor]:
    """Whose only order is of a client that he may not see, with a product that he may not see."""
    site: Site = open_trade(sqlite_url, tmp_path / "files", described(roles=ROLES))
    yield site.visitor("bob")
    site.workspace.database.close()


def told(bob: Visitor, address: str) -> str:
    answer = bob.get(address)
    assert answer.status_code == 200
    assert "Beta" not in answer.text
    assert not re.search(r"client/2\b|product/1\b", answer.text)
    return answer.text


@pytest.mark.parametrize(
    "address", ["/records/order?view=all", "/records/order/2", "/records/order/2/edit", "/records/order/2/history"]
)
def test_pages_say_that_there_is_one(bob: Visitor, address: str) -> None:
    assert "(not shown)" in told(bob, address)


def test_saving_the_rest_of_the_card_keeps_it(bob: Visitor) -> None:
    form = dict(seen(told(bob, "/records/order/2/edit")).form)
    saved = bob.post("/records/order/2", {**form, "note": "fragile"}, token=bob.token("/keys"))
    assert saved.status_code == 303
    page = told(bob, "/records/order/2")
    assert "fragile" in page
    assert "(not shown)" in page
