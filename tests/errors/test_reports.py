"""Each code about reports has a reproducer in reports.yaml that is also its golden text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from designer.pivot import pivot
from engine.grouping import Groups, Tally
from engine.model.report import Report
from engine.problems import Refused
from engine.problems.entering import REPORTS
from tests.designer.pivot.plainly import Plainly

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("reports.yaml"))


@pytest.mark.parametrize("case", CASES, ids=[case["code"] for case in CASES])
def test_one_report_that_is_refused_is_two_sentences(case: dict[str, Any]) -> None:
    report = Report.model_validate({"of": "sale", "rows": [{"field": "city"}], "columns": [{"field": "client"}]})
    one = (Tally(1),)
    rows, columns = range(case["rows"]), range(case["columns"])
    groups: Groups = {
        (0,): {(row,): one for row in rows},
        (1,): {(column,): one for column in columns},
        (0, 1): {(row, column): one for row in rows for column in columns},
        (): {(): one},
    }
    with pytest.raises(Refused) as refused:
        pivot(report, groups, Plainly())
    (found,) = refused.value.problems
    assert (found.code, f"{found.sentence} {found.hint}".strip()) == (case["code"], case["says"])


def test_every_code_about_reports_has_a_case() -> None:
    assert sorted(case["code"] for case in CASES) == sorted(REPORTS)
