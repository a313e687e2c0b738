"""What a form foresees while somebody types: computed fields and defaults, in their language, and nothing is saved."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.model import Configuration
from engine.query import Query
from engine.records import Edit, LineEdit
from tests.browser.company import new_company
from tests.computed import TRADE
from tests.runtime_web.seen import seen
from tests.runtime_web.visitor import Site


@pytest.fixture
def trade(tmp_path: Path) -> Iterator[Site]:
    tree = copy.deepcopy(TRADE)
    tree["entities"]["order_line"]["fields"]["price"]["default"] = "=product.price"
    tree["entities"]["order"]["checks"] = [{"that": "total < 100", "else": {"en": "Too much.", "fi": "Liikaa."}}]
    tree["entities"]["order"]["fields"]["date"]["readonly_if"] = "net > 0"
    described = Configuration.model_validate(tree)
    site = new_company(tmp_path, described)
    yield site
    site.workspace.database.close()


def test_it_says_what_a_save_would_give(trade: Site) -> None:
    saw = trade.records.create("product", Edit({"name": "Saw", "price": 10})).id
    visitor = trade.visitor("ben")
    page = visitor.get("/records/order/new").text
    assert 'data-preview="/records/order/preview"' in page
    form = dict(seen(page).form) | {"lines.n1.product": str(saw), "lines.n1.quantity": "3"}
    found = visitor.client.post("/records/order/preview", data=form).get_json()
    assert found["defaults"] == {"lines.n1.price": "10.00"}
    assert ">30.00<" in found["computed"]["lines.n1.amount"]
    assert "36.30" in found["computed"]["total"]
    wrong = form | {"lines.n1.quantity": "many"}
    assert "#DIV/0!" in visitor.client.post("/records/order/preview", data=wrong).get_json()["computed"]["share"]
    assert trade.records.count(Query("order")).number == 0


def test_an_existing_record_and_one_that_is_not_there(trade: Site) -> None:
    order = trade.records.create("order", Edit({})).id
    visitor = trade.visitor("ben")
    form = dict(seen(visitor.get(f"/records/order/{order}/edit").text).form) | {
        "lines.n1.quantity": "2",
        "lines.n1.price": "1.50",
    }
    found = visitor.client.post(f"/records/order/{order}/preview", data=form).get_json()
    assert ">3.00<" in found["computed"]["lines.n1.amount"]
    assert visitor.client.post(f"/records/order/{order + 1}/preview", data=form).status_code == 204
    assert visitor.client.post("/records/nothing/preview", data=form).status_code == 404


def test_what_can_no_longer_be_changed_is_only_to_be_read(trade: Site) -> None:
    visitor = trade.visitor("ben")
    order = trade.records.create("order", Edit({"date": dt.date(2026, 3, 1)})).id
    assert "date" in seen(visitor.get(f"/records/order/{order}/edit").text).form
    line = LineEdit(None, {"quantity": 1, "price": 5}, key="a")
    trade.records.update("order", order, Edit({}, lines={"lines": (line,)}))
    page = visitor.get(f"/records/order/{order}/edit").text
    assert "date" not in seen(page).form
    assert "01/03/2026" in page
    assert "This can no longer be changed." in page
    form = dict(seen(page).form) | {"date": "2026-04-01"}
    answer = visitor.client.post(f"/records/order/{order}", data=form)
    assert answer.status_code == 422
    assert trade.records.get("order", order).values["date"] == dt.date(2026, 3, 1)


def test_a_check_speaks_the_readers_language(trade: Site) -> None:
    visitor = trade.visitor("ben")
    form = dict(seen(visitor.get("/records/order/new").text).form) | {
        "lines.n1.quantity": "1",
        "lines.n1.price": "1000",
    }
    assert "Too much." in visitor.client.post("/records/order/new", data=form).text
    said = visitor.client.post("/records/order/new", data=form, headers={"Accept-Language": "fi"}).text
    assert "Liikaa." in said
