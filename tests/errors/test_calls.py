"""Each code about calls of the API and about tokens has a reproducer in calls.yaml that is also its golden text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner
from ruamel.yaml import YAML

from engine.accounts import Wish, passwords
from engine.model import Configuration
from engine.problems import Refused
from engine.records import Edit
from runtime_web.app import create_app
from runtime_web.cli.place import Place
from runtime_web.cli.token import token
from runtime_web.settings import Settings
from tests.ready import ready_database
from tests.runtime_web.api.caller import Caller, caller
from tests.runtime_web.visitor import SECRET, Site
from tests.shop import SHOP

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("calls.yaml"))
OFFICE = {"kind": "settings", "fields": {"name": {"type": "text"}}}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> Iterator[Site]:
    """A shop with an office, which there is once."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    configuration = Configuration.model_validate({**SHOP, "entities": {**SHOP["entities"], "office": OFFICE}})
    database = ready_database(sqlite_url, configuration)
    database.close()
    found = Site(create_app(Settings(sqlite_url, configuration, tmp_path / "files", SECRET, testing=True)))
    found.add_people()
    found.records.create("client", Edit({"name": "Acme", "city": "Bergen"}))
    yield found
    found.workspace.database.close()


@pytest.mark.parametrize("case", [case for case in CASES if "call" in case], ids=lambda case: case["code"])
def test_one_wrong_call_is_two_sentences(site: Site, case: dict[str, Any]) -> None:
    program = caller(site, scopes=("read", "write"))
    if "secret" in case:
        program = Caller(program.client, case["secret"])
    if case["code"] == "calls-too-many":
        object.__setattr__(site.workspace.pace, "per_minute", 1)
    method, path = case["call"].split(" ", 1)
    body = '{"name":"' + "x" * 4_200_000 + '"}' if case.get("body") == "large" else case.get("body")
    options = {"data": body, "content_type": case.get("kind", "application/json")} if body else {}
    for _ in range(case.get("times", 1)):
        answer = program.call(method, path, headers=case.get("headers", {}), **options)
    assert answer.status_code == case["status"]
    (found,) = answer.json["error"]["problems"]
    assert (found["code"], f"{found['message']} {found['hint']}".strip()) == (case["code"], case["says"])


@pytest.mark.parametrize("case", [case for case in CASES if "makes" in case], ids=lambda case: case["code"])
def test_one_wrong_token_is_two_sentences(site: Site, case: dict[str, Any]) -> None:
    ana = site.workspace.people.named("ana")
    assert ana is not None
    if case["code"] == "too-many-tokens":
        for number in range(50):
            site.workspace.tokens.make(ana, Wish(f"Token {number}"))
    name, scope, *days = case["makes"]
    with pytest.raises(Refused) as refused:
        site.workspace.tokens.make(ana, Wish(name, (scope,), int(days[1]) if days else None))
    (found,) = refused.value.problems
    assert (found.code, f"{found.sentence} {found.hint}".strip()) == (case["code"], case["says"])


@pytest.mark.parametrize("case", [case for case in CASES if "terminal" in case], ids=lambda case: case["code"])
def test_one_wrong_command_is_two_sentences(site: Site, sqlite_url: str, case: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        CliRunner().invoke(
            token, case["terminal"], obj=Place(Path(), sqlite_url, False), catch_exceptions=False, standalone_mode=False
        )
    (found,) = refused.value.problems
    assert (found.code, f"{found.sentence} {found.hint}".strip()) == (case["code"], case["says"])
