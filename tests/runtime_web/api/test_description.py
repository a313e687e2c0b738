"""The OpenAPI description: valid, true, and no more than its reader may know."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from engine.model import Configuration
from runtime_web.app import create_app
from runtime_web.settings import Settings
from tests.archive import picture
from tests.ready import ready_database
from tests.runtime_web.api.caller import Caller, caller
from tests.runtime_web.visitor import SECRET, Site
from tests.shop import SHOP

load_all_checks()
EXAMPLES = 8
"""So many sound calls and so many wrong ones of each operation, the same ones in every run."""
LOOKED_AT = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "allow_header_conformance",
)
"""Not that what fits a schema is accepted: no schema knows which records there are to refer to."""


THING: dict[str, Any] = {
    "fields": {
        "text": {"type": "text", "max_length": 10},
        "long_text": {"type": "long_text"},
        "integer": {"type": "integer", "min": -5, "max": 5},
        "decimal": {"type": "decimal", "scale": 3},
        "whole": {"type": "decimal", "scale": 0},
        "money": {"type": "money", "currency": "currency"},
        "currency": {"type": "currency"},
        "percent": {"type": "percent"},
        "boolean": {"type": "boolean", "required": True},
        "date": {"type": "date"},
        "time": {"type": "time"},
        "datetime": {"type": "datetime"},
        "duration": {"type": "duration"},
        "choice": {"type": "choice", "options": ["a", "b"], "required": True},
        "multi_choice": {"type": "multi_choice", "options": ["a", "b"]},
        "reference": {"type": "reference", "to": "client"},
        "multi_reference": {"type": "multi_reference", "to": "client"},
        "user": {"type": "user"},
        "sequence": {"type": "sequence", "mask": "T-{####}"},
        "phone": {"type": "phone", "country": "FI"},
        "email": {"type": "email"},
        "url": {"type": "url"},
        "tax_id": {"type": "tax_id", "country": "FI"},
        "file": {"type": "file"},
        "image": {"type": "image"},
        "color": {"type": "color"},
        "rating": {"type": "rating"},
        "half": {"type": "decimal", "scale": 2, "formula": "integer / 2"},
        "inverse": {"type": "decimal", "scale": 2, "formula": "1 / integer"},
        "age": {"type": "integer", "formula": "YEAR(TODAY()) - integer"},
    }
}
"""One field of each type, and some that are computed."""
OFFICE = {"kind": "settings", "fields": {"name": {"type": "text"}}}


@pytest.fixture
def site(tmp_path: Path, sqlite_url: str, quick_hashes: Callable[..., None]) -> Iterator[Site]:
    """A shop that has everything."""
    entities = {**SHOP["entities"], "thing": THING, "office": OFFICE}
    configuration = Configuration.model_validate({**SHOP, "entities": entities})
    database = ready_database(sqlite_url, configuration)
    database.close()
    found = Site(create_app(Settings(sqlite_url, configuration, tmp_path / "files", SECRET, testing=True)))
    found.add_people()
    yield found
    found.workspace.database.close()


@pytest.fixture
def program(site: Site) -> Caller:
    """A program of an administrator in that shop, with a few records."""
    object.__setattr__(site.workspace.pace, "per_minute", 10**9)
    found = caller(site)
    found.made("client", name="Acme")
    found.made("product", name="Pen", price="2.50")
    found.made("order", client=1, lines=[{"product": 1, "price": "2.50"}])
    found.made("payment", order=1, amount="1.00")
    found.made("thing", integer=0, choice="a", currency="EUR", money="1.5", duration=90, color="#abc")
    sent = found.call("POST", "/thing/_files/image", data={"file": (io.BytesIO(picture("PNG")), "a.png")})
    found.made("thing", integer=3, choice="b", image=[sent.json["id"]])
    return found


def test_it_is_valid(program: Caller) -> None:
    validate(program.get("/openapi.json").json)


def test_errors_of_formulas_are_asked_for_and_are_no_blanks(program: Caller) -> None:
    def ids(comparison: str) -> list[int]:
        return [item["id"] for item in program.get("/thing", where=f'{{"inverse":{comparison}}}').json["items"]]

    assert ids('{"failed":true}') == ids('{"failed":["#DIV/0!","#N/A"]}') == [1]
    assert ids('{"failed":["#N/A"]}') == ids('{"blank":true}') == []
    assert ids('{"filled":true}') == [2]
    for wrong in ("false", '"#DIV/0!"', '["#OUCH!"]', "[]", "[7]"):
        assert program.get("/thing", where=f'{{"inverse":{{"failed":{wrong}}}}}').status_code == 400


def test_it_shows_what_the_token_is_for(site: Site) -> None:
    def methods(**wish: Any) -> set[tuple[str, str]]:
        found = caller(site, **wish).get("/openapi.json").json
        validate(found)
        return {(path, method) for path, item in found["paths"].items() for method in item if method != "parameters"}

    reading = methods(scopes=("read",))
    assert {(path, method) for path, method in reading if method != "get"} == {("/_reports", "post")}
    assert ("/order/{id}", "get") in reading
    writing = methods(scopes=("write",))
    assert ("/order", "post") in writing
    assert ("/order", "get") not in writing
    assert ("/order/{id}", "patch") not in writing
    narrow = methods(entities=("order",))
    assert ("/order_line", "get") in narrow
    assert {path for path, _ in narrow if "client" in path or "product" in path} == set()


def test_it_speaks_the_language_of_its_reader(site: Site) -> None:
    found = caller(site).get("/openapi.json").json
    assert found["components"]["schemas"]["client"]["properties"]["vip"]["title"] == "Vip"


# Whoever calls here does not close the files that it is given.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
def test_every_answer_is_as_it_says(site: Site, program: Caller, mode: GenerationMode) -> None:
    headers = {"Authorization": f"Bearer {program.secret}"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", site.app, headers=headers)
    called = {operation.label for operation in operations(schema) if is_called(operation, mode, headers)}
    assert len(called) > 20


def operations(schema: Any) -> Iterator[Any]:
    """Each operation of the description."""
    for found in schema.get_all_operations():
        yield found.ok()


def is_called(operation: Any, mode: GenerationMode, headers: dict[str, str]) -> bool:
    """Call an operation with what it describes, or with what it does not; whether it can be called so at all."""
    checks = CHECKS.get_by_names(list(LOOKED_AT))
    calls: list[str] = []

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def call(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        calls.append(case.path)
        case.call_and_validate(headers=headers, checks=checks)

    call()
    return bool(calls)
