"""Each code about one value has a reproducer in values.yaml that is also its golden text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from engine.fields import Field
from engine.problems import Unfit
from tests.engine.fields.laws import make, reader

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("values.yaml"))


@pytest.mark.parametrize("case", CASES, ids=[case["code"] for case in CASES])
def test_one_wrong_value_is_one_sentence(case: dict[str, Any]) -> None:
    keys = dict(case["field"])
    field = make(keys.pop("type"), **keys)
    with pytest.raises(Unfit) as refused:
        give(field, case)
    said = refused.value.at("field")
    assert (said.code, f"{said.sentence} {said.hint}".strip()) == (case["code"], case["says"])


def give(field: Field, case: dict[str, Any]) -> None:
    if "typed" in case:
        field.parse(case["typed"], reader("en"))
    elif "cell" in case:
        field.read_cell(case["cell"], reader("en"))
    else:
        field.load(case["loaded"])
