"""The matrix of rights: four roles, what they may do, and with which rows. Every way to the records says the same.

What is expected is read off the table below by brute force; `engine.rights` has no part in it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine.model import Configuration
from engine.records import Edit
from runtime_web.app import create_app
from runtime_web.settings import Settings
from tests.ready import ready_database
from tests.runtime_web.api.caller import Caller, caller
from tests.runtime_web.seen import unmarked
from tests.runtime_web.visitor import PASSWORD, SECRET, Site, Visitor

Row = Mapping[str, Any]
ROLES: dict[str, frozenset[str]] = {
    "reader": frozenset({"read"}),
    "clerk": frozenset({"read", "create", "update"}),
    "keeper": frozenset({"read", "update", "delete", "export"}),
    "chief": frozenset({"read", "create", "update", "delete", "export", "import", "print"}),
}
"""Each role is that of one person, whose number follows the order."""
PEOPLE = {name: number for number, name in enumerate(ROLES, 1)}
SCOPES: dict[str, tuple[str | None, Callable[[Row, int], bool]]] = {
    "all": (None, lambda row, who: True),
    "own": ("manager = USER()", lambda row, who: bool(row["manager"] == who)),
    "condition": (
        'city = "Oslo" or manager = USER() and city = "Bodø"',
        lambda row, who: bool(row["city"] == "Oslo" or (row["manager"] == who and row["city"] == "Bodø")),
    ),
}
ROWS = {
    number: {"name": f"Client{number:02d}", "manager": manager, "city": city}
    for number, (manager, city) in enumerate(
        [(who, city) for who in (*PEOPLE.values(), None) for city in ("Oslo", "Bodø")], 1
    )
}
BEYOND = 99
FORMS = {302: 200, 303: 200, 422: 403}
"""What the answers to forms mean: one that is done leads on, one that is refused comes back with the reason."""


def configuration(scope: str) -> Configuration:
    where, _ = SCOPES[scope]
    narrowed = {"where": where} if where else {}
    entity = {
        "fields": {"name": {"type": "text"}, "manager": {"type": "user"}, "city": {"type": "text"}},
        "views": {"all": {"columns": ["name", "city"], "sort": ["name"]}},
    }
    visit = {"fields": {"what": {"type": "text"}, "client": {"type": "reference", "to": "client"}}}
    grants = {name: [{"entity": "client", "can": sorted(can), **narrowed}] for name, can in ROLES.items()}
    return Configuration.model_validate(
        {
            "kartoteka": 1,
            "name": "matrix",
            "entities": {"client": entity, "visit": visit},
            "roles": {
                name: {"grants": [*listed, {"entity": "visit", "can": ["read", "create"]}]}
                for name, listed in grants.items()
            },
        }
    )


@dataclass(frozen=True)
class Person:
    """Somebody with a browser and a program, and what the table says of them."""

    name: str
    scope: str
    visitor: Visitor
    program: Caller

    def may(self, action: str) -> set[int]:
        """The records with which they may do something."""
        _, met = SCOPES[self.scope]
        return {key for key, row in ROWS.items() if action in ROLES[self.name] and met(row, PEOPLE[self.name])}

    def page(self, path: str) -> str:
        answer = self.visitor.get(path)
        assert answer.status_code == 200, path
        return answer.text

    def opened(self, path: str) -> Callable[[int], int]:
        """The answer's status to a page of a record."""
        return lambda key: self.visitor.get(path.format(key)).status_code

    def called(self, key: int) -> int:
        return int(self.program.get(f"/client/{key}").status_code)

    def allowed(self, call: Callable[[int], int], action: str) -> None:
        """Calling each record is allowed, refused or answered like a record that never was, as the table says."""
        read, may, nothing = self.may("read"), self.may(action), call(BEYOND)
        # Who may delete nothing at all is told so, whatever record they name.
        assert nothing == (404 if action in ROLES[self.name] else nothing)
        for key in ROWS:
            wanted = 200 if key in may else 403 if key in read else nothing
            assert call(key) == wanted, (self.name, self.scope, action, key)


@pytest.fixture(params=list(SCOPES))
def people(request: pytest.FixtureRequest, sqlite_url: str, tmp_path: Path) -> Iterator[tuple[Site, list[Person]]]:
    described = configuration(request.param)
    database = ready_database(sqlite_url, described)
    database.close()
    site = Site(create_app(Settings(sqlite_url, described, tmp_path / "files", SECRET, testing=True)))
    for name in ROLES:
        site.workspace.people.add(name, name.title(), roles=(name,), password=PASSWORD)
    for row in ROWS.values():
        site.records.create("client", Edit(dict(row)))
    yield site, [Person(name, request.param, site.visitor(name), caller(site, name)) for name in ROLES]
    site.workspace.database.close()


def linked(page: str) -> set[int]:
    """The records that a page leads to."""
    return {int(key) for key in re.findall(r'href="/records/client/(\d+)["?]', page)}


def named(text: str) -> set[int]:
    """The records that a text names."""
    return {int(number) for number in re.findall(r"Client(\d\d)", text)}


def test_every_way_of_reading_shows_the_same_rows(people: tuple[Site, list[Person]]) -> None:
    for person in people[1]:
        seen = person.may("read")
        shown = {
            "list": linked(person.page("/records/client?size=100")),
            "search": named(unmarked(person.page("/search?q=client"))),
            "list by search": linked(person.page("/records/client?q=client&size=100")),
            "picker": named(person.page("/lookup/client?q=client&for=visit.client")),
            "api": {one["id"] for one in person.program.get("/client", limit=100).json["items"]},
            "api by search": {one["id"] for one in person.program.get("/client", q="client", limit=100).json["items"]},
        }
        assert shown == dict.fromkeys(shown, seen), person.name
        assert person.program.get("/client", count="exact").json["count"]["number"] == len(seen)
        for path in ("/records/client/{}", "/records/client/{}/history", "/records/client/{}/then?at=2200-01-01T00:00"):
            person.allowed(person.opened(path), "read")
        person.allowed(person.called, "read")


def test_exports_hold_the_rows_that_may_be_exported(people: tuple[Site, list[Person]]) -> None:
    for person in people[1]:
        answer = person.visitor.get("/records/client/export?format=csv")
        if "export" not in ROLES[person.name]:
            assert answer.status_code == 403
            continue
        rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
        assert named(str(rows)) == person.may("export"), person.name


def test_every_way_of_changing_allows_the_same(people: tuple[Site, list[Person]]) -> None:
    site, everybody = people
    for person in everybody:
        token = person.visitor.token("/keys")

        def posted(key: int, person: Person = person, token: str = token) -> int:
            form = {"csrf_token": token, "name": f"Client{key:02d}"}
            answer = person.visitor.client.post(f"/records/client/{key}", data=form)
            return FORMS.get(answer.status_code, answer.status_code)

        def patched(key: int, person: Person = person) -> int:
            body = {"name": f"Client{key:02d}"}
            return int(person.program.patch(f"/client/{key}", body, headers={"If-Match": "*"}).status_code)

        person.allowed(person.opened("/records/client/{}/edit"), "update")
        person.allowed(posted, "update")
        person.allowed(patched, "update")
    assert [site.records.get("client", key).values for key in ROWS] == [
        {**site.records.get("client", key).values, **row} for key, row in ROWS.items()
    ]


def test_every_way_of_making_and_deleting_allows_the_same(people: tuple[Site, list[Person]]) -> None:
    site, everybody = people
    for person in everybody:
        makes = "create" in ROLES[person.name]
        values = {"name": "New", "manager": PEOPLE[person.name], "city": "Oslo"}
        assert person.visitor.get("/records/client/new").status_code == (200 if makes else 403)
        assert person.visitor.post("/records/client/new", values).status_code == (303 if makes else 422)
        assert person.program.post("/client", values).status_code == (201 if makes else 403)

        def deleted(key: int, person: Person = person) -> int:
            status = int(person.program.delete(f"/client/{key}").status_code)
            site.records.restore("client", [key])
            return 200 if status in (200, 204) else status

        def thrown(key: int, person: Person = person) -> bool:
            """Whether the form for it puts a record into the trash."""
            person.visitor.post(f"/records/client/{key}/delete")
            return site.records.restore("client", [key]) == 1

        person.allowed(deleted, "delete")
        assert {key for key in (*ROWS, BEYOND) if thrown(key)} == person.may("delete")


def test_what_is_made_stays_within_ones_rows(people: tuple[Site, list[Person]]) -> None:
    for person in people[1]:
        if not {"create", "update"} <= ROLES[person.name]:
            continue
        values = {"name": "Foreign", "manager": None, "city": "Bodø"}
        fits = person.scope == "all"
        assert person.program.post("/client", values).status_code == (201 if fits else 403)
        assert person.visitor.post("/records/client/new", {**values, "manager": ""}).status_code == (
            303 if fits else 422
        )
        (mine, *_) = sorted(person.may("update"))
        moved = person.program.patch(f"/client/{mine}", {"manager": None, "city": "Bodø"}, headers={"If-Match": "*"})
        assert moved.status_code == (200 if fits else 403)
