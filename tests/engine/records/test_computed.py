"""Computed fields: whatever is done, they are what computing everything anew would give."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.expressions.results import error_code, stored_as
from engine.fields.decimal import DecimalField
from engine.fields.integer import IntegerField
from engine.fields.money import MoneyField
from engine.problems import Refused
from engine.records import Edit, LineEdit, Records
from engine.storage.recompute import Recompute
from tests.computed import open_trade

EUR = Decimal("0.01")
ENTITIES = ("client", "product", "order", "order_line", "payment")
NUMBERS = itertools.count()


@pytest.fixture
def trade(database_url: str) -> Iterator[Records]:
    records = open_trade(database_url)
    yield records
    records.database.close()


@contextmanager
def fresh(folder: Path) -> Iterator[Records]:
    records = open_trade(f"sqlite:///{(folder / f'{next(NUMBERS)}.sqlite').as_posix()}")
    yield records
    records.database.close()


def line(product: int | None, quantity: str, price: str | None = None, key: str = "1") -> LineEdit:
    values = {"product": product, "quantity": Decimal(quantity), "price": None if price is None else Decimal(price)}
    return LineEdit(None, values, key=key)


def value(records: Records, entity: str, record_id: int, field: str) -> Any:
    return records.get(entity, record_id).values[field]


def everything(records: Records) -> dict[str, list[tuple[Any, ...]]]:
    """All that is stored of every entity, but for versions and times."""
    found = {}
    with records.database.read() as connection:
        for entity in ENTITIES:
            table = records.tables.entities[entity]
            kept = [column for column in table.c if column.name not in ("_version", "_updated_at")]
            rows = connection.execute(table.select().with_only_columns(*kept).order_by(table.c.id))
            found[entity] = [tuple(row) for row in rows]
    return found


def compute_anew(records: Records) -> None:
    with records.database.write() as connection:
        Recompute(records.database, records.tables).everything(connection, ENTITIES)


class TestOneByOne:
    def test_a_save_computes_the_record_its_lines_and_what_adds_them_up(self, trade: Records) -> None:
        client = trade.create("client", Edit({"name": "Ann", "discount": Decimal("0.1")})).id
        saw = trade.create("product", Edit({"name": "Saw", "price": Decimal(10)})).id
        edit = Edit({"client": client}, lines={"lines": (line(saw, "3"), line(saw, "2", "1.5", "2"))})
        order = trade.create("order", edit).id
        found = trade.get("order", order)
        assert [one.values["amount"] for one in found.lines["lines"]] == [Decimal("27.00"), Decimal("2.70")]
        assert (found.values["net"], found.values["vat"]) == (Decimal("29.70"), Decimal("6.24"))
        assert found.values["city"] == "ANN"
        assert value(trade, "client", client, "turnover") == Decimal("35.94")
        assert value(trade, "product", saw, "sold") == 5

    def test_a_change_reaches_whatever_shows_it_and_nothing_else(self, trade: Records) -> None:
        saw = trade.create("product", Edit({"name": "Saw", "price": Decimal(10)})).id
        client = trade.create("client", Edit({"name": "Ann"})).id
        order = trade.create("order", Edit({"client": client}, lines={"lines": (line(saw, "1"),)})).id
        before = trade.get("order", order).version
        trade.update("product", saw, Edit({"price": Decimal(20)}))
        assert value(trade, "client", client, "turnover") == Decimal("24.20")
        # Nobody has edited the order: an open form of it is not out of date.
        assert trade.get("order", order).version == before

    def test_a_record_that_moves_is_counted_where_it_is(self, trade: Records) -> None:
        ann, bob = (trade.create("client", Edit({"name": name})).id for name in ("Ann", "Bob"))
        order = trade.create("order", Edit({"client": ann}, lines={"lines": (line(None, "1", "100"),)})).id
        trade.update("order", order, Edit({"client": bob}))
        assert [value(trade, "client", one, "turnover") for one in (ann, bob)] == [0, Decimal("121.00")]
        assert value(trade, "order", order, "city") == "BOB"

    def test_a_link_that_is_computed_leaves_where_it_led_before(self, trade: Records) -> None:
        ann, bob = (trade.create("client", Edit({"name": name})).id for name in ("Ann", "Bob"))
        order = trade.create("order", Edit({"client": ann})).id
        trade.create("payment", Edit({"order": order, "kind": "cash", "amount": Decimal(5)}))
        trade.update("order", order, Edit({"client": bob}))
        assert [value(trade, "client", one, "received") for one in (ann, bob)] == [0, 5]

    def test_what_is_in_the_trash_counts_nowhere(self, trade: Records) -> None:
        client = trade.create("client", Edit({"name": "Ann"})).id
        order = trade.create("order", Edit({"client": client}, lines={"lines": (line(None, "1", "100"),)})).id
        payment = trade.create("payment", Edit({"order": order, "kind": "cash", "amount": Decimal(21)})).id
        assert value(trade, "order", order, "debt") == 100
        trade.delete("payment", [payment])
        assert value(trade, "client", client, "debt") == 121
        trade.restore("payment", [payment])
        assert value(trade, "client", client, "debt") == 100
        trade.delete("order", [order])
        assert value(trade, "client", client, "debt") == 0
        trade.restore("order", [order])
        assert value(trade, "client", client, "debt") == 100

    def test_a_filter_follows_the_field_that_it_looks_at(self, trade: Records) -> None:
        order = trade.create("order", Edit({})).id
        payment = trade.create("payment", Edit({"order": order, "kind": "cash", "amount": Decimal(5)})).id
        assert value(trade, "order", order, "paid") == 5
        trade.update("payment", payment, Edit({"kind": "refund"}))
        assert value(trade, "order", order, "paid") == -5

    def test_an_error_is_kept_beside_a_blank_and_stops_nobody(self, trade: Records) -> None:
        order = trade.create("order", Edit({})).id
        found = trade.get("order", order)
        assert found.values["share"] is None
        assert found.errors == {"share": "#DIV/0!"}
        trade.update("order", order, Edit({}, lines={"lines": (line(None, "1", "1"),)}))
        assert trade.get("order", order).errors == {}

    def test_nobody_types_into_a_computed_field(self, trade: Records) -> None:
        with pytest.raises(Refused) as refused:
            trade.create("client", Edit({"name": "Ann", "turnover": Decimal(5)}))
        assert [found.code for found in refused.value.problems] == ["field-not-editable"]

    def test_rows_added_in_bulk_are_computed_together(self, trade: Records) -> None:
        with trade.batch() as batch:
            clients = batch.add("client", ["name"], [[f"Client {number}"] for number in range(30)])
            orders = batch.add("order", ["client"], [[clients[number % 30]] for number in range(300)])
            rows = [[orders[number % 300], Decimal(1), Decimal(10)] for number in range(900)]
            batch.add("order_line", ["order", "quantity", "price"], rows)
        assert value(trade, "client", clients[0], "turnover") == 10 * 3 * Decimal("12.10")
        before = everything(trade)
        compute_anew(trade)
        assert everything(trade) == before


class TestPreview:
    def test_it_is_what_a_save_would_give_and_nothing_stays_of_it(self, trade: Records) -> None:
        client = trade.create("client", Edit({"name": "Ann", "discount": Decimal("0.1")})).id
        edit = Edit({"client": client}, lines={"lines": (line(None, "3", "10", "n1"), line(None, "2", "1", "n2"))})
        before = everything(trade)
        found = trade.preview("order", None, edit)
        assert everything(trade) == before
        assert found is not None
        amounts = {found.keys["lines"][one.id or 0]: one.values["amount"] for one in found.record.lines["lines"]}
        assert amounts == {"n1": Decimal("27.00"), "n2": Decimal("1.80")}
        saved = trade.get("order", trade.create("order", edit).id)
        computed = [name for name, field in trade.configuration.entities["order"].fields.items() if field.formula]
        assert {name: found.record.values[name] for name in computed} == {name: saved.values[name] for name in computed}

    def test_what_does_not_fit_is_left_out(self, trade: Records) -> None:
        order = trade.create("order", Edit({}, lines={"lines": (line(None, "3", "10"),)})).id
        (kept,) = trade.get("order", order).lines["lines"]
        edits = (LineEdit(kept.id, {"quantity": "many"}, key=str(kept.id)), line(None, "1", "1", "n1"))
        found = trade.preview("order", order, Edit({"date": "soon", "client": 77}, lines={"lines": edits}))
        assert found is None or found.record.values["net"] == Decimal(31)
        found = trade.preview("order", order, Edit({"date": "soon"}, lines={"lines": edits}))
        assert found is not None
        assert found.record.values["net"] == Decimal(31)
        gone = LineEdit(kept.id, {}, deleted=True)
        found = trade.preview("order", order, Edit({}, lines={"lines": (gone,)}))
        assert found is not None
        assert found.record.values["net"] == 0


class TestTogether:
    def test_writers_at_the_same_time_leave_the_sum_of_the_rows(self, trade: Records) -> None:
        client = trade.create("client", Edit({"name": "Ann"})).id
        orders = [trade.create("order", Edit({"client": client})).id for _ in range(3)]

        def add(number: int) -> None:
            mine = Records(trade.database, trade.tables, trade.principal)
            edit = Edit({"order": orders[number % 3], "kind": "cash", "amount": Decimal(number)})
            mine.create("payment", edit)

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(add, range(48)))
        assert [value(trade, "order", order, "paid") for order in orders] == [
            sum(range(first, 48, 3)) for first in range(3)
        ]
        assert value(trade, "client", client, "debt") == -sum(range(48))


@pytest.mark.parametrize(
    "field",
    [
        MoneyField(type="money", currency="EUR"),
        DecimalField(type="decimal", scale=10),
        IntegerField(type="integer"),
    ],
)
@pytest.mark.parametrize("size", [15, 16, 28, 29])
def test_a_number_that_no_field_holds_is_an_error(field: Any, size: int) -> None:
    for sign in (1, -1):
        stored, error = stored_as(field, sign * Decimal(10) ** size, {})
        assert (stored, error_code(error or 0)) == (None, "#NUM!")


AMOUNTS = st.decimals(-1000, 1000, places=2) | st.sampled_from([None, Decimal(0), Decimal("0.005").quantize(EUR)])
NAMES = st.sampled_from(["", "Ann", "Straße", "Ёлка", "x" * 20])
PICKS = st.integers(0, 5)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("client"), PICKS, NAMES, st.none() | st.decimals(0, 1, places=4)),
        st.tuples(st.just("boss"), PICKS, PICKS),
        st.tuples(st.just("price"), PICKS, AMOUNTS),
        st.tuples(st.just("order"), PICKS, st.lists(st.tuples(PICKS, st.integers(-3, 9), AMOUNTS), max_size=3)),
        st.tuples(st.just("move"), PICKS, PICKS),
        st.tuples(st.just("extra"), PICKS, st.lists(PICKS, max_size=3, unique=True)),
        st.tuples(st.just("relines"), PICKS, st.integers(0, 3), PICKS),
        st.tuples(st.just("pay"), PICKS, st.sampled_from(["cash", "card", "refund", None]), AMOUNTS),
        st.tuples(st.just("repay"), PICKS, PICKS, st.sampled_from(["cash", "refund"])),
        st.tuples(st.just("delete"), st.sampled_from(["client", "product", "order", "payment"]), PICKS),
        st.tuples(st.just("restore"), st.sampled_from(["client", "product", "order", "payment"]), PICKS),
    ),
    min_size=1,
    max_size=12,
)


class Model:
    """Does one step after another on records that are picked by number; what is refused changes nothing."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.ids: dict[str, list[int]] = {entity: [] for entity in ENTITIES}
        for number in range(2):
            self.client(9, f"Client {number}", None)
            self.ids["product"].append(records.create("product", Edit({"price": Decimal(number + 1)})).id)
        self.order(0, [(0, 2, None)])

    def pick(self, entity: str, number: int) -> int | None:
        ids = self.ids[entity]
        return ids[number % len(ids)] if ids and number < 5 else None

    def run(self, step: tuple[Any, ...]) -> None:
        try:
            getattr(self, step[0])(*step[1:])
        except (Refused, LookupError):
            return

    def client(self, number: int, name: str, discount: Decimal | None) -> None:
        known = self.pick("client", number)
        edit = Edit({"name": name, "discount": discount})
        if known is None:
            self.ids["client"].append(self.records.create("client", edit).id)
        else:
            self.records.update("client", known, edit)

    def boss(self, number: int, boss: int) -> None:
        self.records.update("client", self.pick("client", number) or 0, Edit({"boss": self.pick("client", boss)}))

    def price(self, number: int, price: Decimal | None) -> None:
        self.records.update("product", self.pick("product", number) or 0, Edit({"price": price}))

    def order(self, number: int, lines: list[tuple[int, int, Decimal | None]]) -> None:
        edits = tuple(
            LineEdit(
                None,
                {"product": self.pick("product", product), "quantity": Decimal(count), "price": price},
                key=str(at),
            )
            for at, (product, count, price) in enumerate(lines)
        )
        edit = Edit(
            {"client": self.pick("client", number), "date": dt.date(2026, 1, 1 + number)}, lines={"lines": edits}
        )
        self.ids["order"].append(self.records.create("order", edit).id)

    def move(self, number: int, client: int) -> None:
        self.records.update("order", self.pick("order", number) or 0, Edit({"client": self.pick("client", client)}))

    def extra(self, number: int, products: list[int]) -> None:
        chosen = dict.fromkeys(found for one in products if (found := self.pick("product", one)))
        self.records.update("order", self.pick("order", number) or 0, Edit({"extra": tuple(chosen) or None}))

    def relines(self, number: int, count: int, product: int) -> None:
        """Keep the first lines, change the product of the last one kept, and delete the others."""
        order = self.records.get("order", self.pick("order", number) or 0)
        kept = order.lines["lines"][:count]
        edits = [LineEdit(one.id, {"product": self.pick("product", product)}, key=str(one.id)) for one in kept]
        edits += [LineEdit(one.id, {}, deleted=True) for one in order.lines["lines"][count:]]
        self.records.update("order", order.id or 0, Edit({}, lines={"lines": tuple(edits)}))

    def pay(self, order: int, kind: str | None, amount: Decimal | None) -> None:
        edit = Edit({"order": self.pick("order", order), "kind": kind, "amount": amount})
        self.ids["payment"].append(self.records.create("payment", edit).id)

    def repay(self, number: int, order: int, kind: str) -> None:
        edit = Edit({"order": self.pick("order", order), "kind": kind})
        self.records.update("payment", self.pick("payment", number) or 0, edit)

    def delete(self, entity: str, number: int) -> None:
        self.records.delete(entity, [self.pick(entity, number) or 0])

    def restore(self, entity: str, number: int) -> None:
        self.records.restore(entity, [self.pick(entity, number) or 0])


def check_steps(records: Records, steps: list[tuple[Any, ...]]) -> None:
    model = Model(records)
    for step in steps:
        model.run(step)
    before = everything(records)
    compute_anew(records)
    after = everything(records)
    assert after == before


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_any_sequence_of_changes_leaves_what_computing_everything_gives(
    tmp_path: Path, steps: list[tuple[Any, ...]]
) -> None:
    with fresh(tmp_path) as records:
        check_steps(records, steps)


@pytest.mark.postgresql
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_any_sequence_does_on_postgresql_too(postgresql_url: str, steps: list[tuple[Any, ...]]) -> None:
    records = open_trade(postgresql_url) if not started(postgresql_url) else started(postgresql_url)
    assert records is not None
    check_steps(records, steps)


_STARTED: dict[str, Records] = {}


def started(url: str) -> Records | None:
    """The business in a database, opened at the first example; later ones go on with what it holds."""
    if url not in _STARTED:
        _STARTED[url] = open_trade(url)
    return _STARTED[url]
