"""Changing, adding and deleting what somebody may not see changes nothing that they receive, at any address."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, Phase, assume, event, given, seed, settings
from hypothesis import strategies as st

from engine.accounts import Wish, passwords
from engine.files import Files
from engine.model import Configuration, Report
from engine.notes import Notes, Wording
from engine.problems import Refused
from engine.records import Edit, LineEdit, Records
from engine.rights import SYSTEM, Principal
from engine.saved import Content, Described, SavedDashboards, SavedReports, SavedViews
from engine.schema import apply
from engine.storage import Database
from engine.storage.accounts import add_user
from runtime_web.app import create_app
from runtime_web.settings import Settings
from tests.noninterference.visits import NAMES, OUTSIDE, addresses, routes, visit
from tests.noninterference.worlds import (
    ANOTHERS,
    BOARDS,
    ENTITIES,
    KEPT,
    LINE_FIELDS,
    OTHER,
    REPORTS,
    UNSEEN_VIEWS,
    VIEWER,
    VIEWS,
    Oracle,
    configurations,
    valid,
)
from tests.runtime_web.visitor import PASSWORD, SECRET, Site

Rows = dict[str, dict[int, dict[str, Any]]]
TEXTS: dict[str, list[Any]] = {
    "name": ["Alfa", "Beta", "hush", "Axe"],
    "city": ["Oslo", "Turku", "hush", None],
    "secret": ["gold", "tin", "hush", None],
    "note": ["x", "hush", None],
    "status": ["new", "paid", None],
    "vip": [True, False],
    "manager": [VIEWER, OTHER, None],
    "price": [Decimal(5), Decimal(20), None],
    "cost": [Decimal(1), Decimal(50), None],
    "quantity": [1, 4, None],
    "paid_on": [dt.date(2020, 1, 1), None],
    "client": [1, 2, 3],
    "product": [1, 2],
    "tags": [(1,), (2, 1), None],
}
"""The values that are tried for each field."""


@pytest.fixture(autouse=True, scope="module")
def quick_hashes() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


def values(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: draw(st.sampled_from(TEXTS[name])) for name in names if name in TEXTS}


@st.composite
def starts(draw: st.DrawFn) -> Rows:
    """Three clients, two products, three orders with a line each."""
    return {
        "client": {key: values(draw, ("name", "city", "manager", "vip", "secret", "tags")) for key in (1, 2, 3)},
        "product": {key: values(draw, ("name", "price", "cost")) for key in (1, 2)},
        "order": {
            key: {
                **values(draw, ("client", "manager", "status", "note", "paid_on")),
                "lines": [values(draw, LINE_FIELDS)],
            }
            for key in (1, 2, 3)
        },
    }


ADDED_UP = (
    ("client", "turnover"),
    ("product", "cost"),
    ("product", "gain"),
    ("order", "margin"),
    ("order", "total"),
    ("order_line", "cost"),
    ("order_line", "amount"),
)
"""Columns that add up to a number on the home page."""
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Each example is a site of its own; what fails is small enough to be read without being made smaller."""


class World:
    """A site over the records of a world, whose rows are also kept here as they were entered."""

    def __init__(self, described: dict[str, Any], rows: Rows, url: str, folder: Path) -> None:
        self.rows = rows
        configuration = valid(described)
        database = Database(url)
        apply(database, configuration, "tests")
        database.close()
        wanted = Settings(
            database_url=url, configuration=configuration, files=folder / "files", secret_key=SECRET, testing=True
        )
        self.site = Site(create_app(wanted))
        people = self.site.workspace.people
        people.add("viewer", "Viewer", password=PASSWORD)
        people.set_roles(VIEWER, {name for name in described["roles"] if name != "everyone"})
        viewer = people.named("viewer")
        assert viewer is not None
        _, self.secret = self.site.workspace.tokens.make(viewer, Wish("Tests", ("read", "files")))
        with self.site.workspace.database.write() as connection:
            row = {"login": "other", "name": "Other", "password": "-", "created_at": dt.datetime.now(dt.UTC)}
            add_user(connection, row)
        self.keep()
        for entity in ("product", "client", "order"):
            for values in rows[entity].values():
                self.create(entity, values)
        for key in rows["client"]:
            self.attach(key, f"paper {key}")
        for entity in ("client", "order", "product"):
            for key in rows[entity]:
                self.write(entity, key, f"@Viewer, see {entity} {key}")

    @property
    def records(self) -> Records:
        held = self.site.workspace
        return Records(held.database, held.tables, SYSTEM)

    def create(self, entity: str, row: dict[str, Any]) -> int:
        own = {name: value for name, value in row.items() if name != "lines"}
        lines = tuple(LineEdit(None, line, key=f"n{number}") for number, line in enumerate(row.get("lines", ())))
        return self.records.create(entity, Edit(own, lines={"lines": lines} if entity == "order" else {})).id

    def attach(self, client: int, content: str) -> None:
        held = self.site.workspace
        files = Files(held.database, held.tables, held.files, SYSTEM)
        found = files.store("client", "papers", f"{content}.txt", BytesIO(content.encode()))
        self.records.update("client", client, Edit({"papers": (found.id,)}))
        self.rows["client"][client]["papers"] = content

    def write(self, entity: str, key: int, text: str) -> None:
        """Let somebody else write on a record, if it is there."""
        held = self.site.workspace
        notes = Notes(Records(held.database, held.tables, Principal(OTHER, "Other", administrator=True)))
        if notes.has(entity, key):
            notes.add(entity, key, Wording(text))

    def keep(self) -> None:
        """Save the reports of `KEPT`, whatever rights would say to that, and pin all reports."""
        now = dt.datetime.now(dt.UTC).isoformat(sep=" ")
        saving = "INSERT INTO _report (id, owner_id, name, content, changed_at) VALUES (?, ?, ?, ?, ?)"
        with self.site.workspace.database.write() as connection:
            for number, (owner, role, like) in KEPT.items():
                report = json.dumps(REPORTS[like])
                connection.exec_driver_sql(saving, (number, owner, f"Kept {number}", report, now))
                if role:
                    connection.exec_driver_sql("INSERT INTO _report_role VALUES (?, ?)", (number, role))
            for position, name in enumerate((*REPORTS, *KEPT)):
                connection.exec_driver_sql("INSERT INTO _pin VALUES (?, 'report', ?, ?)", (VIEWER, str(name), position))

        self.keep_views(now)
        self.pin_views()
        making = "INSERT INTO _dashboard (id, owner_id, base, name, content, changed_at) VALUES (?, ?, ?, ?, ?, ?)"
        with self.site.workspace.database.write() as connection:
            for number, (owner, base, role, reports) in BOARDS.items():
                tiles = {f"own_{at}": {"report": report} for at, report in enumerate(reports, 1)}
                row = (number, owner, base, f"Board {number}", json.dumps({"tiles": tiles}), now)
                connection.exec_driver_sql(making, row)
                if role:
                    connection.exec_driver_sql("INSERT INTO _dashboard_role VALUES (?, ?)", (number, role))

    def keep_views(self, now: str) -> None:
        """Save the views of `VIEWS`, each with all columns, whatever rights would say to that."""
        saving = "INSERT INTO _view (id, owner_id, entity, name, content, changed_at) VALUES (?, ?, ?, ?, ?, ?)"
        with self.site.workspace.database.write() as connection:
            for number, (owner, role, entity, arguments) in VIEWS.items():
                columns = [{"field": name, "width": 90} for name in NAMES[entity]]
                content = json.dumps({"arguments": arguments, "layout": {"columns": columns}})
                connection.exec_driver_sql(saving, (number, owner, entity, f"View {number}", content, now))
                if role:
                    connection.exec_driver_sql("INSERT INTO _view_role VALUES (?, ?)", (number, role))

    def pin_views(self) -> None:
        """Pin views and what can be counted of them, whatever rights would say to that."""
        kept = [f"{view[2]}.~{number}" for number, view in VIEWS.items()]
        pins = [
            *(("view", name) for name in kept),
            *(("number", f"{name}.count") for name in (*kept, *(f"{entity}.all" for entity in NAMES))),
            *(("number", f"{entity}.all.sum.{name}") for entity, name in ADDED_UP),
        ]
        with self.site.workspace.database.write() as connection:
            for position, (kind, name) in enumerate(pins, 100):
                connection.exec_driver_sql("INSERT INTO _pin VALUES (?, ?, ?, ?)", (VIEWER, kind, name, position))

    def keep_otherwise(self, draw: Callable[[Any], Any]) -> None:
        """Rename, delete and add saved reports that the viewer does not see, and dashboards of somebody else."""
        door = SavedReports(self.site.workspace.database, self.configuration, Principal(OTHER, "Other", True))
        for number in ANOTHERS:
            if draw(st.booleans()):
                door.delete(number)
            else:
                with self.site.workspace.database.write() as connection:
                    connection.exec_driver_sql("UPDATE _report SET name = 'hush' WHERE id = ?", (number,))
        door.add(Report.model_validate(REPORTS["cities"]), Described("hush"))
        views = SavedViews(door.database, door.configuration, door.principal)
        for number in UNSEEN_VIEWS:
            if draw(st.booleans()):
                views.delete(number)
            else:
                views.describe(number, Described("hush"))
        views.add("client", Content(arguments="q=hush"), Described("hush"))
        boards = SavedDashboards(door.database, door.configuration, door.principal)
        boards.make(Described("hush"))
        boards.arrange("board", ())

    @property
    def configuration(self) -> Configuration:
        return self.site.workspace.configuration

    def close(self) -> None:
        self.site.workspace.database.close()


def change(draw: st.DrawFn, world: World) -> tuple[str, int, dict[str, Any]]:
    """A change of one record: its entity, its id, and its values afterwards."""
    entity = draw(st.sampled_from(["client", "order", "order", "product"]))
    key = draw(st.sampled_from(sorted(world.rows[entity])))
    row = world.rows[entity][key]
    if entity == "order" and draw(st.booleans()):
        name = draw(st.sampled_from(LINE_FIELDS))
        return entity, key, {**row, "lines": [{**row["lines"][0], name: draw(st.sampled_from(TEXTS[name]))}]}
    name = draw(st.sampled_from([name for name in row if name in TEXTS]))
    return entity, key, {**row, name: draw(st.sampled_from(TEXTS[name]))}


def save(world: World, entity: str, key: int, row: dict[str, Any]) -> None:
    own = {name: value for name, value in row.items() if name not in ("lines", "papers")}
    lines = {}
    if entity == "order":
        line_id = world.records.get("order", key).lines["lines"][0].id
        lines = {"lines": (LineEdit(line_id, row["lines"][0], key="a"),)}
    world.records.update(entity, key, Edit(own, lines=lines))
    world.rows[entity][key] = row


@st.composite
def made(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, Any]:
    """A new record."""
    return values(draw, names)


@st.composite
def changes(draw: st.DrawFn, world: World) -> tuple[str, int, dict[str, Any]]:
    return change(draw, world)


@st.composite
def scripts(draw: st.DrawFn) -> tuple[dict[str, Any], Rows]:
    return draw(configurations()), draw(starts())


@pytest.mark.parametrize("number", range(6))
def test_what_is_hidden_influences_nothing(number: int) -> None:
    @seed(number)
    @settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES, derandomize=False)
    @given(script=scripts(), data=st.data())
    def holds(script: tuple[dict[str, Any], Rows], data: st.DataObject) -> None:
        differs_nowhere(*script, data)

    holds()


def differs_nowhere(described: dict[str, Any], rows: Rows, data: st.DataObject) -> None:
    """Visit every address, interfere with what is hidden, and visit every address again."""
    oracle = Oracle(described)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        world = World(described, rows, f"sqlite:///{(Path(folder) / 'world.sqlite').as_posix()}", Path(folder))
        try:
            viewer = world.site.visitor("viewer")
            before = visit(viewer, world.secret)
            assume(interfere(data, world, oracle))
            world.keep_otherwise(data.draw)
            after = visit(viewer, world.secret)
        finally:
            world.close()
    differing = [path for path in before if before[path] != after[path]]
    assert differing == [], "\n".join(f"{path}\n{difference(before[path], after[path])}" for path in differing[:3])


def interfere(data: st.DataObject, world: World, oracle: Oracle) -> int:
    """Change, add and delete what the viewer does not see; how much."""
    done = 0
    for _ in range(6):
        entity, key, row = data.draw(changes(world))
        old = world.rows[entity][key]
        if row != old and oracle.shown(entity, old) == oracle.shown(entity, row):
            event(f"changes {entity}, {'a field' if oracle.sees(entity, old) else 'a record'}")
            # What a condition of the configuration closes cannot be changed by anybody.
            with suppress(Refused):
                save(world, entity, key, row)
                done += 1
    for entity in ("client", "product"):
        row = data.draw(made(tuple(world.rows[entity][1])))
        if not oracle.sees(entity, row):
            event(f"adds {entity}")
            world.create(entity, row)
            done += 1
    for key, row in list(world.rows["order"].items()):
        if not oracle.sees("order", row):
            event("deletes order")
            world.records.delete("order", [key])
            done += 1
    return done + write_unseen(world, oracle)


def write_unseen(world: World, oracle: Oracle) -> int:
    """Write on records that the viewer does not see, and name them there; on how many."""
    unseen = [
        (entity, key)
        for entity in ("client", "product")
        for key, row in world.rows[entity].items()
        if not oracle.sees(entity, row)
    ]
    for entity, key in unseen:
        event(f"writes on {entity}")
        world.write(entity, key, "@Viewer, hush")
    return len(unseen)


def difference(before: bytes, after: bytes) -> str:
    """The first lines that differ."""
    pairs = zip(before.decode().splitlines(), after.decode().splitlines(), strict=False)
    found = [f"- {old[:400]}\n+ {new[:400]}" for old, new in pairs if old != new]
    return "\n".join(found[:3]) or "one is longer"


def test_every_route_is_visited(tmp_path: Path) -> None:
    described: dict[str, Any] = {"kartoteka": 1, "name": "world", "entities": ENTITIES, "roles": {}}
    world = World(described, {"client": {}, "product": {}, "order": {}}, f"sqlite:///{tmp_path / 'w.sqlite'}", tmp_path)
    try:
        assert routes(world.site) == {*addresses(), *OUTSIDE}
    finally:
        world.close()
