"""Columns in memory answer what the database answers: for everybody, whatever is asked, whatever has changed since."""

from __future__ import annotations

import copy
import datetime as dt
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any
from unittest import mock

import numpy as np
import pytest
from sqlalchemy import text

from engine.grouping import Amount, Answer, Grouping, Key, Merged, Wrong
from engine.problems import Refused
from engine.query import Compound, Condition, Criterion, Query
from engine.records import Edit, LineEdit, Records
from engine.records.reporting import Reporting
from engine.rights import SYSTEM, Rights
from engine.storage import grouped, partial
from engine.storage.changes import Changes
from engine.storage.columns import choosing
from engine.storage.columns.answering import _moments
from engine.storage.columns.choosing import from_memory
from engine.storage.columns.folding import Facts, numbered, sums
from engine.storage.columns.grid import Leaf, together
from engine.storage.columns.keeping import Sight, kept_of
from engine.storage.columns.reading import Unkept
from engine.storage.grouped import Grouper
from engine.storage.select import Reader
from engine.storage.tables import describe_tables
from engine.storage.touched import mark, tell
from tests.guarded import GUARDED, as_person, described, open_guarded

ROLES: dict[str, Any] = {
    **GUARDED["roles"],
    "manager": {
        "grants": [
            {
                "entity": "order",
                "can": ["read", "report"],
                "where": "manager = USER()",
                "fields": {
                    "rebate": {"hidden_if": 'status = "paid"'},
                    "client": {"hidden_if": "rebate > 5"},
                    "lines.cost": "hidden",
                    "lines.product": {"hidden_if": 'status = "new"'},
                },
            },
            {"entity": "client", "can": ["read", "report"], "fields": {"city": {"hidden_if": "discount > 10"}}},
            {"entity": "product", "can": ["read"], "where": "price > 3"},
        ]
    },
    "clerk": {
        "grants": [
            {"entity": "order", "can": ["read"]},
            {"entity": "order", "can": ["report"], "where": 'client.city = "Oslo"'},
            {"entity": "client", "can": ["read"], "where": 'city <> "Turku"'},
            {"entity": "product", "can": ["read", "report"]},
        ]
    },
    "everyone": {},
}
PEOPLE = (("system", 0), ("manager", 1), ("manager", 2), ("clerk", 3))
CITIES = ("Oslo", "oslo", "Turku", "Åbo", None)
DAYS = (*(dt.date(2026, 1, 3) + dt.timedelta(11 * number) for number in range(20)), None)
KEYS: dict[str, tuple[Key, ...]] = {
    "order": (
        Key("client"),
        Key("client.city"),
        Key("client.manager"),
        Key("client.turnover", None, (Decimal(10), Decimal(60))),
        Key("date", "month"),
        Key("date"),
        Key("status"),
        Key("manager"),
        Key("rebate"),
        Key("archived"),
    ),
    "order_line": (
        Key("order.client.city"),
        Key("order.client"),
        Key("order.date", "quarter"),
        Key("order.status"),
        Key("product"),
        Key("product.name"),
        Key("quantity", None, (Decimal(1), Decimal("2.5"))),
        Key("order"),
    ),
    "client": (Key("city"), Key("manager"), Key("turnover")),
}
AMOUNTS: dict[str, tuple[Amount, ...]] = {
    "order": tuple(
        Amount(aggregate, path)
        for path in ("total", "rebate", "client.turnover", "client.discount")
        for aggregate in ("sum", "average", "min", "max", "median", "count", "distinct")
    )
    + tuple(Amount(aggregate, path) for path in ("date", "client", "note", "total") for aggregate in ("first", "last"))
    + (
        Amount("sum", expression="COUNT(tags)"),
        Amount("sum", expression="COUNT(lines)"),
        Amount("min", "date"),
        Amount("max", "client.manager"),
        Amount("distinct", "client.city"),
        Amount("count"),
    ),
    "order_line": (
        *tuple(
            Amount(aggregate, path)
            for path in ("amount", "quantity", "order.total", "order.client.turnover", "product.price")
            for aggregate in ("sum", "average", "min", "max", "median", "count", "distinct")
        ),
        Amount("sum", expression="quantity * price"),
        Amount("average", expression="amount - quantity * product.price"),
        Amount("distinct", "product"),
        Amount("first", "amount"),
        Amount("distinct", "order.client.city"),
        Amount("max", "order.date"),
        Amount("count"),
    ),
    "client": (
        Amount("sum", expression="COUNT(orders)"),
        Amount("sum", "turnover"),
        Amount("count"),
        Amount("median", "discount"),
        Amount("last", "name"),
    ),
}
CONDITIONS: dict[str, tuple[Criterion, ...]] = {
    "order": (
        Condition("client.city", "equals", ("oslo",)),
        Condition("client.city", "differs", ("oslo",)),
        Condition("client.city", "blank"),
        Condition("client.manager", "any_of", (1,)),
        Condition("status", "none_of", ("paid",)),
        Condition("date", "from", (dt.date(2026, 3, 1),)),
        Condition("tags", "any_of", (1, 2)),
        Condition("rebate", "lt", (Decimal(4),)),
        Condition("id", "any_of", (1, 2, 3, 5, 8, 13, 21)),
        Condition("date", "during", ("before_today",)),
        Compound(
            "any",
            (
                Condition("client.city", "equals", ("oslo",)),
                Compound("all", (Condition("status", "blank"), Condition("rebate", "lt", (Decimal(4),)))),
            ),
        ),
    ),
    "order_line": (
        Condition("order.client.city", "filled"),
        Condition("order.client.city", "differs", ("turku",)),
        Condition("order.date", "until", (dt.date(2026, 5, 1),)),
        Condition("product", "any_of", (1, 3)),
        Condition("product.name", "contains", ("p",)),
        Condition("amount", "gt", (Decimal(3),)),
    ),
    "client": (Condition("name", "contains", ("1",)), Condition("turnover", "gt", (Decimal(9),))),
}
WHERE = {"order": "total > 5", "order_line": 'order.client.city = "Oslo" OR quantity > 2', "client": "turnover > 20"}


@pytest.fixture(scope="module")
def trade(lasting_url: str) -> Iterator[Records]:
    records = filled(lasting_url)
    yield records
    records.database.close()


def filled(url: str) -> Records:
    """Products, clients and orders with lines."""
    records = open_guarded(url, described(roles=copy.deepcopy(ROLES)))
    drawn = random.Random(5)
    for number in range(4):
        records.create("product", Edit({"name": f"p{number}", "price": Decimal(number + 2)}))
    for _ in range(6):
        records.create("client", Edit(client(drawn)))
    for _ in range(40):
        records.create("order", Edit(order(drawn), lines={"lines": lines(drawn)}))
    return records


def client(drawn: random.Random) -> dict[str, Any]:
    return {
        "name": f"c{drawn.randrange(100)}",
        "city": drawn.choice(CITIES),
        "manager": drawn.choice([1, 2, None]),
        "discount": drawn.choice([None, Decimal(5), Decimal(20)]),
    }


def order(drawn: random.Random) -> dict[str, Any]:
    return {
        "date": drawn.choice(DAYS),
        "client": drawn.randrange(1, 7),
        "manager": drawn.choice([1, 2, None]),
        "status": drawn.choice(["new", "paid", None]),
        "rebate": drawn.choice([None, *(Decimal(number) / 100 for number in range(0, 900, 150))]),
        "note": drawn.choice([None, "n", "m"]),
        "archived": drawn.random() < 0.2,
        "tags": tuple(drawn.sample(range(1, 5), drawn.randrange(3))),
    }


def lines(drawn: random.Random) -> tuple[LineEdit, ...]:
    return tuple(LineEdit(None, line(drawn), key=str(number)) for number in range(drawn.randrange(4)))


def line(drawn: random.Random) -> dict[str, Any]:
    return {
        "product": drawn.choice([1, 2, 3, 4, None]),
        "quantity": drawn.choice([None, *(Decimal(number) / 4 for number in range(16))]),
        "price": drawn.choice([None, Decimal("1.05"), Decimal(3), Decimal("9.99")]),
    }


def change(records: Records, drawn: random.Random) -> None:
    """Something that people do."""
    drawn.choice(CHANGES)(records, drawn)


def change_record(records: Records, drawn: random.Random) -> None:
    if drawn.random() < 0.5:
        records.update("client", drawn.randrange(1, 7), Edit(client(drawn)))
    else:
        records.update("product", drawn.randrange(1, 5), Edit({"price": Decimal(drawn.randrange(1, 9))}))


def change_order(records: Records, drawn: random.Random) -> None:
    number = drawn.randrange(1, 41)
    if not records.page(Query("order", conditions=(Condition("id", "any_of", (number,)),))).rows:
        records.restore("order", [number])
    elif drawn.random() < 0.5:
        records.update("order", number, Edit(order(drawn)))
    else:
        present = records.get("order", number).lines["lines"]
        kept = tuple(LineEdit(own.id, line(drawn), key=str(own.id)) for own in present[1:])
        gone = tuple(LineEdit(own.id, {}, key=str(own.id), deleted=True) for own in present[:1])
        records.update("order", number, Edit({}, lines={"lines": (*gone, *kept, *lines(drawn))}))


def add(records: Records, drawn: random.Random) -> None:
    records.create("order", Edit(order(drawn), lines={"lines": lines(drawn)}))
    with records.batch() as batch:
        ids = batch.reserve("product", 2)
        batch.add("product", ("name", "price"), [("q", Decimal(1)), (None, None)], ids)


def remove(records: Records, drawn: random.Random) -> None:
    records.delete("order", [drawn.randrange(1, 41)])


CHANGES = (change_record, change_order, change_order, add, remove)


def question(drawn: random.Random) -> Grouping:
    entity = drawn.choice(["order", "order_line", "client"])
    keys = tuple(drawn.sample(KEYS[entity], drawn.randrange(4)))
    amounts = tuple(drawn.sample(AMOUNTS[entity], drawn.randrange(1, 5)))
    levels = {(), tuple(range(len(keys)))} | ({(len(keys) - 1,)} if keys else set())
    conditions = tuple(drawn.sample(CONDITIONS[entity], drawn.choice([0, 0, 1, 2])))
    where = WHERE[entity] if drawn.random() < 0.2 else ""
    search = drawn.choice(["1", "o"]) if drawn.random() < 0.2 else ""
    return Grouping(entity, keys, amounts, tuple(sorted(levels)), conditions, where, search=search)


def rights(records: Records, role: str, number: int) -> Rights:
    return records.rights if role == "system" else as_person(records, number, role).rights


def both(records: Records, seen: Rights, asked: Grouping) -> tuple[Answer, Answer | None]:
    """What the database answers, and what memory does."""
    if seen.may("report", asked.entity):
        seen = seen.for_action("report", asked.entity)
    reader = Reader(records.database, records.tables, seen)
    with records.database.read() as connection:
        now = mark(records.database, connection)
        kept = from_memory(reader, connection, now, asked, 0)
        return Grouper(reader, connection, asked).answer(), kept


def merging(drawn: random.Random, asked: Grouping, found: Answer) -> Grouping:
    """The question with only some keys kept, drawn from those that there are."""
    level = tuple(range(len(asked.keys)))
    held = sorted(found.groups[level], key=repr)
    kept = drawn.sample(held, min(len(held), 3))
    position = drawn.randrange(len(asked.keys))
    under = tuple(range(drawn.randrange(position + 1)))
    chosen = frozenset(tuple(keys[place] for place in (*under, position)) for keys in kept)
    return Grouping(
        asked.entity,
        asked.keys,
        asked.amounts,
        asked.levels,
        asked.conditions,
        asked.where,
        (Merged(position, under, chosen),),
    )


def differences(first: Answer, second: Answer) -> list[Any]:
    """The groups of which two answers say something else."""
    found = [
        (level, keys, one.get(keys), two.get(keys))
        for level, one in first.groups.items()
        for two in [second.groups[level]]
        for keys in one.keys() | two.keys()
        if one.get(keys) != two.get(keys)
    ]
    return found[:3]


def test_whatever_is_asked_after_whatever_was_changed(trade: Records) -> None:
    drawn, answered, refused = random.Random(1), 0, 0
    for _ in range(12):
        for _ in range(drawn.randrange(4)):
            change(trade, drawn)
        for role, number in PEOPLE:
            asked, seen = question(drawn), rights(trade, role, number)
            try:
                by_database, by_memory = both(trade, seen, asked)
            except KeyError:
                refused += 1  # a field that is not there for this person
                continue
            if by_memory is not None:
                answered += 1
                assert by_memory.records == by_database.records
                assert not differences(by_database, by_memory), (asked, differences(by_database, by_memory))
            if asked.keys:
                by_database, by_memory = both(trade, seen, merging(drawn, asked, by_database))
                assert by_memory is None or not differences(by_database, by_memory), asked
    assert answered > 20
    assert refused < answered


COUNTED = Grouping("order", (Key("status"),), (Amount("count"), Amount("sum", "total")), ((), (0,)))


def test_a_transaction_that_commits_late_is_not_missed(postgresql_url: str) -> None:
    """On PostgreSQL changes become visible in another order than they were begun; SQLite has one writer at a time."""
    trade = filled(postgresql_url)
    trade.update("order", 1, Edit({"status": "new"}))
    both(trade, trade.rights, COUNTED)
    with trade.database.write() as late:
        late.execute(text("UPDATE \"order\" SET status = 'paid' WHERE id = 1"))
        tell(trade.database, late, _changed("order", 1))
        trade.update("order", 2, Edit({"status": "paid"}))
        trade.update("order", 3, Edit({"status": "new"}))
        agree(trade)
    agree(trade)
    trade.database.close()


@pytest.mark.parametrize(("entity", "listed"), [("client", "orders"), ("order", "tags"), ("order", "lines")])
def test_what_a_list_holds_is_each_readers_own(trade: Records, entity: str, listed: str) -> None:
    asked = Grouping(entity, (), (Amount("sum", expression=f"COUNT({listed})"),), ((),))
    for role, number in PEOPLE:
        assert both(trade, rights(trade, role, number), asked)[1] is None


def test_first_and_last_take_an_error_in_the_day_for_a_blank() -> None:
    values = [None, dt.date(2026, 2, 1), Wrong(3), dt.date(2026, 1, 1), None, Wrong(1)]
    assert _moments(values).tolist() == [0, 6, 0, 5, 0, 0]


def test_a_configuration_that_is_applied_meanwhile_is_not_mixed_with_the_one_before(trade: Records) -> None:
    agree(trade)
    with trade.database.read() as connection:
        now = mark(trade.database, connection)
        kept = kept_of(trade.database)
        sight = Sight(kept, trade.database, trade.tables, connection, now)
        kept.begin(describe_tables(trade.tables.configuration.model_copy(update={"name": "another"})))
        with pytest.raises(Unkept):
            sight.population("order")


def test_a_transaction_that_began_before_sees_its_own_state(trade: Records) -> None:
    reader = Reader(trade.database, trade.tables, trade.rights)
    first, second = (row[0] for row in trade.page(Query("order", limit=2)).rows)
    with trade.database.read() as connection:
        earlier = mark(trade.database, connection)
        trade.update("order", first, Edit({"status": "paid"}))
        trade.delete("order", [second])
        agree(trade)
        assert from_memory(reader, connection, earlier, COUNTED, 0) is None


def test_memory_has_its_bounds(trade: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = kept_of(trade.database)
    kept.begin(
        describe_tables(trade.tables.configuration.model_copy(update={"name": "another"}))
    )  # nothing is kept of other tables
    agree(trade)
    few = kept.bytes
    monkeypatch.setattr(kept, "most_bytes", few + 1200)
    with mock.patch.object(choosing, "bytes_of", return_value=0):
        agree(trade, replace(COUNTED, keys=(Key("client.city"), Key("manager"), Key("archived"))))
    assert 0 < few < kept.bytes <= few + 1200
    monkeypatch.setattr(kept, "most_bytes", 100)
    assert both(trade, trade.rights, replace(COUNTED, keys=(Key("note"),)))[1] is None


def test_another_configuration_begins_anew(trade: Records) -> None:
    agree(trade)
    other = Records(
        trade.database, describe_tables(trade.tables.configuration.model_copy(update={"name": "another"})), SYSTEM
    )
    agree(other)
    assert kept_of(trade.database).tables is other.tables


def test_who_asks_is_told_what_computed_it(trade: Records) -> None:
    ways = [
        Reporting(trade.database, trade.tables, trade.rights, large=large).answer(COUNTED).way for large in (1, 1000)
    ]
    assert ways == ["columns", "sql"]


def test_few_records_are_looked_up_where_no_columns_are_there_yet(trade: Records) -> None:
    reporting = Reporting(trade.database, trade.tables, trade.rights, large=20)
    kept_of(trade.database).begin(describe_tables(trade.tables.configuration.model_copy(update={"name": "another"})))
    narrow = replace(COUNTED, conditions=(Condition("id", "any_of", (1, 2)),))
    assert [reporting.answer(asked).way for asked in (narrow, COUNTED, narrow)] == ["sql", "columns", "columns"]


def test_too_many_groups_are_refused_before_they_are_made(trade: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = replace(COUNTED, keys=(Key("date"), Key("client")), levels=((0, 1),))
    for module in (partial, grouped):
        monkeypatch.setattr(module, "MOST_GROUPS", 10)
    for large in (1, 1000):
        with pytest.raises(Refused) as refused:
            Reporting(trade.database, trade.tables, trade.rights, large=large).answer(asked)
        assert [found.code for found in refused.value.problems] == ["report-too-large"]


def test_sums_are_exact_however_large(trade: Records) -> None:
    """Beyond what fits into 64 bits together."""
    most = Decimal("9000000000000.00")
    for _ in range(3):
        trade.create("product", Edit({"name": "dear", "price": most, "cost": -most}))
    asked = Grouping("product", (), (Amount("max", "price"), Amount("sum", "cost")), ((),))
    found = from_memory_of(trade, asked)
    assert found is not None
    assert [tally.value for tally in found.groups[()][()]] == [most, -3 * most]
    cells, facts = np.zeros(3000, dtype=np.int64), np.full(3000, 9 * 10**15, dtype=np.int64)
    assert sums(cells, Facts(facts, None, 9 * 10**15), 1).whole() == [27 * 10**18]
    assert sums(cells, Facts(-facts, None, 9 * 10**15), 1).folded(np.zeros(1, dtype=np.int64), 1).whole() == [
        -27 * 10**18
    ]


def test_many_values_of_many_keys_are_numbered_by_those_that_occur() -> None:
    drawn = np.random.default_rng(3)
    codes = [drawn.integers(0, 5000, 4000) for _ in range(3)]
    grid = together([Leaf(place, own, 5000) for place, own in enumerate(codes)], 4000)
    present, cells = numbered(grid.codes, grid.size)
    decoded = grid.decoded(present)
    for place, own in enumerate(codes):
        assert (decoded[place][cells] == own).all()


def test_nothing_of_it_is_imported_before_it_is_needed() -> None:
    said = "import sys, engine.records.reporting; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", said], check=True, timeout=60)


def from_memory_of(records: Records, asked: Grouping) -> Answer | None:
    return both(records, records.rights, asked)[1]


def agree(records: Records, asked: Grouping = COUNTED) -> None:
    by_database, by_memory = both(records, records.rights, asked)
    assert by_memory is not None
    assert not differences(by_database, by_memory)


def _changed(entity: str, record_id: int) -> Changes:
    changes = Changes()
    changes.note(entity, ("status",), (record_id,))
    return changes
