"""What is done behind the pages: large exports become jobs, their pages say how far they are, and whose they are."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.jobs import Crew, Jobs, Made, Outcome
from engine.jobs.job import written_outcome, written_reference
from engine.records import Edit
from engine.rights import Principal
from engine.storage import jobs as rows
from runtime_web.kinds import KINDS
from tests.runtime_web.visitor import Site

HTMX = {"HX-Request": "true"}
ADDRESS = "/records/client/export?format=csv&f=name:contains:n&sort=-name"


@pytest.fixture
def busy(make_site: Callable[..., Site], database_url: str) -> Site:
    """A site where three records are many, with four clients of whom three have an n in their name."""
    found = make_site(database_url, large_export=2)
    found.add_people()
    for name in ("Ann", "Bob", "Nina", "Ион n"):
        found.records.create("client", Edit({"name": name}))
    return found


@pytest.fixture
def crew(busy: Site) -> Crew:
    """A worker that does a job when it is told to: `crew.run(id)`."""
    held = busy.workspace
    return Crew(held.database, KINDS, Made(held.settings.made), "tests")


def job_in(address: str) -> int:
    found = re.fullmatch(r"/jobs/(\d+)", address)
    assert found, address
    return int(found.group(1))


def test_a_large_list_becomes_a_file_behind_the_pages(busy: Site, crew: Crew) -> None:
    ben = busy.visitor("ben")
    answer = ben.get(ADDRESS)
    assert answer.status_code == 303
    page = ben.get(answer.location).text
    assert "Waiting" in page
    assert f'hx-get="{answer.location}"' in page
    assert "<noscript>" in page
    crew.run(job_in(answer.location))
    part = ben.get(answer.location, headers=HTMX).text
    assert "<html" not in part
    assert "hx-trigger" not in part
    assert "The file holds 3 records. It is kept for a day." in part
    sent = ben.get(f"{answer.location}/file")
    assert re.search(r"attachment; filename=\"?Client \d{4}-\d\d-\d\d\.csv", sent.headers["Content-Disposition"])
    found = list(csv.reader(io.StringIO(sent.data.decode("utf-8-sig"))))
    assert [row[0] for row in found[1:]] == ["Ион n", "Nina", "Ann"]


def test_a_file_made_behind_the_pages_is_the_one_made_at_once(busy: Site, crew: Crew) -> None:
    ben = busy.visitor("ben")
    address = ben.get(ADDRESS).location
    crew.run(job_in(address))
    later = ben.get(f"{address}/file").data
    busy.app.extensions["kartoteka"] = replace(
        busy.workspace, settings=replace(busy.workspace.settings, large_export=100)
    )
    at_once = ben.get(ADDRESS)
    assert at_once.status_code == 200
    assert at_once.data == later


def test_a_view_that_is_changed_later_changes_nothing_of_a_file(busy: Site, crew: Crew) -> None:
    ben = busy.visitor("ben")
    ben.post("/records/client/columns", {"column": ["city", "name"]})
    view = ben.post("/records/client/views/new?f=name:contains:n&sort=-name", {"name": "N", "who": "me"}).location
    address = ben.get(view.replace("client?", "client/export?format=csv&")).location
    number = view.partition("~")[2]
    ben.post("/records/client/columns", {"column": ["name", "status"]})
    assert ben.post(f"/records/client/views/{number}/delete").status_code == 303
    crew.run(job_in(address))
    sent = ben.get(f"{address}/file").data.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(sent))) == [["City", "Name"], ["", "Ион n"], ["", "Nina"], ["", "Ann"]]


def test_a_small_list_is_sent_at_once(busy: Site) -> None:
    answer = busy.visitor("ben").get("/records/client/export?format=csv&f=name:contains:bob")
    assert answer.status_code == 200
    assert "Bob" in answer.text
    assert busy.visitor("ben").get("/jobs").text.count("/jobs/") == 0


def test_who_asks_twice_gets_one_job(busy: Site, crew: Crew) -> None:
    ben, ana = busy.visitor("ben"), busy.visitor("ana")
    first = ben.get(ADDRESS).location
    assert ben.get(ADDRESS).location == first
    assert ana.get(ADDRESS).location != first
    assert ben.get(ADDRESS.replace("csv", "xlsx")).location != first
    crew.run(job_in(first))
    assert ben.get(ADDRESS).location != first


def test_a_job_is_for_who_asked_and_for_administrators_but_its_file_is_not(busy: Site, crew: Crew) -> None:
    busy.workspace.people.add("eve", "Eve", password="three quiet herons")
    ben, ana, eve = busy.visitor("ben"), busy.visitor("ana"), busy.visitor("eve")
    address = ben.get(ADDRESS).location
    crew.run(job_in(address))
    assert [visitor.get(address).status_code for visitor in (ben, ana, eve)] == [200, 200, 404]
    assert [visitor.get(f"{address}/file").status_code for visitor in (ben, ana, eve)] == [200, 404, 404]
    assert eve.post(f"{address}/cancel").status_code == 404
    assert "Only who asked for it can open it." in ana.get(address).text
    assert "Ben Virtanen" in ana.get("/jobs").text
    assert address not in eve.get("/jobs").text


def test_it_is_cancelled_by_a_button(busy: Site, crew: Crew) -> None:
    ben = busy.visitor("ben")
    address = ben.get(ADDRESS).location
    assert ben.post(f"{address}/cancel").location == address
    page = ben.get(address).text
    assert "Cancelled" in page
    assert "/cancel" not in page
    crew.run(job_in(address))
    assert "Cancelled" in ben.get(address).text


def test_a_job_that_runs_says_how_far_it_is(busy: Site) -> None:
    ben = busy.visitor("ben")
    address = ben.get(ADDRESS).location
    with busy.workspace.database.write() as connection:
        rows.begin(connection, job_in(address), "tests")
        rows.see(connection, job_in(address), 1, 1200, 3000)
    page = ben.get(address).text
    assert "1,200 of 3,000" in page
    assert 'value="1200" max="3000"' in page
    assert "1,200 of 3,000" in ben.get("/jobs", headers=HTMX).text
    assert 'hx-get="/jobs"' in ben.get("/jobs").text


def test_what_has_failed_is_told_in_words_with_a_number(busy: Site) -> None:
    ben = busy.visitor("ben")
    address = ben.get(ADDRESS).location
    with busy.workspace.database.write() as connection:
        rows.begin(connection, job_in(address), "tests")
        rows.end(connection, job_in(address), 1, {"state": "failed", "result": written_reference("12ab34cd")})
    page = ben.get(address).text
    assert "12ab34cd" in page
    assert "This is a fault of the program, not yours." in page


def test_what_a_workbook_cannot_hold_is_said(busy: Site, crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.exchange.exporting.MOST_ROWS", 2)
    ben = busy.visitor("ben")
    address = ben.get(ADDRESS.replace("csv", "xlsx")).location
    crew.run(job_in(address))
    assert "A workbook holds 2 rows and no more." in ben.get(address).text
    assert list(busy.workspace.settings.made.iterdir()) == []


def test_a_file_that_is_gone_is_said(busy: Site) -> None:
    ben = busy.visitor("ben")
    address = ben.get(ADDRESS).location
    with busy.workspace.database.write() as connection:
        rows.begin(connection, job_in(address), "tests")
        outcome = written_outcome(Outcome("export-done", {"count": 1}, "gone.csv", "Gone.csv"))
        rows.end(connection, job_in(address), 1, {"state": "done", "result": outcome})
    assert "It was kept for a day and is gone." in ben.get(address).text
    assert ben.get(f"{address}/file").status_code == 404


def test_a_job_of_another_version_has_a_page(busy: Site) -> None:
    ana = busy.visitor("ana")
    asked = Jobs(busy.workspace.database, ana_of(busy)).start("fly", {})
    assert f"Job {asked}" in ana.get(f"/jobs/{asked}").text


def ana_of(site: Site) -> Principal:
    account = site.workspace.people.named("ana")
    assert account
    return account.principal


def test_an_empty_list_says_what_comes_there(busy: Site) -> None:
    assert "What takes long is done behind the pages" in busy.visitor("ben").get("/jobs").text


def test_the_menu_of_the_person_leads_there(busy: Site) -> None:
    assert 'href="/jobs"' in busy.visitor("ben").get("/").text
