"""Why somebody may or may not, who may, and what two users may differently: pages for administrators alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.records import Edit
from tests.runtime_web.seen import seen
from tests.runtime_web.test_rights_page import rows
from tests.runtime_web.trade import NUMBERS, open_trade
from tests.runtime_web.visitor import Site


@pytest.fixture
def trade(tmp_path: Path, sqlite_url: str) -> Iterator[Site]:
    site = open_trade(sqlite_url, tmp_path / "files")
    yield site
    site.workspace.database.close()


def ask(site: Site, login: str = "ana", **asked: object) -> str:
    query = "&".join(f"{name}={value}" for name, value in {"user": 1, "entity": "order", **asked}.items())
    return seen(site.visitor(login).get(f"/rights/why?{query}").text).text


def test_the_reasons_stand_below_the_question(trade: Site) -> None:
    found = ask(trade, record=2)
    assert "Ann may not do this. The record does not meet the condition of any grant." in found
    assert "The role Manager grants it manager = USER() is not met" in found
    assert "Restriction of the role Everyone NOT archived is met" in found
    assert "Roles that allow it: Chief, Auditor" in found
    assert "Ann may do this." in ask(trade, record=1)
    assert "Ann may do this with some records." in ask(trade)
    assert "Cid may not do this. No role of this person grants it." in ask(trade, user=3)


def test_of_fields(trade: Site) -> None:
    assert "The field is made of “Order line: Cost”, which may not be read." in ask(trade, field="margin")
    assert "The role Manager hides the field" in ask(trade, record=1, field="lines.cost")
    assert "The role Manager lets the field be read only" in ask(trade, record=1, field="rebate", action="update")
    trade.records.update("order", 1, Edit({"status": "paid"}))
    found = ask(trade, record=1, field="note")
    assert 'The field besides NOT (status = "paid") is not met' in found


def test_what_is_not_there(trade: Site) -> None:
    assert "There is no such record." in ask(trade, record=99)
    assert "There is no such record." in ask(trade, record="x")
    assert trade.visitor("ana").get("/rights/why?entity=nonsense").status_code == 404
    assert trade.visitor("ana").get("/rights/why?user=99").status_code == 404


def test_an_administrator_by_role_asks_about_records_that_they_see(trade: Site) -> None:
    trade.records.update("order", 1, Edit({"archived": True}))
    assert "There is no such record." in ask(trade, login="flo", record=1)
    assert "Ann may not do this. A restriction stands in the way" in ask(trade, record=1)


def test_refusals_explain_themselves_while_one_looks_with_anothers_eyes(trade: Site) -> None:
    ana, ann = trade.visitor("ana"), trade.visitor("ann")
    ana.post(f"/view-as/{NUMBERS['ann']}")
    missing = ana.get("/records/order/2")
    assert missing.status_code == 404
    assert "The record does not meet the condition of any grant." in missing.text
    ana.post("/view-as/stop")
    ana.post(f"/view-as/{NUMBERS['cid']}")
    refused = ana.get("/records/product/new")
    assert refused.status_code == 403
    assert "No role of this person grants it." in refused.text
    ana.post("/view-as/stop")
    for visitor in (ana, ann):
        assert "rights-why" not in visitor.get("/records/order/99").text
    assert "rights-why" not in ann.get("/records/order/2").text


def test_a_refusal_says_the_same_of_what_is_hidden_and_what_never_was(trade: Site) -> None:
    """Nobody else gets the reasons, so that the two pages are the same but for their address."""
    ann = trade.visitor("ann")
    pages = [ann.get(f"/records/order/{number}").text.replace(f"order/{number}", "order/N") for number in (2, 9)]
    assert pages[0].replace("%2F2", "%2FN") == pages[1].replace("%2F9", "%2FN")


def test_who_can_see_an_entity_and_a_record(trade: Site) -> None:
    ana = trade.visitor("ana")
    found = {row[0]: row[1:] for row in rows(ana.get("/rights/who?entity=client").text)}
    assert found["Ann Manager"] == ["Yes Manager", "Yes Manager", "Some Manager", "No", "No", "No"]
    assert found["Eve No role"] == ["No"] * 6
    assert found["Ana Administrator"] == ["Yes Administrator"] * 6
    card = ana.get("/records/order/2").text
    assert "/rights/who?entity=order&amp;record=2" in card
    page = ana.get("/rights/who?entity=order&record=2").text
    found = {row[0]: row[1:] for row in rows(page)}
    assert "0002 Beta" in page
    assert found["Bob Manager"] == ["Yes Manager"] * 4
    assert found["Ann Manager"] == ["No"] * 4
    assert ana.get("/rights/who?entity=order&record=99").status_code == 404
    assert "/rights/who" not in trade.visitor("ann").get("/records/order/1").text


def test_two_users_are_compared(trade: Site) -> None:
    ana = trade.visitor("ana")
    found = {row[0]: row[1:] for row in rows(ana.get("/rights/compare?left=1&right=4").text)}
    assert found["Discount"] == ["Hidden", "Read"]
    assert found["Lines: Cost"] == ["Hidden", "Read"]
    assert "Secret" not in found
    assert "Both may do the same." in ana.get("/rights/compare?left=1&right=2").text
    assert ana.get("/rights/compare?left=1&right=99").status_code == 404
