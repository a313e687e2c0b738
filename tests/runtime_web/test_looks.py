"""Fields, sections and tabs that a card shows only under a condition, and cells of lines that are closed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from engine.records import Edit, LineEdit
from tests.browser.company import new_company
from tests.runtime_web.seen import seen
from tests.runtime_web.visitor import Site
from tests.seeming import seeming_configuration


@pytest.fixture
def trade(tmp_path: Path) -> Iterator[Site]:
    described = seeming_configuration()
    site = new_company(tmp_path, described)
    yield site
    site.workspace.database.close()


def hidden(page: str) -> set[str]:
    """The parts of a form that wait out of sight."""
    parts = page.split('data-shown-if="')[1:]
    return {part.split('"')[0] for part in parts if part.split('"', 1)[1].startswith(" hidden")}


def test_a_new_card_shows_what_its_defaults_allow(trade: Site) -> None:
    visitor = trade.visitor("ben")
    assert hidden(visitor.get("/records/client/new").text) == {"tax_number", "age", "0.1", "1"}
    assert hidden(visitor.get("/records/order/new").text) == {"date", "lines.n1.why"}


def test_it_follows_what_is_typed(trade: Site) -> None:
    visitor = trade.visitor("ben")
    form = dict(seen(visitor.get("/records/client/new").text).form)
    typed = form | {"name": "Anna", "company": "true", "discount": "25", "founded": "2000-01-31"}
    found = visitor.client.post("/records/client/preview", data=typed).get_json()
    assert (found["hidden"], found["required"]) == (["2"], ["founded"])
    form = dict(seen(visitor.get("/records/order/new").text).form)
    typed = form | {"lines.n1.quantity": "2"}
    assert visitor.client.post("/records/order/preview", data=typed).get_json()["hidden"] == ["date"]


def test_what_is_hidden_keeps_its_value(trade: Site) -> None:
    client = trade.records.create("client", Edit({"name": "Anna", "tax_number": "LV-40003", "company": True})).id
    visitor = trade.visitor("ben")
    page = visitor.get(f"/records/client/{client}/edit").text
    assert hidden(page) == {"age", "0.1", "2"}
    form = {**seen(page).form, "company": "false"}
    visitor.post(f"/records/client/{client}", form, token=visitor.token("/keys"))
    record = trade.records.get("client", client)
    assert (record.values["company"], record.values["tax_number"]) == (False, "LV-40003")
    page = visitor.get(f"/records/client/{client}").text
    assert "LV-40003" not in page
    assert 'role="tablist"' not in page


def test_a_form_shown_again_is_as_it_was_typed(trade: Site) -> None:
    visitor = trade.visitor("ben")
    form = dict(seen(visitor.get("/records/client/new").text).form) | {"company": "true", "name": ""}
    answer = visitor.post("/records/client/new", form, token=visitor.token("/keys"))
    assert answer.status_code == 422
    assert hidden(answer.text) == {"age", "0.1"}


def test_what_must_be_filled_in_is_marked_when_it_must(trade: Site) -> None:
    visitor = trade.visitor("ben")
    form = dict(seen(visitor.get("/records/client/new").text).form) | {"name": "Anna", "company": "true"}
    answer = visitor.post("/records/client/new", form | {"discount": "25"}, token=visitor.token("/keys"))
    assert answer.status_code == 422
    assert 'class="form-label required" data-required-if="founded"' in answer.text
    page = visitor.get("/records/client/new").text
    assert 'class="form-label" data-required-if="founded"' in page
    assert 'class="form-label required" for="f-name"' in page


def test_lines_hide_and_close_cells(trade: Site) -> None:
    lines = (
        LineEdit(None, {"quantity": Decimal(200), "price": Decimal(1), "why": "first"}),
        LineEdit(None, {"quantity": Decimal(2), "price": Decimal(0), "why": "a gift"}),
    )
    order = trade.records.create("order", Edit({}, None, {"lines": lines})).id
    visitor = trade.visitor("ben")
    page = visitor.get(f"/records/order/{order}/edit").text
    assert hidden(page) == {"date", "lines.1.why"}
    form = seen(page).form
    assert "lines.1.quantity" not in form
    assert "lines.2.quantity" in form
    read = visitor.get(f"/records/order/{order}").text
    assert "a gift" in read
    assert "first" not in read


def test_related_records_meet_the_condition_of_their_section(trade: Site) -> None:
    client = trade.records.create("client", Edit({"name": "Anna"})).id
    for price in (0, 10):
        lines = (LineEdit(None, {"quantity": Decimal(1), "price": Decimal(price)}),)
        trade.records.create("order", Edit({"client": client, "date": dt.date(2026, 1, 1)}, None, {"lines": lines}))
    page = trade.visitor("ben").get(f"/records/client/{client}").text
    assert "12.10" in page
    assert len(re.findall(r'href="/records/order/\d+"', page)) == 1


def test_rows_of_lists_have_colours_that_say_what_they_mean(trade: Site) -> None:
    for name, company, discount in (("Anna", True, None), ("Bert", False, Decimal("0.1")), ("Carl", False, None)):
        trade.records.create("client", Edit({"name": name, "company": company, "discount": discount}))
    page = trade.visitor("ben").get("/records/client").text
    assert len(re.findall('<tr [^>]*class="tinted pill-blue" title="A &#123;company&#125; &amp; more"[ >]', page)) == 1
    assert len(re.findall('<tr [^>]*class="tinted pill-green"[ >]', page)) == 1
    exported = trade.visitor("ben").get("/records/client/export?format=csv")
    assert "tint" not in exported.text


def test_what_somebody_deleted_meanwhile_is_told_by_the_save(trade: Site) -> None:
    client = trade.records.create("client", Edit({"name": "Anna", "company": True})).id
    visitor = trade.visitor("ben")
    form = dict(seen(visitor.get(f"/records/client/{client}/edit").text).form)
    trade.records.delete("client", [client])
    assert visitor.client.post(f"/records/client/{client}/preview", data=form).status_code == 204
    answer = visitor.post(f"/records/client/{client}", {**form, "name": "Anne"}, token=visitor.token("/keys"))
    assert answer.status_code == 409
    assert "Somebody has deleted this record meanwhile." in answer.text
