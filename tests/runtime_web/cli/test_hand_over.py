"""kartoteka user hand-over: what there is, and handing it over, on the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.accounts import People
from engine.records import Records
from engine.records.undoing import Undoing
from engine.storage.recording import Undoes
from runtime_web.cli.place import Place
from runtime_web.cli.user import user
from tests.staffed import BOB, open_staffed

Run = Callable[..., Result]


@pytest.fixture
def staff(sqlite_url: str) -> Iterator[Records]:
    records = open_staffed(sqlite_url)
    yield records
    records.database.close()


@pytest.fixture
def run(staff: Records, sqlite_url: str) -> Run:
    def command(*words: str, typed: str = "", as_json: bool = False) -> Result:
        place = Place(Path(), database=sqlite_url, as_json=as_json)
        return CliRunner().invoke(user, ["hand-over", *words], obj=place, input=typed)

    return command


def test_a_dry_run_tells_and_changes_nothing(run: Run, staff: Records) -> None:
    said = run("ann", "bob", "--dry-run")
    assert said.exit_code == 0
    assert "client.manager: 3 records\n" in said.output
    assert "order.seller: 2 records (1 kept by a condition)" in said.output
    assert staff.get("client", 1).values["manager"] == 1
    told = json.loads(run("ann", "bob", "--entity", "order", "--dry-run", as_json=True).output)
    assert told == [{"entity": "order", "field": "seller", "count": 2, "kept": 1, "possible": True}]


def test_it_is_done_and_can_be_undone(run: Run, staff: Records) -> None:
    assert run("ann", "bob", typed="n\n").exit_code == 1
    assert staff.get("client", 1).values["manager"] == 1
    assert "15 records handed over. kartoteka history undo action:" in run("ann", "bob", typed="y\n").output
    assert staff.get("client", 1).values["manager"] == BOB
    assert "There is nothing to hand over." in run("ann", "bob", "--entity", "client").output


def test_a_program_gets_the_facts(run: Run, staff: Records) -> None:
    refused = run("ann", "bob", "--entity", "client", as_json=True)
    assert (refused.exit_code, "--yes" in refused.output) == (2, True)
    facts = json.loads(run("ann", "bob", "--entity", "client", "--yes", as_json=True).output)
    assert (facts["handed_over"], facts["stayed"]) == (8, 0)
    assert staff.get("order", 1).values["seller"] == 1
    number = int(facts["undo"].removeprefix("action:"))
    Undoing.through(staff).undo(Undoes(action=number))
    assert staff.get("client", 1).values["manager"] == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ann", "ann"), "ann cannot receive records: it is the same user."),
        (("ann", "cid"), "cid cannot receive records: the account is disabled."),
        (("ann", "nobody"), "nobody"),
        (("ann", "bob", "--entity", "nonsense"), "There is no entity nonsense."),
    ],
)
def test_what_is_wrong_is_said(run: Run, staff: Records, words: tuple[str, ...], said: str) -> None:
    People(staff.database).set_active(3, active=False)
    answer = run(*words)
    assert answer.exit_code != 0
    assert said in answer.output
