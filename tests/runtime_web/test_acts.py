"""The pages on which people see what was done, and take it back."""

from __future__ import annotations

import re

from engine.records import Edit, Records
from engine.rights import Principal
from tests.runtime_web.test_history import words
from tests.runtime_web.visitor import Site


def as_ben(site: Site) -> Records:
    (ben,) = [one for one in site.workspace.people.all() if one.login == "ben"]
    return Records(site.workspace.database, site.workspace.tables, Principal(ben.id, ben.name), origin="form")


def undo_addresses(page: str) -> list[str]:
    return re.findall(r'href="(/done/[a-z]+/\d+/undo)"', page)


def test_a_change_is_seen_looked_at_and_taken_back(any_site: Site) -> None:
    ben = as_ben(any_site)
    client = ben.create("client", Edit({"name": "Ann"})).id
    ben.update("client", client, Edit({"name": "Bob"}))
    visitor = any_site.visitor("ben")
    page = visitor.get("/done").text
    assert "Changed Bob Ben Virtanen, " in words(page)
    address = undo_addresses(page)[0]
    asked = words(visitor.get(address).text)
    assert "1 record is set back. Nothing is done yet." in asked
    assert "Set back Client Bob Name before: Bob → after: Ann" in asked
    assert ben.get("client", client).values["name"] == "Bob"
    answer = visitor.post(address)
    assert answer.headers["Location"] == "/done"
    assert ben.get("client", client).values["name"] == "Ann"
    page = visitor.get("/done").text
    assert "Undone in 1 record." in page
    assert "Undone Client: 1" in words(page)
    assert words(page).count("undone") == 1
    assert "There is nothing left to undo." in words(visitor.get(address).text)
    visitor.post(undo_addresses(page)[0])
    assert ben.get("client", client).values["name"] == "Bob"


def test_a_deletion_of_many_is_one_line(site: Site) -> None:
    ben = as_ben(site)
    ids = [ben.create("client", Edit({"name": f"Client {number}"})).id for number in range(3)]
    ben.delete("client", ids)
    visitor = site.visitor("ben")
    page = visitor.get("/done").text
    assert "Deleted Client: 3" in words(page)
    visitor.post(undo_addresses(page)[0])
    assert [ben.get("client", one).id for one in ids] == ids


def test_what_stands_in_the_way_is_said(site: Site) -> None:
    ben = as_ben(site)
    client = ben.create("client", Edit({"name": "Ann"})).id
    ben.create("order", Edit({"client": client}))
    visitor = site.visitor("ben")
    address = undo_addresses(visitor.get("/done").text)[-1]
    assert "Stays Client Ann Other records refer to it." in words(visitor.get(address).text)
    visitor.post(address)
    assert "1 record stays as it is." in visitor.get("/done").text
    assert ben.get("client", client).values["name"] == "Ann"


def test_what_others_did_is_for_administrators(site: Site) -> None:
    as_ben(site).create("client", Edit({"name": "Ann"}))
    ana = site.visitor("ana")
    (address,) = undo_addresses(ana.get("/done").text)
    assert ana.get(address).status_code == 200
    site.workspace.people.add("eve", "Eve", password="three quiet herons")
    eve = site.visitor("eve")
    assert "Nothing yet" in eve.get("/done").text
    assert eve.get(address).status_code == 404
    assert eve.post(address).status_code == 404
    assert undo_addresses(eve.get("/records/client/1/history").text) == []
    assert undo_addresses(site.visitor("ben").get("/records/client/1/history").text) == [address]
    assert eve.get("/done/change/77/undo").status_code == 404
    assert eve.get("/done?before=soon").status_code == 200
