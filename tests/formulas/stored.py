"""The company's orders and lines in tables of both databases, and the same records for the evaluator: what SQL and
Python compute must agree on every row."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    MetaData,
    Numeric,
    Select,
    SmallInteger,
    Table,
    Text,
    insert,
    select,
)

from formulas import Compiled, Evaluator, compile_formula
from formulas.decimals import stored
from formulas.scope import Member, Simple
from formulas.to_sql import Rows, System, condition, functions_of, value
from formulas.types import BOOLEAN, DATE, NUMBER, TEXT, list_of, money, record
from formulas.values import Context, FormulaError, Reference, Value

TODAY = dt.date(2024, 5, 15)
CONTEXT = Context(TODAY, dt.datetime(2024, 5, 15, 12, tzinfo=dt.UTC))
PLACES, DIGITS = 4, 18
EUR = money("EUR")

ORDER: Mapping[str, Member] = {
    "net": Member(EUR, digits=15, places=2),
    "price": Member(EUR, digits=17, places=2),
    "margin": Member(EUR, digits=17, places=2),
    "quantity": Member(NUMBER, digits=15, places=3),
    "count": Member(NUMBER, digits=15, places=0),
    "discount": Member(NUMBER, digits=14, places=10),
    "archived": Member(BOOLEAN),
    "paid": Member(BOOLEAN),
    "date": Member(DATE),
    "due": Member(DATE),
    "note": Member(TEXT),
    "status": Member(TEXT),
    "client": Member(record("client")),
    "other": Member(record("client")),
    "lines": Member(list_of(record("line"))),
}
LINE: Mapping[str, Member] = {
    "amount": Member(EUR, digits=15, places=2),
    "weight": Member(NUMBER, digits=15, places=3),
    "share": Member(NUMBER, digits=15, places=3),
    "kind": Member(TEXT),
    "day": Member(DATE),
}
COMPUTED = frozenset({"margin", "share"})
"""Fields that were computed, and may have an error in place of a value."""
ERROR = "__error"
SCOPE = Simple("order", {"order": ORDER, "line": LINE, "client": {}})

EDGES: Mapping[str, tuple[Any, ...]] = {
    "number": tuple(
        None if text is None else Decimal(text)
        for text in (
            None,
            "0",
            "1",
            "-1",
            "2",
            "3",
            "-7",
            "0.01",
            "-0.01",
            "0.005",
            "-0.005",
            "1.005",
            "-2.345",
            "2.675",
            "0.5",
            "-0.5",
            "1.5",
            "99.995",
            "100",
            "0.0000000001",
            "0.3333333333",
            "12345.67",
            "-98765.43",
            "1000000000",
            "3000000000.01",
            "-70000000000.55",
            "99999999999999",
            "-99999999999999.99",
        )
    ),
    "boolean": (None, True, False),
    "date": (
        None,
        dt.date(2024, 2, 29),
        dt.date(2023, 1, 31),
        dt.date(2024, 12, 31),
        dt.date(1, 1, 1),
        dt.date(9999, 12, 31),
        dt.date(1582, 10, 10),
        dt.date(2000, 3, 1),
        TODAY,
    ),
    "text": (
        None,
        "new",
        "paid",
        "NEW",
        "Ёж",
        "straße",
        "STRASSE",
        " new",
        "new\u00a0",
        "\t",
        "e\u0301",
        "é",
        "'\"%_\\",
    ),
    "record": (None, 1, 2),
}


def rows(members: Mapping[str, Member], count: int, seed: int) -> list[dict[str, Any]]:
    """Records of edge cases, the same ones each time."""
    chance = random.Random(seed)
    return [
        {name: _edge(name, member, chance) for name, member in members.items() if not member.type.item}
        for _ in range(count)
    ]


def _edge(name: str, member: Member, chance: random.Random) -> Any:
    if name in COMPUTED and chance.random() < 0.1:
        return FormulaError(chance.choice(("#DIV/0!", "#VALUE!", "#NUM!")))
    kind = "number" if member.type.kind == "money" else member.type.kind
    found = chance.choice(EDGES[kind])
    if not isinstance(found, Decimal):
        return found
    limit = Decimal(10) ** (member.digits - member.places)
    kept = stored(found, member.places)
    assert isinstance(kept, Decimal)
    return kept if abs(kept) < limit else kept / 10**12 // 1


@dataclass(frozen=True)
class Company:
    """Two filled tables of one database, and their records as the evaluator takes them."""

    connection: Connection
    system: System
    orders: Table
    lines: Table
    records: list[dict[str, Any]]

    def column(self, path: str) -> Any:
        return self.orders.c[path]

    def error(self, path: str) -> Any:
        return self.orders.c[path + ERROR] if path in COMPUTED else None

    def rows(self, root: str) -> Rows:
        alias = self.lines.alias()
        return Rows(
            alias,
            alias.c.order_id == self.orders.c.id,
            lambda path: alias.c[path or "id"],
            lambda path: alias.c[path + ERROR] if path in COMPUTED else None,
            (alias.c.id,),
        )

    def computed(self, formula: Compiled, *, many: bool = False) -> list[Value]:
        """What the database says for each record; `many`, as it is written where many records are computed."""
        row = self.orders if many else None
        built = value(formula.tree, self.system, self, CONTEXT, places=PLACES, digits=DIGITS, row=row)
        columns = [built.value, *([] if built.error is None else [built.error])]
        statement = select(*columns).select_from(self.orders).order_by(self.orders.c.id)
        self._register(statement)
        found = self.connection.execute(statement).all()
        return [self._value(formula, *row) for row in found]

    def met(self, formula: Compiled) -> list[int]:
        """The records that meet a condition, by number."""
        built = condition(formula.tree, self.system, self, CONTEXT)
        statement = select(self.orders.c.id).where(built.value).order_by(self.orders.c.id)
        self._register(statement)
        return list(self.connection.scalars(statement))

    def _register(self, statement: Select[Any]) -> None:
        driver: Any = self.connection.connection.driver_connection
        for function in functions_of(statement):
            driver.create_function(function.name, function.arity, function.make(), deterministic=True)

    def _value(self, formula: Compiled, found: Any, error: int | None = None) -> Value:
        from formulas.values import ERROR_CODES  # noqa: PLC0415

        if error is not None:
            assert found is None
            return FormulaError(ERROR_CODES[error - 1])
        if found is None:
            return None
        kind = formula.type.kind
        if kind in {"number", "money"}:
            return Decimal(found).scaleb(-PLACES) if self.system == "sqlite" else Decimal(found)
        if kind == "record":
            return Reference(formula.type.entity, found)
        return bool(found) if kind == "boolean" else found


def evaluated(formula: Compiled, records: list[dict[str, Any]]) -> list[Value]:
    """What the evaluator says for each record, as it would be stored."""
    evaluator = Evaluator(CONTEXT)
    found = (stored(one, PLACES, DIGITS) for one in evaluator.values(formula.tree, records))
    return [FormulaError(one.code) if isinstance(one, FormulaError) else one for one in found]


def compiled(text: str) -> Compiled:
    """A formula that must be right."""
    found = compile_formula(text, SCOPE)
    assert isinstance(found, Compiled), f"{text}: {[one.sentence for one in found]}"
    return found


def filled(connection: Connection, system: System) -> Company:
    """A company of edge cases in an empty database."""
    metadata = MetaData()
    orders = Table("orders", metadata, *_columns(ORDER, system))
    lines = Table("lines", metadata, *_columns(LINE, system), Column("order_id", Integer))
    metadata.create_all(connection)
    records = rows(ORDER, 60, 1)
    below = rows(LINE, 90, 2)
    connection.execute(
        insert(orders), [{"id": number, **_raw(ORDER, one, system)} for number, one in enumerate(records, 1)]
    )
    owners = [random.Random(number).randint(1, 40) for number in range(len(below))]
    connection.execute(
        insert(lines),
        [{"id": number, "order_id": owners[number], **_raw(LINE, one, system)} for number, one in enumerate(below)],
    )
    for number, one in enumerate(records, 1):
        own = [(index, line) for index, line in enumerate(below) if owners[index] == number]
        one["lines"] = tuple({"": Reference("line", index), **line} for index, line in own)
        for name in ("client", "other"):
            one[name] = None if one[name] is None else Reference("client", one[name])
    return Company(connection, system, orders, lines, records)


def _columns(members: Mapping[str, Member], system: System) -> list[Column[Any]]:
    kinds: dict[str, Any] = {"boolean": Boolean(), "date": Date(), "text": Text(), "record": Integer()}
    columns: list[Column[Any]] = [Column("id", Integer, primary_key=True)]
    for name, member in members.items():
        if member.type.item:
            continue
        number = BigInteger() if system == "sqlite" or not member.places else Numeric(member.digits, member.places)
        columns.append(Column(name, kinds.get(member.type.kind, number)))
        if name in COMPUTED:
            columns.append(Column(name + ERROR, SmallInteger))
    return columns


def _raw(members: Mapping[str, Member], values: dict[str, Any], system: System) -> dict[str, Any]:
    errors = {name + ERROR: _error(values[name]) for name in COMPUTED & values.keys()}
    return {name: _cell(members[name], found, system) for name, found in values.items()} | errors


def _error(found: Any) -> int | None:
    return found.number if isinstance(found, FormulaError) else None


def _cell(member: Member, found: Any, system: System) -> Any:
    if not isinstance(found, Decimal):
        return None if isinstance(found, FormulaError) else found
    if system == "sqlite":
        return int(found.scaleb(member.places))
    return found if member.places else int(found)
