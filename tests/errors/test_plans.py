"""Each code about a plan has a reproducer in plans.yaml that is also its golden text."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from engine.model import Configuration
from engine.problems import Refused
from engine.problems.configuring import PLANS
from engine.schema import apply
from engine.storage import Database
from tests.shop import SHOP

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("plans.yaml"))
Entities = dict[str, Any]


def without_payments(entities: Entities) -> None:
    del entities["payment"]
    del entities["order"]["fields"]["payments"]


def without_cities(entities: Entities) -> None:
    del entities["client"]["fields"]["city"]


def with_other_cities(entities: Entities) -> None:
    entities["client"]["fields"]["city"] = {"type": "integer"}


def with_lines_of_payments(entities: Entities) -> None:
    lines = entities["order"]["fields"].pop("lines")
    entities["payment"]["fields"]["lines"] = lines


CHANGES: dict[str, Callable[[Entities], None]] = {
    "an entity is left out": without_payments,
    "a field is left out": without_cities,
    "a field is of another type": with_other_cities,
    "lines move to another parent": with_lines_of_payments,
}


@pytest.mark.parametrize("case", CASES, ids=[case["code"] for case in CASES])
def test_one_obstacle_is_one_sentence(case: dict[str, Any], sqlite_url: str) -> None:
    wanted = copy.deepcopy(SHOP)
    database = Database(sqlite_url)
    if case["change"] in CHANGES:
        apply(database, Configuration.model_validate(wanted), "tests")
        CHANGES[case["change"]](wanted["entities"])
    else:
        with database.write() as connection:
            connection.exec_driver_sql("CREATE TABLE client (id INTEGER)")
    with pytest.raises(Refused) as refused:
        apply(database, Configuration.model_validate(wanted), "tests")
    database.close()
    (found,) = refused.value.problems
    assert (found.code, f"{found.sentence} {found.hint}".strip()) == (case["code"], case["says"])


def test_every_code_is_here() -> None:
    assert sorted(case["code"] for case in CASES) == sorted(PLANS)
