"""The card: read, filled in, saved. Nothing that was typed is lost, whatever goes wrong."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from werkzeug.test import TestResponse

from engine.records import Edit, LineEdit
from tests.runtime_web.seen import seen
from tests.runtime_web.visitor import Site, Visitor

PART = {"HX-Request": "true", "HX-Target": "div#card"}


def add(site: Site, entity: str, lines: dict[str, tuple[LineEdit, ...]] | None = None, **values: Any) -> int:
    return site.records.create(entity, Edit(values, None, lines or {})).id


def an_order(site: Site) -> int:
    """Order 1 of client 1 (Anna) with a line of product 1 (Nail) and one of product 2 (Hammer)."""
    anna = add(site, "client", name="Anna", city="Turku")
    nail, hammer = add(site, "product", name="Nail"), add(site, "product", name="Hammer")
    lines = (
        LineEdit(None, {"product": nail, "quantity": Decimal("1.5"), "price": Decimal(2)}),
        LineEdit(None, {"product": hammer, "quantity": Decimal(1), "price": Decimal("9.90")}),
    )
    return add(site, "order", {"lines": lines}, date=dt.date(2026, 3, 1), client=anna, comment="First\nsecond")


def filled(visitor: Visitor, path: str, **typed: Any) -> dict[str, Any]:
    """What a browser would send from the form of a page after somebody has typed; a name ends at __ as at a dot."""
    form: dict[str, Any] = dict(seen(visitor.get(path).text).form)
    form |= {name.replace("__", "."): value for name, value in typed.items()}
    return {name: value for name, value in form.items() if value is not None}


def send(visitor: Visitor, path: str, form: dict[str, Any], **options: Any) -> TestResponse:
    return visitor.client.post(path, data=form, **options)


class TestReading:
    def test_a_card_shows_values_lines_and_what_points_at_it(self, any_site: Site) -> None:
        order = an_order(any_site)
        add(any_site, "payment", date=dt.date(2026, 3, 5), order=order, amount=Decimal("12.90"))
        page = any_site.visitor("ben").get(f"/records/order/{order}").text
        found = seen(page)
        assert "ORD-2026-0001" in found.text
        assert [
            "Nail",
            "1.5",
            "2.00",
        ] in found.rows
        assert ["05/03/2026", "12.90"] in found.rows
        assert found.links["Anna"] == "/records/client/1"
        assert (
            found.links["Add payment"] == "/records/payment/new?order=1&_return=%2Frecords%2Forder%2F1%3Ftab%3Dpayments"
        )

    def test_values_and_labels_cannot_bring_markup_along(self, site: Site) -> None:
        client = add(site, "client", name="<b>{name}</b> 100 %s", city="a & b")
        page = site.visitor("ben").get(f"/records/client/{client}").text
        assert "&lt;b&gt;{name}&lt;/b&gt; 100 %s" in page
        assert "a &amp; b" in page
        assert "<b>{name}" not in page

    def test_neighbours_are_those_of_the_list_it_came_from(self, site: Site) -> None:
        for name in ("Anna", "Bob", "Carl", "Bill"):
            add(site, "client", name=name)
        page = site.visitor("ben").get("/records/client/2?q=b&sort=name").text
        assert 'rel="prev" href="/records/client/4?q=b&amp;sort=name"' in page
        assert 'rel="next"' not in page
        assert 'href="/records/client?q=b&amp;sort=name" data-back' in page

    def test_a_record_that_is_not_there_has_a_page_of_its_own(self, site: Site) -> None:
        ben = site.visitor("ben")
        for path in ("/records/order/77", "/records/order/77/edit", "/records/order/new?copy=77"):
            answer = ben.get(path)
            assert answer.status_code == 404
            assert "This record is not there" in answer.text

    def test_lines_have_no_card_of_their_own(self, site: Site) -> None:
        an_order(site)
        ben = site.visitor("ben")
        assert ben.get("/records/order_line/2").headers["Location"] == "/records/order/1"
        assert ben.get("/records/order_line/new").status_code == 404


class TestSaving:
    def test_a_form_without_files_is_sent_in_the_way_that_is_read_fastest(self, site: Site) -> None:
        assert "multipart" not in site.visitor("ana").get("/records/client/new").text

    def test_a_form_sent_as_it_opened_changes_nothing(self, any_site: Site) -> None:
        order = an_order(any_site)
        ben = any_site.visitor("ben")
        answer = send(ben, f"/records/order/{order}", filled(ben, f"/records/order/{order}/edit"))
        assert answer.status_code == 303
        assert any_site.records.get("order", order).version == 1

    def test_values_are_read_as_the_reader_writes_them(self, any_site: Site) -> None:
        order = an_order(any_site)
        ben = any_site.visitor("ben")
        ben.post("/preferences", {"language": "fi", "next": "/"})
        form = filled(
            ben, f"/records/order/{order}/edit", total="1 234,5", date="2026-04-02", lines__1__quantity="2,25"
        )
        answer = send(ben, f"/records/order/{order}?q=a", form)
        assert answer.headers["Location"] == f"/records/order/{order}?q=a"
        record = any_site.records.get("order", order)
        assert (record.values["total"], record.values["date"]) == (Decimal("1234.50"), dt.date(2026, 4, 2))
        assert record.lines["lines"][0].values["quantity"] == Decimal("2.250")
        assert record.lines["lines"][1].version == 1

    def test_a_new_record_is_made_once_however_often_its_form_is_sent(self, any_site: Site) -> None:
        an_order(any_site)
        ben = any_site.visitor("ben")
        form = filled(ben, "/records/order/new", client="1", lines__n1__product="1", lines__n1__quantity="3")
        first, second = (send(ben, "/records/order/new", form) for _ in range(2))
        assert first.headers["Location"] == second.headers["Location"] == "/records/order/2"
        assert any_site.records.get("order", 2).values["number"] == "ORD-2026-0002"
        assert "“ORD-2026-0002” was added." in seen(ben.get("/records/order/2").text).text
        assert ben.get("/records/order/3").status_code == 404

    def test_an_empty_new_line_is_no_line(self, site: Site) -> None:
        an_order(site)
        ben = site.visitor("ben")
        send(ben, "/records/order/new", filled(ben, "/records/order/new", client="1"))
        assert site.records.get("order", 2).lines["lines"] == ()

    def test_every_problem_is_told_at_once_at_its_field_and_nothing_typed_is_lost(self, any_site: Site) -> None:
        order = an_order(any_site)
        ben = any_site.visitor("ben")
        typed = {"date": "", "total": "many", "comment": "<kept>", "lines.1.quantity": "x,1", "lines.2.product": ""}
        form = filled(ben, f"/records/order/{order}/edit") | typed
        answer = send(ben, f"/records/order/{order}", form)
        assert answer.status_code == 422
        found = seen(answer.text)
        assert {name: found.form[name][-1] for name in typed} == typed
        assert "4 entries need your attention" in found.text
        assert found.links["Date: This field must be filled in."] == "#f-date"
        assert found.links["Lines, Quantity: “x,1” is not a number."] == "#f-lines-1-quantity"
        assert re.search(
            r'id="f-date" name="date"[^>]* aria-invalid="true" aria-describedby="f-date-said" autofocus', answer.text
        )
        assert answer.text.count(" autofocus") == 1
        assert any_site.records.get("order", order).version == 1

    def test_what_only_the_database_knows_is_told_the_same_way(self, any_site: Site) -> None:
        add(any_site, "client", name="Anna", code="A1")
        ben = any_site.visitor("ben")
        form = filled(ben, "/records/client/new", name="Bob", code="A1", agent="99")
        answer = send(ben, "/records/client/new", form)
        found = seen(answer.text)
        assert answer.status_code == 422
        assert any(text.startswith("Code: “A1” is already taken") for text in found.links)
        assert any(text.startswith("Agent: ") for text in found.links)
        assert found.form["code"] == ["A1"]

    def test_a_script_gets_the_card_alone_and_is_told_where_to_go(self, site: Site) -> None:
        order = an_order(site)
        ben = site.visitor("ben")
        form = filled(ben, f"/records/order/{order}/edit")
        refused = send(ben, f"/records/order/{order}", form | {"date": ""}, headers=PART)
        assert (refused.status_code, "<html" in refused.text, 'id="card"' in refused.text) == (200, False, True)
        saved = send(ben, f"/records/order/{order}?page=2", form | {"comment": "x"}, headers=PART)
        assert saved.headers["HX-Redirect"] == f"/records/order/{order}?page=2"

    def test_fields_that_are_not_on_the_form_stay(self, site: Site) -> None:
        client = add(site, "client", name="Anna", city="Turku", vip=True)
        ben = site.visitor("ben")
        form = filled(ben, f"/records/client/{client}/edit", name="Anne")
        send(
            ben,
            f"/records/client/{client}",
            {name: value for name, value in form.items() if name not in ("city", "vip")},
        )
        values = site.records.get("client", client).values
        assert (values["name"], values["city"], values["vip"]) == ("Anne", "Turku", True)

    def test_ticks_can_be_taken_off(self, site: Site) -> None:
        client = add(site, "client", name="Anna", vip=True, tags=("a", "b"))
        ben = site.visitor("ben")
        form = filled(ben, f"/records/client/{client}/edit", vip="", tags=["", "b", "c"])
        send(ben, f"/records/client/{client}", form)
        values = site.records.get("client", client).values
        assert (values["vip"], values["tags"]) == (False, ("b", "c"))

    def test_save_and_add_another_opens_the_next_form(self, site: Site) -> None:
        ben = site.visitor("ben")
        answer = send(ben, "/records/product/new", filled(ben, "/records/product/new", name="Saw", _then="new"))
        assert answer.headers["Location"] == "/records/product/new"

    def test_one_goes_back_to_where_one_came_from_but_not_to_another_site(self, site: Site) -> None:
        an_order(site)
        ben = site.visitor("ben")
        path = seen(ben.get("/records/order/1").text).links["Add payment"]
        form = filled(ben, path)
        assert form["order"] == ["1"]
        assert send(ben, "/records/payment/new", form).headers["Location"] == "/records/order/1?tab=payments"
        elsewhere = filled(ben, "/records/payment/new?_return=//evil.example/")
        assert send(ben, "/records/payment/new", elsewhere).headers["Location"] == "/records/payment/2"


class TestLines:
    def test_lines_are_added_deleted_and_moved_by_buttons_without_scripts(self, site: Site) -> None:
        order = an_order(site)
        ben = site.visitor("ben")
        path = f"/records/order/{order}"
        form = filled(ben, f"{path}/edit", comment="typed")
        for button in ("add.lines", "delete.lines.1", "up.lines.2"):
            answer = send(ben, path, form | {"_do": button})
            assert answer.status_code == 200
            form = seen(answer.text).form
        assert form["comment"] == ["typed"]
        assert [name for name in form if name.endswith(".product")] == [
            "lines.2.product",
            "lines.1.product",
            "lines.n1.product",
        ]
        assert form["lines.1._deleted"] == ["1"]
        form |= {"lines.n1.product": ["1"], "lines.n1.quantity": ["7"]}
        assert send(ben, path, form).status_code == 303
        lines = site.records.get("order", order).lines["lines"]
        assert [(line.id, line.values["quantity"]) for line in lines] == [(2, Decimal("1.000")), (3, Decimal("7.000"))]

    def test_the_blank_line_for_scripts_is_inside_a_template(self, site: Site) -> None:
        an_order(site)
        page = site.visitor("ben").get("/records/order/1/edit").text
        assert 'name="lines.n0.product"' in page.partition("<template data-line-blank>")[2]
        assert "lines.n0.product" not in seen(page).form


class TestTogether:
    """Two people at one card."""

    def test_different_fields_merge_and_it_is_said(self, any_site: Site) -> None:
        client = add(any_site, "client", name="Anna", city="Turku")
        ana, ben = any_site.visitor("ana"), any_site.visitor("ben")
        path = f"/records/client/{client}"
        hers, his = filled(ana, f"{path}/edit", city="Oulu"), filled(ben, f"{path}/edit", name="Anne")
        send(ana, path, hers)
        assert send(ben, path, his).status_code == 303
        values = any_site.records.get("client", client).values
        assert (values["name"], values["city"]) == ("Anne", "Oulu")
        assert "it was kept: City" in seen(ben.get(path).text).text

    def test_of_one_value_both_are_shown_and_nobody_s_is_overwritten(self, any_site: Site) -> None:
        order = an_order(any_site)
        ana, ben = any_site.visitor("ana"), any_site.visitor("ben")
        path = f"/records/order/{order}"
        his = filled(ben, f"{path}/edit", comment="his", lines__1__price="3", total="5")
        send(ana, path, filled(ana, f"{path}/edit", comment="hers", lines__1__price="4"))
        answer = send(ben, path, his)
        found = seen(answer.text)
        assert answer.status_code == 409
        assert found.form["comment"] == ["his"]
        assert found.form["total"] == ["5"]
        assert found.form["_clash"] == ["comment", "lines.1.price"]
        assert "hers" in found.text
        undecided = send(ben, path, found.form)
        assert undecided.status_code == 409
        decided = found.form | {"_take.comment": ["theirs"], "_take.lines.1.price": ["mine"]}
        assert send(ben, path, decided).status_code == 303
        record = any_site.records.get("order", order)
        assert (record.values["comment"], record.values["total"]) == ("hers", Decimal("5.00"))
        assert record.lines["lines"][0].values["price"] == Decimal("3.00")

    def test_lines_that_others_added_show_up_beside_a_clash(self, site: Site) -> None:
        order = an_order(site)
        ana, ben = site.visitor("ana"), site.visitor("ben")
        path = f"/records/order/{order}"
        his = filled(ben, f"{path}/edit", comment="his")
        send(ana, path, filled(ana, f"{path}/edit", comment="hers", lines__n1__product="1"))
        found = seen(send(ben, path, his).text)
        assert "lines.3.product" in found.form

    def test_a_record_deleted_meanwhile_keeps_what_was_typed(self, site: Site) -> None:
        client = add(site, "client", name="Anna")
        ben = site.visitor("ben")
        path = f"/records/client/{client}"
        form = filled(ben, f"{path}/edit", name="Anne")
        site.records.delete("client", [client])
        answer = send(ben, path, form)
        assert answer.status_code == 409
        assert "Somebody has deleted this record meanwhile" in answer.text
        assert seen(answer.text).form["name"] == ["Anne"]
        site.records.restore("client", [client])
        assert send(ben, path, form).status_code == 303

    @pytest.mark.parametrize(
        "base", ["", "nonsense", "[]", '{"values": 3, "lines": [1]}', '{"values": {"city": {"a": 1}}}']
    )
    def test_a_base_that_is_none_does_no_harm(self, site: Site, base: str) -> None:
        client = add(site, "client", name="Anna", city="Turku")
        ben = site.visitor("ben")
        path = f"/records/client/{client}"
        assert send(ben, path, filled(ben, f"{path}/edit", _base=base, city="Oulu")).status_code == 303
        assert site.records.get("client", client).values["city"] == "Oulu"


class TestNew:
    def test_the_address_fills_in_fields(self, site: Site) -> None:
        an_order(site)
        form = filled(
            site.visitor("ben"), "/records/order/new?client=1&total=12.5&comment=x&lines=1&number=7&unheard=1"
        )
        assert (form["client"], form["total"], form["comment"]) == (["1"], ["12.50"], ["x"])
        assert "number" not in form

    def test_a_copy_takes_over_all_but_what_belongs_to_one_record(self, site: Site) -> None:
        order = an_order(site)
        ben = site.visitor("ben")
        page = ben.get(f"/records/order/new?copy={order}").text
        form = seen(page).form
        assert (form["client"], form["comment"]) == (["1"], ["First\nsecond"])
        assert (form["lines.n1.product"], form["lines.n2.price"]) == (["1"], ["9.90"])
        assert "Given when it is saved" in page
        assert send(ben, "/records/order/new", form).headers["Location"] == "/records/order/2"
        add(site, "client", name="Bob", code="B")
        assert filled(ben, "/records/client/new?copy=2")["code"] == [""]

    def test_defaults_stand_in_a_new_form(self, site: Site) -> None:
        form = filled(site.visitor("ben"), "/records/order/new")
        assert form["date"] == ["2026-03-01"]

    def test_a_reference_s_record_is_made_in_a_dialog_and_chosen(self, site: Site) -> None:
        ben = site.visitor("ben")
        page = ben.get("/records/client/new?_dialog=1&_title=Zoe", headers=PART).text
        assert "<html" not in page
        form = seen(page, "dialog-form").form
        assert form["name"] == ["Zoe"]
        assert 'id="d-name"' in page
        refused = send(ben, "/records/client/new", form | {"name": [""]}, headers=PART)
        assert 'id="dialog-form"' in refused.text
        made = send(ben, "/records/client/new", form, headers=PART)
        assert json.loads(made.headers["HX-Trigger"]) == {"record-made": {"id": 1, "title": "Zoe"}}
        assert made.headers["HX-Reswap"] == "none"


def test_undo_of_a_deletion_brings_the_record_back(site: Site) -> None:
    order = an_order(site)
    ben = site.visitor("ben")
    answer = ben.post(f"/records/order/{order}/delete?q=x")
    assert answer.headers["Location"] == "/records/order?q=x"
    page = ben.get("/records/order?q=x").text
    undo = re.search(r'action="(/records/order/restore[^"]+)"', page)
    assert undo
    ben.post(undo.group(1).replace("&amp;", "&"))
    assert len(site.records.get("order", order).lines["lines"]) == 2
