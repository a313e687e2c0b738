"""Explanations: the value that is stored, the records that its inputs come from, and nothing that one may not see."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from engine.config.load import load
from engine.demo import Scale
from engine.demo.load import load as load_demo
from engine.expressions.plan import TITLE
from engine.expressions.results import error_code, stored_as
from engine.files import Files
from engine.records import Edit, Explanation, LineEdit, Missing, Records
from engine.records.explaining import LISTED
from engine.records.explanation import Part
from engine.rights import SYSTEM, Principal, Rights
from engine.rights.seen import seen_by as seen_by_these
from engine.storage.select import Reader
from engine.storage.tables import describe_tables
from formulas import FormulaError
from formulas.values import ERROR_CODES, Reference
from tests import postgresql
from tests.computed import open_trade
from tests.engine.records.test_virtual import dated, ordered, today
from tests.ready import ready_database
from tests.surroundings import ROOT, absent


@pytest.fixture
def trade(database_url: str) -> Iterator[Records]:
    records = open_trade(database_url)
    yield records
    records.database.close()


@pytest.fixture
def order(trade: Records) -> int:
    """An order of two lines by a client with a discount."""
    client = trade.create("client", Edit({"name": "Ann", "discount": Decimal("0.1")})).id
    saw = trade.create("product", Edit({"name": "Saw", "price": Decimal(10)})).id
    lines = (line(saw, "3", None, "1"), line(saw, "2", "1.5", "2"))
    return trade.create("order", Edit({"client": client, "date": dt.date(2026, 3, 1)}, lines={"lines": lines})).id


def line(product: int, quantity: str, price: str | None, key: str) -> LineEdit:
    values = {"product": product, "quantity": Decimal(quantity), "price": None if price is None else Decimal(price)}
    return LineEdit(None, values, key=key)


def part_of(found: Explanation | Part, text: str) -> Part:
    """The first part with this text."""
    pending = [found.root if isinstance(found, Explanation) else found]
    while pending:
        part = pending.pop(0)
        if part.text == text:
            return part
        pending += part.parts
    raise LookupError(text)


def seen_by(records: Records, **hidden: str) -> Records:
    """The same door for somebody who may not see a field of some entities; "" hides the entity."""
    access = records.rights.access
    entities = {name: rights for name, rights in access.entities.items() if hidden.get(name) != ""}
    for name, field in hidden.items():
        if field:
            rights = entities[name]
            readable = {key: rule for key, rule in rights.readable.items() if key != field}
            explained = {key: rule for key, rule in rights.explained.items() if key != field}
            entities[name] = replace(rights, readable=readable, explained=explained, complete=False)
    seen = seen_by_these(records.configuration, entities)
    other = Records(records.database, records.tables, SYSTEM)
    other.rights = Rights(replace(access, key="hidden", entities=entities, configuration=seen, unlimited=False))
    other._reader = Reader(records.database, records.tables, other.rights)  # noqa: SLF001
    return other


class TestWhatItSays:
    def test_fields_of_the_record_stand_with_their_values(self, trade: Records, order: int) -> None:
        found = trade.explain("order", order, "total")
        assert (found.text, found.value, found.error) == ("net + vat", Decimal("35.94"), "")
        net = part_of(found, "net")
        assert (net.value, net.steps, net.source) == (Decimal("29.70"), (("order", "net"),), None)
        assert net.explained == ("order", order, "net")

    def test_lookups_name_the_record_they_were_read_from(self, trade: Records, order: int) -> None:
        first = trade.get("order", order).lines["lines"][0].id or 0
        found = trade.explain("order_line", first, "amount")
        assert found.source.title == "Saw"
        assert found.source.card == ("order", order)
        price, discount = part_of(found, "product.price"), part_of(found, "order.client.discount")
        assert (price.value, price.source and price.source.title) == (Decimal("10.00"), "Saw")
        assert price.steps == (("order_line", "product"), ("product", "price"))
        assert (discount.source and discount.source.title, discount.explained) == ("Ann", None)
        assert part_of(found, "1 - order.client.discount").value == Decimal("0.9")
        assert part_of(found, "price").value is None

    def test_rows_stand_with_what_each_contributed(self, trade: Records, order: int) -> None:
        rows = part_of(trade.explain("order", order, "net"), "lines.amount").rows
        assert rows is not None
        assert [(row.source.title, row.value, row.computed) for row in rows.listed] == [
            ("Saw", Decimal("27.00"), True),
            ("Saw", Decimal("2.70"), True),
        ]
        assert {row.source.card for row in rows.listed} == {("order", order)}
        assert (rows.entered, rows.left_out, rows.rest) == (2, 0, None)
        assert rows.field == ("order_line", "amount")

    def test_rows_that_a_condition_leaves_out_are_counted(self, trade: Records, order: int) -> None:
        for kind, amount in (("cash", 5), ("refund", 2), ("card", 7)):
            trade.create("payment", Edit({"order": order, "kind": kind, "amount": Decimal(amount)}))
        found = trade.explain("order", order, "paid")
        first, second = (part.parts[0].rows for part in found.root.parts)
        assert first is not None
        assert second is not None
        assert (first.condition, first.entered, first.left_out) == ('payments.kind <> "refund"', 2, 1)
        assert (second.entered, second.left_out) == (1, 2)

    def test_of_many_rows_the_first_are_listed_and_the_rest_added_up(self, trade: Records, order: int) -> None:
        with trade.batch() as batch:
            batch.add(
                "payment", ("order", "kind", "amount"), [(order, "cash", Decimal(number)) for number in range(30)]
            )
        rows = trade.explain("order", order, "paid").root.parts[0].parts[0].rows
        assert rows is not None
        assert (rows.entered, len(rows.listed)) == (30, LISTED)
        assert rows.rest == sum(range(LISTED, 30))

    def test_an_error_is_marked_where_it_arose(self, trade: Records) -> None:
        empty = trade.create("order", Edit({})).id
        found = trade.explain("order", empty, "share")
        assert (found.value, found.error) == (None, "#DIV/0!")
        assert found.root.arose
        assert isinstance(found.root.value, FormulaError)
        assert found.root.value.reason == "The divisor is zero or blank."
        assert not any(part.arose for part in found.root.parts)

    def test_a_reference_has_the_title_of_its_record(self, trade: Records, order: int) -> None:
        payment = trade.create("payment", Edit({"order": order, "kind": "cash", "amount": Decimal(1)})).id
        found = trade.explain("payment", payment, "of")
        assert found.titles["client", found.value] == "Ann"
        assert found.root.source is not None

    def test_what_is_not_computed_or_not_there_is_not_explained(self, trade: Records, order: int) -> None:
        for field in ("date", "nothing"):
            with pytest.raises(KeyError):
                trade.explain("order", order, field)
        with pytest.raises(KeyError):
            trade.explain("nobody", order, "net")
        with pytest.raises(Missing):
            trade.explain("order", order + 1, "net")
        trade.delete("order", [order])
        with pytest.raises(Missing):
            trade.explain("order", order, "net")


class TestWhoMaySee:
    def test_a_hidden_input_and_what_is_made_of_it_are_not_shown(self, trade: Records, order: int) -> None:
        first = trade.get("order", order).lines["lines"][0].id or 0
        found = seen_by(trade, client="discount").explain("order_line", first, "amount")
        assert found.value == Decimal("27.00")
        for text in ("order.client.discount", "1 - order.client.discount"):
            assert (part_of(found, text).shown, part_of(found, text).value) == (False, None)
        assert part_of(found, "quantity").shown
        assert not found.root.shown

    def test_a_hidden_record_is_not_named(self, trade: Records, order: int) -> None:
        first = trade.get("order", order).lines["lines"][0].id or 0
        found = seen_by(trade, product="").explain("order_line", first, "amount")
        price = part_of(found, "product.price")
        assert (price.shown, price.source, price.explained) == (False, None, None)
        assert "Saw" not in repr(found)

    def test_hidden_rows_are_neither_listed_nor_counted(self, trade: Records, order: int) -> None:
        trade.create("payment", Edit({"order": order, "kind": "cash", "amount": Decimal(5)}))
        for hidden in ({"payment": ""}, {"payment": "amount"}, {"payment": "kind"}):
            part = seen_by(trade, **hidden).explain("order", order, "paid").root.parts[0].parts[0]
            assert part.rows is not None
            assert (part.shown, part.rows.entered, part.rows.left_out) == (False, None, None)
            assert part.rows.listed == ()

    def test_a_hidden_field_is_not_explained(self, trade: Records, order: int) -> None:
        with pytest.raises(KeyError):
            seen_by(trade, order="net").explain("order", order, "net")


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    """The sample company with demo data."""
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("sample")
        if request.param == "sqlite":
            url = f"sqlite:///{(folder / 'sample.sqlite').as_posix()}"
        elif missing := postgresql.missing():
            absent(missing)
        else:
            server: postgresql.Server = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(server.fresh_database())
        yield from _sample(url, folder)


def _sample(url: str, folder: Path) -> Iterator[Records]:
    configuration, problems = load(ROOT / "sample_configs" / "clients")
    assert configuration is not None, problems
    database = ready_database(url, configuration)
    records = Records(database, describe_tables(configuration), SYSTEM)
    load_demo(records, Files(database, records.tables, folder / "files", SYSTEM), Scale(25))
    yield records
    database.close()


def test_the_whole_is_what_is_stored_for_any_record_of_the_sample(sample: Records) -> None:
    chance = random.Random(7)
    looked = 0
    for stage in sample.tables.computation.stages:
        table = sample.tables.entities[stage.entity]
        with sample.database.read() as connection:
            ids = [row[0] for row in connection.execute(table.select().with_only_columns(table.c.id))]
        for record_id in chance.sample(ids, min(len(ids), 12)):
            with sample.reading():
                values = sample.get(stage.entity, record_id).values
                for computed in (one for one in stage.fields if one.name != TITLE):
                    found = sample.explain(stage.entity, record_id, computed.name)
                    error = ERROR_CODES.index(found.error) + 1 if found.error else None
                    assert stored_as(computed.field, found.root.value, values) == (found.value, error), found
                    assert found.value == values[computed.name]
                    looked += 1
    assert looked > 50


class TestWhatChangesWithTheDay:
    """Fields that are computed when they are read explain themselves too, and are what the database has computed."""

    @pytest.fixture
    def dated(self, database_url: str) -> Iterator[Records]:
        configuration = dated()
        database = ready_database(database_url, configuration)
        yield Records(database, describe_tables(configuration), SYSTEM)
        database.close()

    def test_a_field_that_follows_the_day(self, dated: Records) -> None:
        client = dated.create("client", Edit({"name": "Ann"})).id
        late = ordered(dated, client, 10, "100")
        ordered(dated, client, -3, "50")
        found = dated.explain("order", late, "days_late")
        assert found.value == 10
        condition = part_of(found, "late")
        assert (condition.value, condition.explained) == (True, ("order", late, "late"))
        assert part_of(found, "TODAY()").value == today()
        total = dated.explain("client", client, "overdue")
        rows = part_of(total, "orders.debt").rows
        assert rows is not None
        assert (total.value, rows.entered, rows.left_out) == (Decimal("121.00"), 1, 1)

    def test_each_is_what_the_database_computes(self, dated: Records) -> None:
        client = dated.create("client", Edit({"name": "Ann", "born": dt.date(1990, 2, 28)})).id
        orders = [ordered(dated, client, days, price) for days, price in ((10, "100"), (0, "7"), (None, "0"))]
        for entity, ids in (("order", orders), ("client", [client])):
            for (own, name), computed in dated.tables.computation.virtual.items():
                for record_id in ids if own == entity else ():
                    record = dated.get(entity, record_id)
                    found = dated.explain(entity, record_id, name)
                    assert (found.value, found.error) == (record.values[name], record.errors.get(name, ""))
                    stored, error = stored_as(computed.field, found.root.value, record.values)
                    assert (stored, error_code(error) if error else "") == (found.value, found.error), name

    def test_what_depends_on_who_asks(self, dated: Records) -> None:
        client = dated.create("client", Edit({"name": "Ann"})).id
        ben = Records(dated.database, dated.tables, Principal(2, "Ben"))
        found = ben.explain("client", client, "mine")
        assert found.value is False
        assert part_of(found, "USER()").value == Reference("_user", 2)
        assert part_of(found, "owner").value is None
