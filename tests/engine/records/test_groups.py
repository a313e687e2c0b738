"""Whatever is asked of random records, the database and columns in memory answer what going through all of them gives."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, cast, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.grouping import Amount, Grouping, Key, Merged, Tally
from engine.model import Configuration
from engine.model.report import Part
from engine.records import Edit, LineEdit, Record, Records
from engine.records.reporting import Reporting
from engine.rights import SYSTEM
from engine.storage.answering import LARGE
from engine.storage.tables import describe_tables
from formulas.values import ErrorCode, FormulaError
from tests.designer.pivot.brute import average, groups_of, key_of
from tests.ready import ready_database

ZONE = "Europe/Helsinki"
TRADE: dict[str, Any] = {
    "kartoteka": 1,
    "name": "trade",
    "timezone": ZONE,
    "week_starts": "sunday",
    "fiscal_year_starts": 4,
    "entities": {
        "client": {
            "fields": {
                "name": {"type": "text", "required": True},
                "city": {"type": "text"},
                "tier": {"type": "choice", "options": ["basic", "gold"]},
                "since": {"type": "date"},
                "chief": {"type": "reference", "to": "client"},
            }
        },
        "order": {
            "kind": "document",
            "fields": {
                "date": {"type": "date"},
                "made": {"type": "datetime"},
                "client": {"type": "reference", "to": "client"},
                "paid": {"type": "boolean"},
                "total": {"type": "money", "currency": "EUR"},
                "pieces": {"type": "integer"},
                "each": {"type": "decimal", "scale": 4, "formula": "10 / pieces"},
                "age": {"type": "integer", "formula": "IF(TODAY() > DATE(2000; 1; 1); pieces; 0)"},
                "lines": {"type": "lines", "of": "line"},
            },
        },
        "line": {"kind": "child", "fields": {"weight": {"type": "decimal", "scale": 3}}},
    },
}
CITIES = ("Oslo", "oslo", "Turku", "", None)
DAYS = [
    dt.date(1899, 12, 30),
    dt.date(1900, 1, 1),
    *(dt.date(2025, 12, 20) + dt.timedelta(9 * n) for n in range(30)),
    None,
]
MOMENTS = [dt.datetime(2026, 3, 28, 21, 30, tzinfo=dt.UTC) + dt.timedelta(hours=7 * n) for n in range(20)]


@pytest.fixture(scope="module")
def trade(lasting_url: str) -> Iterator[Records]:
    configuration = Configuration.model_validate(TRADE)
    records = Records(ready_database(lasting_url, configuration), describe_tables(configuration), SYSTEM)
    drawn = random.Random(7)
    for number in range(9):
        city, tier = drawn.choice(CITIES), drawn.choice(["basic", "gold", None])
        chief = drawn.choice([None, *range(1, number + 1)])
        values = {"name": f"c{number}", "city": city, "tier": tier, "since": drawn.choice(DAYS), "chief": chief}
        records.create("client", Edit(values))
    for _ in range(70):
        values = {
            "date": drawn.choice(DAYS),
            "made": drawn.choice([None, *MOMENTS]),
            "client": drawn.choice([None, *range(1, 10)]),
            "paid": drawn.random() < 0.5,
            "total": drawn.choice([None, Decimal(drawn.randrange(-5000, 5000)) / 100, Decimal("9999999999999.99")]),
            "pieces": drawn.choice([None, 0, 1, 3, 7]),
        }
        lines = tuple(
            LineEdit(None, {"weight": drawn.choice([None, Decimal(drawn.randrange(9000)) / 1000])}, key=str(line))
            for line in range(drawn.randrange(4))
        )
        records.create("order", Edit(values, lines={"lines": lines}))
    yield records
    records.database.close()


@cache
def rows_of(records: Records, entity: str) -> list[Mapping[str, Any]]:
    """Every record with all that its groups and amounts may name, in the order of time."""
    found = []
    for name in ("client", "order"):
        for number in range(1, 71 if name == "order" else 10):
            record = records.get(name, number)
            found.append((name, {**record.values, **_wrong(record), "id": record.id}, record.lines))
    clients = {values["id"]: values for name, values, _ in found if name == "client"}
    orders = [(_order(values, clients), lines) for name, values, lines in found if name == "order"]
    orders.sort(key=lambda one: (one[0]["date"] is not None, one[0]["date"] or dt.date.min, one[0]["id"]))
    if entity == "order":
        return [values for values, _ in orders]
    lines = [
        {**line.values, "id": line.id, **{f"order.{name}": value for name, value in values.items()}}
        for values, lines in orders
        for line in lines["lines"]
    ]
    return sorted(lines, key=lambda one: int(one["id"]))


def _wrong(record: Record) -> dict[str, FormulaError]:
    return {name: FormulaError(cast("ErrorCode", code)) for name, code in record.errors.items()}


def _order(values: Mapping[str, Any], clients: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    client = clients.get(values["client"], {})
    chief = clients.get(client.get("chief") or 0, {})
    made = values["made"]
    found = {**values, "made": made and made.astimezone(ZoneInfo(ZONE)), "total * 2": None}
    found |= {f"client.{name}": client.get(name) for name in ("city", "tier", "since", "chief")}
    found |= {"client.chief.city": chief.get("city"), "client.chief.since": chief.get("since")}
    found["total * 2"] = (values["total"] or Decimal(0)) * 2
    return found


PARTS = tuple(part for part in get_args(Part) if part != "hour")
BOUNDS = st.sampled_from([(Decimal(0),), (Decimal("-0.005"), Decimal(7), Decimal(20))])
FIELDS = (
    "client",
    "paid",
    "pieces",
    "each",
    "age",
    "client.city",
    "client.tier",
    "client.chief",
    "client.chief.city",
    "total",
)
DATES = ("date", "client.since", "client.chief.since")
KEYS = st.one_of(
    st.sampled_from(FIELDS).map(Key),
    st.builds(Key, st.sampled_from(DATES), st.sampled_from((None, *PARTS))),
    st.builds(Key, st.just("made"), st.sampled_from((*PARTS, "hour"))),
    st.builds(Key, st.sampled_from(("total", "pieces", "each", "age")), st.none(), BOUNDS),
)
NUMBERS = ("total", "pieces", "each", "age")
AMOUNTS = st.one_of(
    st.just(Amount("count")),
    st.builds(
        Amount,
        st.sampled_from(("sum", "average", "median", "min", "max", "count", "distinct", "first", "last")),
        st.sampled_from(NUMBERS),
    ),
    st.builds(Amount, st.sampled_from(("count", "distinct")), st.sampled_from(("client", "paid", "date"))),
    st.builds(Amount, st.sampled_from(("min", "max", "first", "last")), st.just("date")),
    st.builds(Amount, st.sampled_from(("sum", "median")), st.just(""), st.just("total * 2")),
)


@st.composite
def questions(draw: st.DrawFn) -> Grouping:
    keys = tuple(draw(st.lists(KEYS, max_size=3, unique=True)))
    levels = {
        (),
        tuple(range(len(keys))),
        *draw(st.lists(st.sampled_from(range(len(keys))).map(lambda one: (one,)), max_size=2) if keys else st.just([])),
    }
    return Grouping("order", keys, tuple(draw(st.lists(AMOUNTS, min_size=1, max_size=4))), tuple(sorted(levels)))


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(questions(), st.data())
def test_any_question(trade: Records, asked: Grouping, data: st.DataObject) -> None:
    rows = rows_of(trade, "order")
    merging = data.draw(st.booleans())
    if asked.keys and merging:
        position: int = data.draw(st.integers(0, len(asked.keys) - 1))
        under = tuple(range(data.draw(st.integers(0, position))))
        own = sorted(
            {
                tuple(key_of(asked.keys[place], row[asked.keys[place].path], 6, 4) for place in (*under, position))
                for row in rows
            },
            key=repr,
        )
        kept = frozenset(data.draw(st.lists(st.sampled_from(own), max_size=3)))
        asked = Grouping(asked.entity, asked.keys, asked.amounts, asked.levels, merged=(Merged(position, under, kept),))
    wanted = groups_of(rows, asked, week_starts=6, fiscal_year_starts=4)
    for large in (LARGE, 1):
        answer = Reporting(trade.database, trade.tables, trade.rights, large=large).answer(asked)
        assert answer.groups == wanted, answer.way
        assert answer.records == len(rows)


@pytest.mark.parametrize("large", [LARGE, 1])
def test_amounts_of_the_order_count_once_in_each_group_of_lines(trade: Records, large: int) -> None:
    lines = rows_of(trade, "line")
    asked = Grouping(
        "line",
        (Key("order.client.city"), Key("order.date", "month")),
        (
            Amount("sum", "order.total"),
            Amount("count", "order.total"),
            Amount("average", "order.pieces"),
            Amount("median", "order.pieces"),
        ),
        ((), (0,), (0, 1)),
    )
    answer = Reporting(trade.database, trade.tables, trade.rights, large=large).answer(asked)
    for level, groups in answer.groups.items():
        for keys, tallies in groups.items():
            members = {line["order.id"]: line for line in lines if _keys(asked, line, level) == keys}
            totals = [line["order.total"] for line in members.values() if line["order.total"] is not None]
            pieces = sorted(line["order.pieces"] for line in members.values() if line["order.pieces"] is not None)
            assert tallies[0].value == (sum(totals) if totals else None)
            assert tallies[1].value == len(totals)
            assert tallies[0].blanks == len(members) - len(totals)
            assert (tallies[2].value is None) == (not pieces)
            if pieces:
                middle = Decimal(pieces[(len(pieces) - 1) // 2] + pieces[len(pieces) // 2]) / 2
                assert tallies[3].value == middle
                assert tallies[2].value == average([Decimal(number) for number in pieces])


def _keys(asked: Grouping, line: Mapping[str, Any], level: tuple[int, ...]) -> tuple[Any, ...]:
    return tuple(key_of(asked.keys[place], line[asked.keys[place].path], 6, 4) for place in level)


def test_errors_are_told_apart_from_blanks(trade: Records) -> None:
    rows = rows_of(trade, "order")
    asked = Grouping("order", (), (Amount("sum", "each"),), ((),))
    tally = Reporting(trade.database, trade.tables, trade.rights).answer(asked).groups[()][()][0]
    assert tally.errors == sum(isinstance(row["each"], FormulaError) for row in rows) > 0
    assert tally.blanks == sum(row["each"] is None for row in rows)


def test_of_two_keys_some_may_be_kept_and_thousands_at_that(trade: Records) -> None:
    cities = frozenset({("Oslo",), (None,)})
    pieces = frozenset({("Oslo", 7), ("Oslo", None), (None, 3), *(("Turku", number) for number in range(8, 4000))})
    asked = Grouping(
        "order",
        (Key("client.city"), Key("pieces")),
        (Amount("distinct", "total"), Amount("median", "total")),
        ((0,), (0, 1)),
        merged=(Merged(0, (), cities), Merged(1, (0,), pieces)),
    )
    answer = Reporting(trade.database, trade.tables, trade.rights).answer(asked)
    assert answer.groups == groups_of(rows_of(trade, "order"), asked)


def test_what_no_record_of_a_group_has_is_counted_as_none(trade: Records) -> None:
    """Orders without a client lead to no city at all."""
    amounts = (Amount("count", "client.city"), Amount("distinct", "client.city"))
    asked = Grouping("order", (Key("client"),), amounts, ((0,),))
    groups = Reporting(trade.database, trade.tables, trade.rights).answer(asked).groups
    assert groups[0,][None,] == (Tally(0), Tally(0))
