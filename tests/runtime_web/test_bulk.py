"""Doing the same with many records: asked with their number, done by a worker, told with what was left out, undone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from engine.fields.locale import Locale
from engine.jobs import Crew, Made
from engine.model import Configuration
from engine.problems import Refused, problem
from engine.records import Edit, RowEdit
from engine.records.several import Rewritten, Several
from engine.storage import Collided
from engine.storage import jobs as rows
from runtime_web.app import create_app
from runtime_web.bulk import doing, jobs
from runtime_web.kinds import KINDS
from runtime_web.settings import Settings
from tests.ready import ready_database
from tests.runtime_web.visitor import SECRET, Site, Visitor


@pytest.fixture
def many(make_site: Callable[..., Site], database_url: str, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site with seven clients, of whom the last has an order, and portions of two."""
    monkeypatch.setattr(doing, "PORTION", 2)
    found = make_site(database_url)
    found.add_people()
    for number in range(1, 8):
        found.records.create("client", Edit({"name": f"Client {number}", "city": "Oslo" if number > 2 else "Turku"}))
    found.records.create("order", Edit({"client": 7}))
    return found


def done(site: Site, visitor: Visitor, path: str, form: Any) -> str:
    """What the page of the job says once a worker has done it."""
    answer = visitor.post(path, form)
    assert answer.status_code == 303, answer.text
    return worked(site, visitor, answer.location)


def worked(site: Site, visitor: Visitor, address: str) -> str:
    found = re.fullmatch(r"/jobs/(\d+)", address)
    assert found, address
    held = site.workspace
    Crew(held.database, KINDS, Made(held.settings.made), "tests").run(int(found.group(1)))
    return visitor.get(address).text


def cities(site: Site) -> list[Any]:
    return [site.records.get("client", key).values["city"] for key in range(1, 8)]


def test_all_that_were_found_are_changed_and_set_back(many: Site) -> None:
    ana = many.visitor("ana")
    path = "/records/client/bulk"
    asked = ana.post(f"{path}?f=city:equals:oslo", {"all": "1", "id": "1"}).text
    assert "What shall be done with 5 records?" in asked
    assert "Change 5 records" in asked
    form = {"_all": "1", "_do": "change", "_of": "city", "city": "Lund"}
    page = done(many, ana, f"{path}/start?f=city:equals:oslo", form)
    assert "5 records changed." in page
    assert cities(many) == ["Turku", "Turku", *["Lund"] * 5]
    found = re.search(r'action="(/jobs/\d+/undo)"', page)
    assert found
    assert "Undone in 5 records." in worked(many, ana, ana.post(found.group(1)).location)
    assert cities(many) == ["Turku", "Turku", *["Oslo"] * 5]


def test_what_stands_in_the_way_of_one_leaves_that_one_out(many: Site) -> None:
    ana = many.visitor("ana")
    everything = MultiDict([("id", str(key)) for key in (1, 2, 6, 7, 99)])
    asked = ana.client.post("/records/client/bulk", data={**everything.to_dict(flat=False), **token(ana)}).text
    assert "Delete 4 records" in asked
    answer = ana.client.post(
        "/records/client/bulk/start", data={**everything.to_dict(flat=False), "_do": "delete", **token(ana)}
    )
    page = worked(many, ana, answer.location)
    assert "3 records deleted." in page
    assert "1 stays as it is: 1 records of “order” still refer to this" in page
    assert many.records.titles("client", range(1, 8)).keys() == {3, 4, 5, 7}


def token(visitor: Visitor) -> dict[str, str]:
    return {"csrf_token": visitor.token("/keys")}


def test_a_value_that_does_not_fit_is_said_at_its_field(many: Site) -> None:
    ana = many.visitor("ana")
    form = {"id": "1", "_do": "change", "_of": "since", "since": "soon"}
    answer = ana.post("/records/client/bulk/start", form)
    assert answer.status_code == 422
    assert "is not a date" in answer.text
    for wrong in (
        {"_do": "change", "_of": "orders"},
        {"_do": "change", "_of": "nothing"},
        {"_do": "hand_over", "_of": "city"},
        {"_do": "burn"},
    ):
        assert ana.post("/records/client/bulk/start", {"id": "1", **wrong}).status_code == 403
    assert ana.post("/records/nothing/bulk", {"id": "1"}).status_code == 404
    assert ana.post("/records/order_line/bulk", {"id": "1"}).status_code == 404
    assert ana.post("/records/client/bulk", {"id": "99"}).status_code == 303
    assert ana.post("/jobs/99/undo").status_code == 404


def test_all_are_never_deleted_without_being_asked(many: Site) -> None:
    ana = many.visitor("ana")
    answer = ana.post("/records/client/delete?f=city:equals:oslo", {"all": "1", "id": "1"})
    assert (answer.status_code, answer.location) == (307, "/records/client/bulk?f=city:equals:oslo")
    assert "Delete 5 records" in ana.post(answer.location, {"all": "1"}).text
    assert len(many.records.titles("client", range(1, 8))) == 7


def test_only_what_somebody_was_told_of_is_done(many: Site) -> None:
    ana, ben = many.visitor("ana"), many.visitor("ben")
    view = ana.post("/records/client/views/new?f=city:equals:turku", {"name": "Turku", "who": "everyone"}).location
    number = view.partition("~")[2]
    path = "/records/client/bulk"
    query = view.partition("?")[2]
    page = ben.post(f"{path}?{query}", {"all": "1"}).text
    assert "Delete 2 records" in page
    action = re.search(r'action="(/records/client/bulk/start[^"]*)"', page)
    assert action
    form = {"_all": "1", "_count": "2", "_do": "change", "_of": "city", "city": "Lund"}
    assert ana.post(f"/records/client/views/{number}/delete").status_code == 303
    # The view is gone, which would mean all clients.
    answer = ben.post(f"{path}/start?{query}", form)
    assert answer.status_code == 409
    assert "Change 7 records" in answer.text
    # What the page said of it is done all the same, as long as it is as much.
    assert "2 records changed." in done(many, ben, action[1], form)
    assert cities(many) == ["Lund", "Lund", *["Oslo"] * 5]
    assert ben.post(action[1], form).status_code == 409


NAMED: dict[str, Any] = {
    "kartoteka": 1,
    "name": "words",
    "entities": {
        "deed": {"fields": {name: {"type": "text"} for name in ("do", "of", "all", "ids", "count", "action")}}
    },
}


def test_fields_may_be_called_like_what_a_form_says_itself(database_url: str, tmp_path: Path) -> None:
    configuration = Configuration.model_validate(NAMED)
    ready_database(database_url, configuration).close()
    wanted = Settings(database_url, configuration, tmp_path, SECRET, testing=True)
    site = Site(create_app(wanted))
    site.add_people()
    for number in range(2):
        site.records.create("deed", Edit({"do": f"Deed {number}"}))
    ana = site.visitor("ana")
    page = ana.post("/records/deed/bulk", {"id": "1"}).text
    own = set(re.findall(r'<(?:input|select|textarea|button)[^>]* name="([^"]+)"', page)) - {"id", "csrf_token"}
    assert own & {"_do", "_of"} == {"_do", "_of"}
    for name in NAMED["entities"]["deed"]["fields"]:
        assert page.count(f'name="{name}"') == 1
        form = {"id": "1", "_do": "change", "_of": name, name: "delete"}
        assert "1 record changed." in done(site, ana, "/records/deed/bulk/start", form)
        assert site.records.get("deed", 1).values[name] == "delete"
    assert site.records.get("deed", 2).values["do"] == "Deed 1"
    site.workspace.database.close()


def test_a_part_of_a_filter_that_means_nothing_ends_the_job(many: Site) -> None:
    found = jobs.found_ids(many.records, Locale("en"), "client", "f=city:equals:turku")
    assert len(found) == 2
    with pytest.raises(Refused):
        jobs.found_ids(many.records, Locale("en"), "client", "f=town:equals:turku")


def test_what_names_no_record_leaves_out_only_those_that_it_is_about(
    many: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doing, "PORTION", 10)
    save = Several.save

    def collides(door: Several, entity: str, edits: Sequence[RowEdit], *act: Any) -> Rewritten:
        if any(one.id == 3 for one in edits):
            raise Refused([problem("save-collided")])
        return save(door, entity, edits, *act)

    monkeypatch.setattr(Several, "save", collides)
    form = {"_all": "1", "_do": "change", "_of": "city", "city": "Lund"}
    page = done(many, many.visitor("ana"), "/records/client/bulk/start", form)
    assert "6 records changed." in page
    assert "Somebody else saved at the same moment." in page
    assert cities(many) == ["Lund", "Lund", "Oslo", *["Lund"] * 4]


class Killed(BaseException):
    """A worker that dies catches nothing, and notes nothing."""


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"_do": "change", "_of": "city", "city": "Lund"}, "7 records changed."),
        ({"_do": "delete"}, "6 records deleted."),
    ],
)
def test_a_job_is_taken_back_as_a_whole_although_its_first_worker_died(
    many: Site, monkeypatch: pytest.MonkeyPatch, form: dict[str, str], said: str
) -> None:
    ana, held = many.visitor("ana"), many.workspace
    location = ana.post("/records/client/bulk/start", {"_all": "1", **form}).location
    job = int(location.rpartition("/")[2])

    def dies(bulk: doing.Bulk, ids: Sequence[int], result: doing.Result, progress: doing.Progress) -> None:
        def killed(done: int) -> None:
            if done == 4:
                raise Killed
            progress(done)

        run(bulk, ids, result, killed)

    run = doing.Bulk.run
    with monkeypatch.context() as patch:
        patch.setattr(doing.Bulk, "run", dies)
        with pytest.raises(Killed):
            worked(many, ana, location)
    assert f'action="/jobs/{job}/undo"' not in ana.get(location).text
    with held.database.write() as connection:
        assert rows.hand_back(connection, job, 1, died=True)
    page = worked(many, ana, location)
    assert said in page
    undo = re.search(r'action="(/jobs/\d+/undo)"', page)
    assert undo
    assert f"Undone in {said[0]} records." in worked(many, ana, ana.post(undo.group(1)).location)
    assert cities(many) == ["Turku", "Turku", *["Oslo"] * 5]


def test_what_a_job_has_done_before_it_failed_is_taken_back_too(many: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, save = many.visitor("ana"), Several.save

    def breaks(door: Several, entity: str, edits: Sequence[RowEdit], *act: Any) -> Rewritten:
        if any(one.id == 5 for one in edits):
            raise Collided("again")
        return save(door, entity, edits, *act)

    monkeypatch.setattr(Several, "save", breaks)
    page = done(many, ana, "/records/client/bulk/start", {"_all": "1", "_do": "change", "_of": "city", "city": "Lund"})
    assert "Somebody else saved at the same moment." in page
    assert cities(many)[:5] == ["Lund", "Lund", "Lund", "Lund", "Oslo"]
    undo = re.search(r'action="(/jobs/\d+/undo)"', page)
    assert undo
    assert many.visitor("ben").post(undo.group(1)).status_code == 404
    assert "Undone in 4 records." in worked(many, ana, ana.post(undo.group(1)).location)
    assert cities(many) == ["Turku", "Turku", *["Oslo"] * 5]
