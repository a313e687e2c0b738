"""Cells of a list: the editor of one, what becomes of what was typed, and what is said about what does not fit."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from typing import Any

import pytest

from engine.records import Edit
from tests.runtime_web.visitor import Site, Visitor


@pytest.fixture
def clients(any_site: Site) -> Site:
    for name, city in (("Alfa", "Oslo"), ("Beta", "Turku"), ("Gamma", "Oulu")):
        any_site.records.create("client", Edit({"name": name, "city": city}))
    return any_site


def send(visitor: Visitor, entity: str, *rows: dict[str, Any], query: str = "", **more: Any) -> dict[str, Any]:
    answer = visitor.client.post(
        f"/records/{entity}/cells{query}",
        json={"rows": [{"key": f"r{at}", **row} for at, row in enumerate(rows)], **more},
        headers={"X-CSRFToken": visitor.token("/keys")},
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def faults(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["key"], one["field"]) for one in answer["faults"]]


def city(site: Site, record_id: int) -> Any:
    return site.records.get("client", record_id).values["city"]


def test_rows_and_headings_say_what_a_grid_needs(clients: Site) -> None:
    page = clients.visitor("ana").get("/records/client").text
    assert re.findall(r'<tr data-id="(\d+)" data-version="\d+" data-seen="[\w+/]+">', page) == ["1", "2", "3"]
    edited = dict(re.findall(r'<th [^>]*data-field="(\w+)" data-edit="(\w+)"', page))
    assert edited["name"] == "text"
    assert edited["status"] == "choice"
    assert "orders" not in edited
    before = re.findall(r'data-id="(\d+)" data-version="(\d+)"', page)
    clients.records.update("client", 2, Edit({"city": "Rauma"}))
    after = re.findall(r'data-id="(\d+)" data-version="(\d+)"', clients.visitor("ana").get("/records/client").text)
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, True]


def test_a_cell_is_edited_with_the_widget_of_its_field(clients: Site) -> None:
    ana = clients.visitor("ana")
    found: dict[str, Any] = ana.get("/records/client/1/cell/city").get_json()
    assert 'name="city"' in found["html"]
    assert 'value="Oslo"' in found["html"]
    assert (found["base"], found["refused"]) == ("Oslo", "")
    assert ana.get("/records/client/1/cell/orders").status_code == 404
    assert ana.get("/records/client/9/cell/city").status_code == 404
    assert ana.get("/records/nothing/1/cell/city").status_code == 404


def test_a_cell_is_saved_and_its_row_comes_back(clients: Site) -> None:
    ana = clients.visitor("ana")
    found = send(ana, "client", {"id": 1, "values": {"city": "Bergen"}, "base": {"city": "Oslo"}}, query="?q=alfa")
    assert found["faults"] == []
    assert "Bergen" in found["rows"]["1"]
    assert "/records/client/1?q=alfa" in found["rows"]["1"]
    assert found["said"] == "1 record changed."
    take_back(ana, found["undo"])
    assert city(clients, 1) == "Oslo"


def test_texts_are_read_as_the_reader_writes_them(any_site: Site) -> None:
    any_site.records.create("product", Edit({"name": "Bolt"}))
    ana = any_site.visitor("ana")
    ana.post("/preferences", {"language": "fi", "next": "/"})
    send(ana, "product", {"id": 1, "values": {"price": "1 234,50"}}, {"values": {"name": "Nut", "price": "2,5"}})
    assert any_site.records.get("product", 1).values["price"] == Decimal("1234.50")
    assert any_site.records.get("product", 2).values["price"] == Decimal("2.50")


def test_what_does_not_fit_is_said_at_its_cell_and_nothing_is_saved(clients: Site) -> None:
    rows = (
        {"id": 1, "values": {"city": "Bergen"}},
        {"id": 2, "values": {"since": "yesterday", "name": ""}},
        {"values": {"name": "Delta", "phone": "12"}},
    )
    found = send(clients.visitor("ana"), "client", *rows, kind="paste")
    # Every reason at once: of a row whose text means nothing, what its other cells lack too.
    assert faults(found) == [("r1", "since"), ("r2", "phone"), ("r1", "name")]
    assert "is not a date" in found["faults"][0]["text"]
    assert "Oslo" in found["rows"]["1"]
    assert city(clients, 1) == "Oslo"
    checked = send(clients.visitor("ana"), "client", rows[0], {"id": 2, "values": {"name": ""}}, check=True)
    assert (faults(checked), checked["rows"]) == ([("r1", "name")], {})


def test_nobody_overwrites_what_a_colleague_has_saved_meanwhile(clients: Site) -> None:
    clients.records.update("client", 1, Edit({"city": "Lund"}))
    found = send(clients.visitor("ana"), "client", {"id": 1, "values": {"city": "Bergen"}, "base": {"city": "Oslo"}})
    assert faults(found) == [("r0", "city")]
    assert "Lund" in found["rows"]["1"]
    assert city(clients, 1) == "Lund"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"rows": []}, 400),
        ({"rows": [{"key": "a", "id": 1, "values": {}}, {"key": "b", "id": 1, "values": {}}]}, 400),
        ({"rows": [{"key": "a", "id": 0, "values": {}}]}, 400),
        ({"rows": [{"key": "a", "id": 1, "values": {"city": 7}}]}, 400),
        ({"rows": [{"key": "a", "id": 1, "values": {"orders": "1"}}]}, 403),
        ({"rows": [{"key": "a", "id": 1, "values": {"nothing": "1"}}]}, 403),
    ],
)
def test_what_no_grid_sends_is_refused(site: Site, body: dict[str, Any], status: int) -> None:
    ana = site.visitor("ana")
    headers = {"X-CSRFToken": ana.token("/keys")}
    assert ana.client.post("/records/client/cells", json=body, headers=headers).status_code == status
    assert ana.client.post("/records/order_line/cells", json=body, headers=headers).status_code in (400, 403)
    assert ana.client.post("/records/nothing/cells", json=body, headers=headers).status_code == 404


def test_pasted_words_become_what_people_mean_by_them(clients: Site) -> None:
    ana = clients.visitor("ana")
    row = {"name": "Delta", "agent": "beta", "status": "Regular", "tags": "a; c", "partners": "Alfa; #3", "vip": "Yes"}
    send(ana, "client", {"values": row}, typed="words", kind="paste")
    made = clients.records.get("client", 4).values
    assert (made["agent"], made["status"], made["tags"], made["partners"], made["vip"]) == (
        2,
        "regular",
        ("a", "c"),
        (1, 3),
        True,
    )
    clients.records.create("client", Edit({"name": "ALFA"}))
    found = send(
        ana,
        "client",
        {"values": {"name": "E", "agent": "Nobody"}},
        {"id": 2, "values": {"agent": "alfa", "since": "31/02/2026"}},
        typed="words",
        kind="paste",
        check=True,
    )
    assert faults(found) == [("r0", "agent"), ("r1", "agent"), ("r1", "since")]
    assert "Nobody" in found["faults"][0]["text"]


def test_units_beside_pasted_numbers_are_taken_off(site: Site) -> None:
    found = send(site.visitor("ana"), "product", {"values": {"name": "Bolt", "price": "€ 1,234.50"}}, typed="words")
    assert found["reload"] is True
    assert site.records.get("product", 1).values["price"] == Decimal("1234.50")


def test_rows_are_filled_like_another_and_everything_goes_back_and_forth(clients: Site) -> None:
    ana = clients.visitor("ana")
    clients.records.update("client", 1, Edit({"tags": ("b",), "agent": 3}))
    rows: list[dict[str, Any]] = [{"id": key, "values": {}, "like": 1} for key in (2, 3)]
    found = send(ana, "client", *rows, kind="fill", fields=["city", "tags", "agent"])
    assert found["saved"] is True
    assert [clients.records.get("client", key).values["tags"] for key in (2, 3)] == [("b",), ("b",)]
    assert found["said"] == "2 records changed."
    undone = take_back(ana, found["undo"])
    assert (undone["said"], sorted(undone["rows"])) == ("Undone in 2 records.", ["2", "3"])
    assert [city(clients, key) for key in (2, 3)] == ["Turku", "Oulu"]
    take_back(ana, undone["act"])
    assert [city(clients, key) for key in (2, 3)] == ["Oslo", "Oslo"]
    gone = send(ana, "client", {"id": 2, "values": {}, "like": 99}, kind="fill", fields=["city"])
    assert faults(gone) == [("r0", "")]


def test_an_undo_leaves_what_others_have_changed_since(clients: Site) -> None:
    ana = clients.visitor("ana")
    found = send(ana, "client", *({"id": key, "values": {"city": ""}} for key in (1, 2)), kind="clear")
    clients.records.update("client", 2, Edit({"city": "Rauma"}))
    undone = take_back(ana, found["undo"])
    assert undone["refused"] is True
    assert "1 record stays as it is." in undone["said"]
    assert [city(clients, key) for key in (1, 2)] == ["Oslo", "Rauma"]
    for act, status in (("nothing", 400), ("action:99", 404)):
        headers = {"X-CSRFToken": ana.token("/keys")}
        assert ana.client.post("/records/client/cells/undo", json={"act": act}, headers=headers).status_code == status


def take_back(visitor: Visitor, act: str) -> dict[str, Any]:
    headers = {"X-CSRFToken": visitor.token("/keys")}
    answer = visitor.client.post("/records/client/cells/undo", json={"act": act}, headers=headers)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def test_a_cell_full_of_blanks_takes_no_time_and_a_name_said_twice_is_one(clients: Site) -> None:
    ana = clients.visitor("ana")
    began = time.perf_counter()
    found = send(ana, "client", {"id": 1, "values": {"partners": f"a{' ' * 99_000}b"}}, typed="words", kind="paste")
    assert time.perf_counter() - began < 5
    assert faults(found) == [("r0", "partners")]
    found = send(ana, "client", {"id": 1, "values": {"partners": " Beta ;  beta;Gamma\n"}}, typed="words", kind="paste")
    assert found["faults"] == []
    assert clients.records.get("client", 1).values["partners"] == (2, 3)


def shown(visitor: Visitor) -> dict[str, dict[str, str]]:
    """What the rows of a list say that they have shown: words by record and field."""
    page = visitor.get("/records/client").text
    edited = re.findall(r'<th [^>]*data-field="(\w+)" data-edit="\w+"', page)
    words = dict(re.findall(r'<tr data-id="(\d+)" data-version="\d+" data-seen="([\w+/]+)">', page))
    assert {len(word) for word in words.values()} == {4 * len(edited)}
    return {key: {name: word[4 * at : 4 * at + 4] for at, name in enumerate(edited)} for key, word in words.items()}


def test_nobody_pastes_over_what_a_colleague_has_saved_meanwhile(clients: Site) -> None:
    ana, ben = clients.visitor("ana"), clients.visitor("ben")
    seen = shown(ana)
    send(ben, "client", {"id": 1, "values": {"city": "Lund"}}, {"id": 2, "values": {"city": ""}})
    rows = [
        {"id": key, "values": {"city": "Bergen", "phone": "+358401234567"}, "seen": seen[str(key)]} for key in (1, 2, 3)
    ]
    for check in (True, False):
        found = send(ana, "client", *rows, kind="paste", typed="words", check=check)
        assert faults(found) == [("r0", "city"), ("r1", "city")]
        wrote, cleared = (one["text"] for one in found["faults"])
        assert wrote == "Ben Virtanen wrote “Lund” meanwhile. Change it again if that is wrong."
        assert cleared == "Ben Virtanen has cleared this meanwhile. Change it again if that is wrong."
    assert [city(clients, key) for key in (1, 2, 3)] == ["Lund", None, "Oulu"]
    # Whoever has been told may write all the same; what has been changed again since, not.
    for row, fault in zip(rows, found["faults"], strict=False):
        row["seen"] = {**seen["1"], "city": fault["seen"]}
    clients.records.update("client", 2, Edit({"city": "Rauma"}))
    found = send(ana, "client", *rows, kind="paste", typed="words")
    assert [one["text"] for one in found["faults"]] == [
        "The program wrote “Rauma” meanwhile. Change it again if that is wrong."
    ]
    assert send(ana, "client", rows[0], rows[2], kind="paste", typed="words")["saved"] is True
    assert [city(clients, key) for key in (1, 2, 3)] == ["Bergen", "Rauma", "Bergen"]


def test_different_fields_of_a_row_are_both_kept(clients: Site) -> None:
    ana = clients.visitor("ana")
    seen = shown(ana)
    clients.records.update("client", 1, Edit({"city": "Lund"}))
    clients.records.update("client", 2, Edit({"city": "Bergen"}))
    rows = (
        {"id": 1, "values": {"status": "regular"}, "seen": seen["1"]},
        {"id": 2, "values": {"city": "Bergen"}, "seen": seen["2"]},
    )
    found = send(ana, "client", *rows, kind="paste")
    assert (found["saved"], found["said"]) == (True, "1 record changed.")
    assert clients.records.get("client", 1).values["status"] == "regular"
    assert [city(clients, key) for key in (1, 2)] == ["Lund", "Bergen"]


def test_filling_and_clearing_stop_where_a_colleague_was_too(clients: Site) -> None:
    ana = clients.visitor("ana")
    ana.post("/records/client/columns", {"column": ["name", "city", "tags", "partners", "agent"]})
    clients.records.update("client", 2, Edit({"tags": ("a",), "agent": 1, "partners": (1,)}))
    seen = shown(ana)
    clients.records.update("client", 2, Edit({"tags": ("a", "b"), "agent": 3, "partners": (1, 3)}))
    blank = {"tags": "", "agent": "", "partners": ""}
    cleared = [{"id": key, "values": blank, "seen": seen[str(key)]} for key in (1, 2)]
    found = send(ana, "client", *cleared, kind="clear")
    assert sorted(faults(found)) == [("r1", name) for name in sorted(blank)]
    assert "“Alfa, Gamma”" in next(one["text"] for one in found["faults"] if one["field"] == "partners")
    filled = {"id": 2, "values": {}, "like": 1, "seen": seen["2"]}
    assert faults(send(ana, "client", filled, kind="fill", fields=["agent", "city"])) == [("r0", "agent")]
    again = [{**row, "seen": shown(ana)[str(row["id"])]} for row in cleared]
    assert send(ana, "client", *again, kind="clear")["saved"] is True
    values = clients.records.get("client", 2).values
    assert [values[name] for name in ("tags", "agent", "partners")] == [None, None, None]


def test_what_was_pasted_anew_has_a_list_of_its_own(clients: Site) -> None:
    ana = clients.visitor("ana")
    fresh = [{"values": {"name": f"Pasted {at}", "city": "Vaasa"}} for at in range(3)]
    done = send(ana, "client", *fresh, {"id": 2, "values": {"city": "Vaasa"}}, kind="paste", typed="words")
    assert done["show"]["label"] == "Show them"
    page = ana.get(done["show"]["url"]).text
    assert re.findall(r'class="open"[^>]*>([^<]+)<', page) == ["Beta", "Pasted 0", "Pasted 1", "Pasted 2"]
    assert re.search(r'class="chip-text"[^>]*>Pasted, ', page)
    # The same stands in the list of what was done; a single one has its card; what is only changed needs nothing.
    assert done["show"]["url"] in ana.get("/done").text
    one = send(ana, "client", fresh[0] | {"values": {"name": "Alone"}}, kind="paste", typed="words")
    assert one["show"]["label"] == "Show it"
    assert "Alone" in ana.get(one["show"]["url"]).text
    assert send(ana, "client", {"id": 1, "values": {"city": "Rauma"}})["show"] is None


def test_what_is_looked_at_before_it_is_pasted_is_called_by_its_titles(clients: Site) -> None:
    rows = [{"id": key, "values": {"phone": "12"}} for key in (1, 3)]
    found = send(clients.visitor("ana"), "client", *rows, kind="paste", typed="words", check=True)
    assert found["titles"] == {"1": "Alfa", "3": "Gamma"}


def test_the_records_of_an_act_are_for_whoever_has_done_it(clients: Site) -> None:
    done = send(clients.visitor("ben"), "client", *[{"values": {"name": f"Ben {at}"}} for at in range(2)], kind="paste")
    listed = done["show"]["url"]
    assert "Ben 1" in clients.visitor("ana").get(listed).text, "who administers sees what everybody has done"
    theirs = send(
        clients.visitor("ana"), "client", *[{"values": {"name": f"Ana {at}"}} for at in range(2)], kind="paste"
    )
    for url in (theirs["show"]["url"], "/records/client?act=999"):
        page = clients.visitor("ben").get(url).text
        assert "Part of this address is not known here" in page
        assert "Alfa" in page
