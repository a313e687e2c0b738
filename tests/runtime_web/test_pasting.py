"""Texts pasted into the lines of a form: what each of them means there, before anything is saved."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from engine.model import Configuration
from engine.records import Edit
from tests.browser.company import new_company
from tests.computed import TRADE
from tests.runtime_web.test_card import add
from tests.runtime_web.visitor import Site, Visitor

PATH = "/records/order/lines/lines/read"


def send(visitor: Visitor, columns: list[str], rows: list[list[str]], path: str = PATH) -> TestResponse:
    return visitor.post(path, {"texts": json.dumps({"columns": columns, "rows": rows})})


def read(visitor: Visitor, columns: list[str], rows: list[list[str]]) -> list[list[dict[str, Any]]]:
    found: list[list[dict[str, Any]]] = send(visitor, columns, rows).get_json()["rows"]
    return found


def test_names_become_records_and_numbers_are_read_as_people_write_them(any_site: Site) -> None:
    nail, _, other = (add(any_site, "product", name=name) for name in ("Țeavă", "Screw", "screw"))
    rows = read(
        any_site.visitor("ben"),
        ["product", "quantity", "price"],
        [["teava", "1 234,5", "1,234.50"], ["screw", "2", ""], ["SCREW", "", ""], [f"#{nail}", "", ""]],
    )
    assert rows[0][0] == {"text": str(nail), "titles": [[str(nail), "teava"]], "fault": ""}
    assert [cell["text"] for cell in rows[0][1:]] == ["1234.5", "1234.50"]
    # Capitals decide only where they tell two records apart.
    assert rows[1][0]["text"] == str(other)
    assert "Several records" in rows[2][0]["fault"]
    assert rows[3][0]["text"] == str(nail)


def test_what_does_not_fit_says_why_and_keeps_its_text(site: Site) -> None:
    (row,) = read(site.visitor("ben"), ["product", "quantity"], [["Nothing such", "many"]])
    assert [cell["text"] for cell in row] == ["Nothing such", "many"]
    assert "There is no “Nothing such”" in row[0]["fault"]
    assert "“many” is not a number" in row[1]["fault"]


@pytest.mark.parametrize(
    ("columns", "rows"),
    [(["nonsense"], [["x"]]), (["product", "quantity"], [["x"]]), (["product"], []), ([], [[]])],
)
def test_what_the_page_never_sends_is_refused(site: Site, columns: list[str], rows: list[list[str]]) -> None:
    assert send(site.visitor("ben"), columns, rows).status_code == 400


def test_only_lines_that_one_sees_take_texts(site: Site) -> None:
    visitor = site.visitor("ben")
    assert send(visitor, ["name"], [["x"]], "/records/order/lines/client/read").status_code == 404
    assert send(visitor, ["name"], [["x"]], "/records/nothing/lines/lines/read").status_code == 404


def test_what_a_reference_does_not_offer_is_named_and_said_to_be_that(tmp_path: Path) -> None:
    tree = copy.deepcopy(TRADE)
    tree["entities"]["product"]["fields"]["archived"] = {"type": "boolean"}
    tree["entities"]["order_line"]["fields"]["product"] |= {"where": "NOT archived"}
    site = new_company(tmp_path, Configuration.model_validate(tree))
    sold = site.records.create("product", Edit({"name": "Saw"})).id
    site.records.create("product", Edit({"name": "Old saw", "archived": True}))
    rows = read(site.visitor("ana"), ["product"], [["Saw"], ["Old saw"], ["No saw"]])
    assert rows[0][0] == {"text": str(sold), "titles": [[str(sold), "Saw"]], "fault": ""}
    assert rows[1][0]["fault"] == "“Old saw” may not be chosen here; choose one that the list of this field offers."
    assert "There is no “No saw”" in rows[2][0]["fault"]
    site.workspace.database.close()
