"""Each code about reports has a reproducer in reports.yaml that is also its golden text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from designer.pivot import pivot
from designer.pivot.live import refuse_beyond_bound
from engine.accounts import People
from engine.grouping import Groups, Tally
from engine.model import Configuration
from engine.model.report import Report
from engine.problems import Problem, Problems, Refused
from engine.problems.entering import REPORTS
from engine.rights import Principal
from engine.saved import Content, Described, SavedDashboards, SavedReports, SavedViews, unreadable, wrong_with
from engine.saved import dashboards as dashboards_door
from engine.saved import views as views_door
from engine.saved.arrangement import MOST_TILES
from engine.saved.reports import MOST
from engine.storage import dashboards, views
from engine.storage import saved as storage
from tests.designer.pivot.plainly import Plainly
from tests.ready import ready_database
from tests.shop import SHOP, shop_configuration

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("reports.yaml"))


@pytest.mark.parametrize("case", [case for case in CASES if "rows" in case], ids=lambda case: case["code"])
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
        refuse_beyond_bound(case["records"], pivot(report, groups, Plainly()))
    assert told(refused.value.problems) == (case["code"], case["says"])


@pytest.fixture
def door(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[SavedReports]:
    """The saved reports of a shop as an administrator sees them, who has as many as one may have."""
    database = ready_database(sqlite_url, shop_configuration())
    People(database).add("ann", "Ann", password="three quiet herons")
    monkeypatch.setattr(storage, "count_owned", lambda *_: MOST)
    monkeypatch.setattr(views, "count_owned", lambda *_: views_door.MOST)
    monkeypatch.setattr(dashboards, "count_made", lambda *_: dashboards_door.MOST)
    yield SavedReports(database, shop_configuration(), Principal(1, "Ann"))
    database.close()


def refusal(work: Callable[[], object]) -> Problems:
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.problems


def boards(door: SavedReports) -> SavedDashboards:
    """The dashboards of the same person, of which one has as many tiles as one may have."""
    tiles = {f"tile_{number}": {"report": "orders"} for number in range(MOST_TILES)}
    shown = {"reports": {"orders": {"of": "order"}}, "dashboards": {"full": {"tiles": tiles}}}
    return SavedDashboards(door.database, Configuration.model_validate({**SHOP, **shown}), door.principal)


WHOLE = Report(of="order")
GONE = Report.model_validate({"of": "order", "rows": [{"field": "client.ghost"}], "where": "ghost > 1"})
DONE: dict[str, Callable[[SavedReports], Iterable[Problem]]] = {
    "save one more": lambda door: refusal(lambda: door.add(WHOLE, Described("Orders"))),
    "save one more view": lambda door: refusal(
        lambda: SavedViews(door.database, door.configuration, door.principal).add("order", Content(), Described("Mine"))
    ),
    "share with a foreign role": lambda door: refusal(
        lambda: door.add(WHOLE, Described("Orders", roles=frozenset({"clerk"})))
    ),
    "make one more dashboard": lambda door: refusal(lambda: boards(door).make(Described("Mine"))),
    "add one more tile": lambda door: refusal(lambda: boards(door).add("full", "orders", None)),
    "add a tile of nothing": lambda door: refusal(lambda: boards(door).add("full", "nothing", None)),
    "open what names a removed field": lambda door: wrong_with(door.configuration, GONE),
    "open what a later version saved": lambda door: unreadable(Described("Orders")),
}


@pytest.mark.parametrize("case", [case for case in CASES if "does" in case], ids=lambda case: case["code"])
def test_one_saved_report_that_cannot_be_is_two_sentences(door: SavedReports, case: dict[str, Any]) -> None:
    assert told(DONE[case["does"]](door)) == (case["code"], case["says"])


def told(problems: Iterable[Problem]) -> tuple[str, str]:
    (found,) = problems
    return found.code, f"{found.sentence} {found.hint}".strip()


def test_every_code_about_reports_has_a_case() -> None:
    assert {case["code"] for case in CASES} == set(REPORTS)
