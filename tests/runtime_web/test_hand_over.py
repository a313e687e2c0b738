"""The page on which the records of somebody who leaves are handed over to a colleague."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime_web.app import create_app
from runtime_web.settings import Settings
from tests.ready import ready_database
from tests.runtime_web.test_history import words
from tests.runtime_web.visitor import PASSWORD, SECRET, Site, Visitor
from tests.staffed import people_and_records, staffed

PEOPLE = {"ann": "seller", "bob": "head", "cid": "reader"}
BOTH = "/hand-over?from=1&to=2"


@pytest.fixture
def staff(sqlite_url: str, tmp_path: Path) -> Iterator[Site]:
    configuration = staffed()
    database = ready_database(sqlite_url, configuration)
    database.close()
    wanted = Settings(
        database_url=sqlite_url, configuration=configuration, files=tmp_path, secret_key=SECRET, testing=True
    )
    site = Site(create_app(wanted))
    for login, role in PEOPLE.items():
        site.workspace.people.add(login, login.title(), roles=[role], password=PASSWORD)
    site.workspace.people.add("ana", "Ana", administrator=True, password=PASSWORD)
    people_and_records(site.records)
    yield site
    site.workspace.database.close()


def give(visitor: Visitor, *places: str, receiver: int = 2) -> str:
    """Hand over what is ticked; the page that comes of it."""
    answer = visitor.post("/hand-over", {"from": 1, "to": receiver, "place": list(places)})
    assert answer.status_code == 303, answer.text
    return visitor.get(answer.location).text


def test_an_administrator_comes_from_the_user_looks_and_hands_over(staff: Site) -> None:
    ana = staff.visitor("ana")
    assert 'href="/hand-over?from=1"' in ana.get("/users/1").text
    assert "What names" not in words(ana.get("/hand-over?from=1").text)
    page = ana.get(BOTH).text
    assert "Client: Keeper Employee: Ann" in words(page)
    assert 'href="/records/client?view=all&amp;f=manager:any_of:1"' in page
    assert "1 stays because a condition locks the field." in words(page)
    assert "checked" not in page
    done = give(ana, "client.manager", "client.keeper")
    assert "6 records are handed over to Bob." in done
    assert staff.records.get("client", 1).values["manager"] == 2
    assert staff.records.get("client", 1).values["team"] == (3, 1, 2)
    assert 'href="/done/action/' in done
    address = done.partition('href="/done/action/')[2].partition('"')[0]
    assert "Handed over" in words(ana.get("/done").text)
    assert "Records handed over" in words(ana.get("/audit").text)
    ana.post(f"/done/action/{address}")
    assert staff.records.get("client", 1).values["manager"] == 1


def test_the_link_leads_to_the_records_that_are_counted(staff: Site) -> None:
    listed = words(staff.visitor("ana").get("/records/client?view=all&f=manager:any_of:1").text)
    assert "1 to 3 of 3" in listed


def test_somebody_hands_over_their_own_records_as_far_as_they_may(staff: Site) -> None:
    ann = staff.visitor("ann")
    assert 'href="/hand-over?from=1"' in ann.get("/account").text
    page = words(ann.get(BOTH).text)
    assert "Client: Manager 3" in page
    assert "Order" not in page
    give(ann, "client.manager", "client.keeper", "order.seller", "nonsense")
    assert staff.records.get("client", 1).values["keeper"] == 1
    assert "No record that you may see names Ann." in words(ann.get(BOTH).text)


def test_what_is_not_theirs_stays_and_is_counted(staff: Site) -> None:
    page = words(staff.visitor("bob").get(BOTH).text)
    assert "Client: Manager 1 is not yours to hand over. 2" in page
    assert "Order line: Packer 4 are not yours to hand over. 0" in page


def test_without_a_record_for_the_receiver_it_is_said(staff: Site) -> None:
    page = staff.visitor("ana").get("/hand-over?from=1&to=3").text
    assert "No Employee stands for Cid." in words(page)
    assert 'value="client.keeper" disabled' in page


def test_nothing_ticked_hands_over_nothing(staff: Site) -> None:
    answer = staff.visitor("ana").post("/hand-over", {"from": 1, "to": 2})
    assert answer.status_code == 422
    assert "Tick what is to be handed over." in answer.text


def test_it_is_for_those_who_may(staff: Site) -> None:
    cid = staff.visitor("cid")
    assert "/hand-over" not in cid.get("/account").text
    assert cid.get(BOTH).status_code == 403
    assert cid.post("/hand-over", {"from": 1, "to": 2, "place": "client.manager"}).status_code == 403
    assert staff.records.get("client", 1).values["manager"] == 1


@pytest.mark.parametrize("query", ["from=77", "from=x", "from=1&to=77"])
def test_who_is_not_there_is_not_found(staff: Site, query: str) -> None:
    assert staff.visitor("ana").get(f"/hand-over?{query}").status_code == 404


def test_nobody_hands_over_to_themselves(staff: Site) -> None:
    ana = staff.visitor("ana")
    assert "What names" not in words(ana.get("/hand-over?from=1&to=1").text)
    assert ana.post("/hand-over", {"from": 1, "to": 1, "place": "client.manager"}).status_code == 404


def test_who_is_disabled_gives_but_does_not_receive(staff: Site) -> None:
    staff.workspace.people.set_active(2, active=False)
    ana = staff.visitor("ana")
    assert ana.get(BOTH).status_code == 404
    assert ana.post("/hand-over", {"from": 1, "to": 2, "place": "client.manager"}).status_code == 404
    assert "Client: Manager 1" in words(ana.get("/hand-over?from=2&to=1").text)
