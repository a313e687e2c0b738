"""Conditions over paths of references, against a reading of the records one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.expressions.reached import MOST_STEPS, reached
from engine.fields.field import RECURRING
from engine.model import Configuration
from engine.periods import days_of
from engine.query import Compound, Condition, Criterion, Query, Sort
from engine.records import Edit, LineEdit, Records
from engine.rights import SYSTEM, Principal
from engine.storage.accounts import add_user
from engine.storage.fold import fold
from engine.storage.tables import describe_tables
from tests import postgresql
from tests.ready import ready_database
from tests.surroundings import absent

TRADE: dict[str, Any] = {
    "kartoteka": 1,
    "name": "trade",
    "timezone": "Europe/Helsinki",
    "user_links": ["client"],
    "entities": {
        "client": {
            "fields": {
                "name": {"type": "text"},
                "city": {"type": "text"},
                "secret": {"type": "text"},
                "vip": {"type": "boolean"},
                "since": {"type": "date"},
                "seen": {"type": "datetime"},
                "points": {"type": "integer"},
                "credit": {"type": "decimal", "scale": 2},
                "status": {"type": "choice", "options": ["new", "old"]},
                "tags": {"type": "multi_choice", "options": ["a", "b"]},
                "friends": {"type": "multi_reference", "to": "client"},
                "agent": {"type": "reference", "to": "client"},
                "owner": {"type": "user"},
                "share": {"type": "decimal", "scale": 2, "formula": "credit / points"},
                "rich": {"type": "boolean", "formula": "credit / points > 2"},
                "now": {"type": "integer", "formula": "IF(vip; YEAR(TODAY()); points)"},
            }
        },
        "order": {
            "kind": "document",
            "fields": {
                "note": {"type": "text"},
                "client": {"type": "reference", "to": "client"},
                "lines": {"type": "lines", "of": "order_line"},
            },
        },
        "order_line": {"kind": "child", "fields": {"quantity": {"type": "integer"}}},
        "payment": {"fields": {"order": {"type": "reference", "to": "order"}, "by": {"type": "user"}}},
    },
    "roles": {
        "clerk": {
            "grants": [
                {
                    "entity": "client",
                    "can": ["read"],
                    "where": 'NOT (status = "old")',
                    "fields": {
                        "secret": "hidden",
                        "city": {"hidden_if": "vip"},
                        "agent": {"hidden_if": 'name = "Ann"'},
                        "friends": {"hidden_if": 'name = "Ann"'},
                        "points": {"hidden_if": 'name = "Ann"'},
                    },
                },
                {"entity": "order", "can": ["read"], "fields": {"client": {"hidden_if": 'note = "x"'}}},
                {"entity": "payment", "can": ["read"]},
            ]
        }
    },
}
CLERK = Principal(1, "clerk", roles=frozenset({"clerk"}))
SOME = {"name": "Ann", "note": "x"}
"""Where something is hidden."""
WAYS = {
    "client": ("", "agent.", "agent.agent."),
    "order": ("", "client.", "client.agent."),
    "order_line": ("", "order.", "order.client.", "order.client.agent."),
    "payment": ("", "order.", "order.client.", "order.client.agent.", "by.client."),
}
TEXTS = ("Ann", "ann", "Élan", "x", "a_b%")
HELSINKI = ZoneInfo("Europe/Helsinki")
DAYS = tuple(dt.datetime.now(HELSINKI).date() + dt.timedelta(days) for days in (-1, 0, 1))
"""Around today, for spans that move with it."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Wrong:
    """An error of a formula."""

    code: str = "#DIV/0!"


@dataclass
class World:
    """The records as they were entered, by entity and id, and those that are in the trash."""

    records: Records
    rows: dict[str, dict[int, dict[str, Any]]]
    gone: set[tuple[str, int]]
    linked: int | None = None

    def asked_by(self, principal: Principal) -> Records:
        return Records(self.records.database, self.records.tables, principal)

    def seen(self, principal: Principal, entity: str, key: int | None) -> Row | None:
        """A record as somebody sees it."""
        if entity == "_user":
            return {"client": self.linked if key == 1 else None}
        if key is None or (entity, key) in self.gone or key not in self.rows[entity]:
            return None
        row = dict(self.rows[entity][key])
        if entity == "client":
            row |= computed(row)
        if principal is SYSTEM:
            return row
        return clerk_sees(self, entity, row)

    def value(self, principal: Principal, entity: str, key: int, path: str) -> Any:
        """What stands at the end of a path, None where it does not lead there."""
        *steps, last = path.split(".")
        row = self.seen(principal, entity, key)
        for step in steps:
            if row is None:
                return None
            entity = "_user" if step == "by" else {"agent": "client"}.get(step, step)
            row = self.seen(principal, entity, row[step]) if row[step] is not None else None
        return row[last] if row else None


def computed(row: Row) -> Row:
    points, credit = row["points"], row["credit"] or Decimal(0)
    share: Any = Wrong() if not points else (credit / points).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    rich = Wrong() if not points else credit / points > 2
    return {"share": share, "rich": rich, "now": dt.datetime.now(HELSINKI).year if row["vip"] else points}


def clerk_sees(world: World, entity: str, row: dict[str, Any]) -> Row | None:
    if entity == "client":
        if row["status"] == "old":
            return None
        if row["vip"]:
            row["city"] = None
        if row["name"] == "Ann":
            row |= dict.fromkeys(("agent", "friends", "points", "share", "rich", "now"))
    if entity == "order" and row["note"] == "x":
        row["client"] = None
    return row


def today() -> dt.date:
    return dt.datetime.now(HELSINKI).date()


def is_within(day: dt.date, first: dt.date, last: dt.date) -> bool:
    return first <= day <= last


MEANT: dict[str, Callable[[Any, tuple[Any, ...]], bool]] = {
    "contains": lambda value, args: fold(args[0]) in fold(value),
    "starts": lambda value, args: fold(value).startswith(fold(args[0])),
    "equals": lambda value, args: fold(value) == fold(args[0]),
    "exactly": lambda value, args: value == args[0],
    "eq": lambda value, args: value == args[0],
    "is": lambda value, args: value == args[0],
    "ge": lambda value, args: value >= args[0],
    "le": lambda value, args: value <= args[0],
    "gt": lambda value, args: value > args[0],
    "lt": lambda value, args: value < args[0],
    "between": lambda value, args: args[0] <= value <= args[1],
    "on": lambda value, args: value == args[0],
    "from": lambda value, args: value >= args[0],
    "until": lambda value, args: value <= args[0],
    "any_of": lambda value, args: bool(set(value if isinstance(value, tuple) else [value]) & set(args)),
    "filled": lambda value, args: True,
    "during": lambda value, args: is_within(value, *days_of(args[0], today(), Configuration.model_validate(TRADE))),
    "weekday": lambda value, args: value.isoweekday() == args[0],
    "month_of_year": lambda value, args: value.month == args[0],
}
SPANS = ("today", "yesterday", "tomorrow", "this_week", "last_2_days", "next_2_days", "before_today", "after_today")
DENIED = {"ne": "eq", "differs": "equals", "none_of": "any_of"}


def meets(value: Any, condition: Condition) -> bool:
    """What an operator means of one value."""
    operator, args = condition.operator, condition.values
    if operator == "hour":
        return value is not None and value.astimezone(HELSINKI).hour == args[0]
    if isinstance(value, dt.datetime):
        value = value.astimezone(HELSINKI).date()
    if operator == "failed":
        return isinstance(value, Wrong) and (not args or value.code in args)
    if operator == "blank":
        return value is None
    if operator in DENIED:
        return not meets(value, Condition("", DENIED[operator], args))
    return value is not None and not isinstance(value, Wrong) and MEANT[operator](value, args)


def opened(url: str) -> Records:
    configuration = Configuration.model_validate(TRADE)
    database = ready_database(url, configuration)
    with database.write() as connection:
        for name in ("ann", "bob"):
            row = {"login": name, "name": name, "password": "none", "created_at": dt.datetime.now(dt.UTC)}
            add_user(connection, row)
    return Records(database, describe_tables(configuration), SYSTEM)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def trade(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    """An empty trade, made once."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{(tmp_path_factory.mktemp('trade') / 'trade.sqlite').as_posix()}"
        elif missing := postgresql.missing():
            absent(missing)
        else:
            server: postgresql.Server = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(server.fresh_database())
        records = opened(url)
        yield records
        records.database.close()


def maybe(values: Any) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(values)


MOMENTS = tuple(dt.datetime.combine(DAYS[1], dt.time(hour), dt.UTC) for hour in (0, 12, 21, 22, 23))
ENTERED = st.fixed_dictionaries(
    {
        "name": maybe(TEXTS),
        "city": maybe(TEXTS),
        "secret": maybe(TEXTS),
        "vip": st.booleans(),
        "since": maybe(DAYS),
        "seen": maybe(MOMENTS),
        "points": maybe((0, 1, 2, 5)),
        "credit": maybe((Decimal("0.00"), Decimal("3.50"), Decimal("10.00"))),
        "status": maybe(("new", "old")),
        "tags": maybe((("a",), ("a", "b"))),
        "friends": maybe(((1,), (0, 1))),
        "agent": maybe(range(4)),
        "owner": maybe((1, 2)),
    }
)
TREES = st.fixed_dictionaries(
    {
        "client": st.lists(ENTERED, min_size=1, max_size=5),
        "order": st.lists(
            st.tuples(maybe(("x", "y")), maybe(range(5)), st.lists(maybe((1, 2)), max_size=2)), min_size=1, max_size=4
        ),
        "payment": st.lists(st.tuples(maybe(range(4)), maybe((1, 2))), max_size=4),
        "gone": st.sets(st.tuples(st.sampled_from(("client", "order")), st.integers(0, 4)), max_size=2),
        "linked": maybe(range(5)),
    }
)


def planted(records: Records, tree: Mapping[str, Any]) -> World:
    """A world of these records alone; places in lists become ids as far as they are there."""
    with records.database.write() as connection:
        for table in reversed(records.tables.metadata.sorted_tables):
            if table.name in (*WAYS, "client__friends", "_user_link"):
                connection.execute(table.delete())
    world = World(records, {entity: {} for entity in WAYS}, set())
    clients: list[int] = []
    for entered in tree["client"]:
        values = {**entered, "agent": at(clients, entered["agent"])}
        values["friends"] = tuple(clients[place] for place in entered["friends"] or () if place < len(clients)) or None
        clients.append(records.create("client", Edit(values)).id)
        world.rows["client"][clients[-1]] = values
    orders: list[int] = []
    for note, client, lines in tree["order"]:
        order = {"note": note, "client": at(clients, client)}
        edits = tuple(LineEdit(None, {"quantity": quantity}, None, key=str(n)) for n, quantity in enumerate(lines))
        orders.append(records.create("order", Edit(order, lines={"lines": edits})).id)
        world.rows["order"][orders[-1]] = order
        for line in records.get("order", orders[-1]).lines["lines"]:
            world.rows["order_line"][line.id or 0] = {"quantity": line.values["quantity"], "order": orders[-1]}
    for place, by in tree["payment"]:
        payment = {"order": at(orders, place), "by": by}
        world.rows["payment"][records.create("payment", Edit(payment)).id] = payment
    hide(world, {"client": clients, "order": orders}, tree)
    return world


def hide(world: World, ids: Mapping[str, list[int]], tree: Mapping[str, Any]) -> None:
    """Put records into the trash, whatever refers to them; link the first user to a client."""
    tables = world.records.tables
    world.linked = at(ids["client"], tree["linked"])
    with world.records.database.write() as connection:
        for entity, place in tree["gone"]:
            key = at(ids[entity], place)
            table = tables.entities[entity]
            connection.execute(table.update().where(table.c.id == key).values(_trashed_at=dt.datetime.now(dt.UTC)))
            world.gone.add((entity, key or 0))
        if world.linked:
            link = {"user_id": 1, "entity": "client", "record_id": world.linked}
            connection.execute(tables.system("_user_link").insert().values(link))


def at(ids: list[int], place: int | None) -> int | None:
    return ids[place] if place is not None and place < len(ids) else None


def operands(kind: str, ids: list[int]) -> tuple[Any, ...]:
    return {
        "text": TEXTS,
        "choice": ("new", "old"),
        "multi_choice": ("a", "b"),
        "boolean": (True, False),
        "date": DAYS,
        "datetime": DAYS,
        "user": (1, 2),
        "reference": tuple(ids),
        "multi_reference": tuple(ids),
    }.get(kind, tuple(map(Decimal, ("0", "1", "1.75", "2", "5"))) if kind in ("money", "decimal") else (0, 1, 2, 5))


@st.composite
def conditions(
    draw: st.DrawFn, world: World, configuration: Configuration, among: tuple[str, ...] = tuple(WAYS)
) -> tuple[str, Condition]:
    """An entity and a condition on it, over any path."""
    entity = draw(st.sampled_from(among))
    way = draw(st.sampled_from(WAYS[entity]))
    last = way.rstrip(".").rpartition(".")[2]
    far = {"": entity, "agent": "client"}.get(last, last)
    names = [*configuration.entities[far].fields, *(["order"] if far == "order_line" else [])]
    name = draw(st.sampled_from(names).filter(lambda name: name != "lines"))
    found = reached(configuration, entity, way + name)
    assert found is not None
    operator = draw(st.sampled_from(found.comparisons))
    if operator in ("blank", "filled"):
        return entity, Condition(way + name, operator)
    if operator == "failed":
        codes = draw(st.sampled_from(((), ("#DIV/0!",), ("#N/A", "#DIV/0!"), ("#N/A",))))
        return entity, Condition(way + name, operator, codes)
    ids = [*world.rows[getattr(found.field, "to", "client")], 10**9] if far != "_user" else []
    if operator == "during":
        return entity, Condition(way + name, operator, (draw(st.sampled_from(SPANS)),))
    choices = st.sampled_from(TEXTS if operator == "exactly" else operands(found.field.kind, ids))
    if operator in RECURRING:
        choices = st.sampled_from(RECURRING[operator]) | st.sampled_from((0, 1, 2, 5, 6))
    several = {"any_of": 2, "none_of": 2, "between": 2}.get(operator, 1)
    values = draw(st.lists(choices, min_size=2 if operator == "between" else 1, max_size=several))
    return entity, Condition(way + name, operator, tuple(sorted(values) if operator == "between" else values))


@st.composite
def criteria(draw: st.DrawFn, world: World, configuration: Configuration) -> tuple[str, Criterion]:
    """Conditions on one entity, put together in any depth."""
    entity, first = draw(conditions(world, configuration))
    same = conditions(world, configuration, (entity,)).map(lambda found: found[1])
    parts = st.lists(same, max_size=2).map(lambda more: (first, *more))
    inner = st.builds(Compound, st.sampled_from(("any", "all")), parts)
    outer = st.builds(
        lambda how, one, two: Compound(how, (one, two, first)), st.sampled_from(("any", "all")), inner, inner
    )
    return entity, draw(st.just(first) | inner | outer)


def meets_all(world: World, principal: Principal, entity: str, key: int, one: Criterion) -> bool:
    """What conditions that are put together mean of one record."""
    if isinstance(one, Compound):
        found = [meets_all(world, principal, entity, key, part) for part in one.parts]
        return any(found) if one.how == "any" else all(found)
    return meets(world.value(principal, entity, key, one.field), one)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_a_condition_over_a_path_is_met_by_those_that_meet_it_one_by_one(trade: Records, data: st.DataObject) -> None:
    world = planted(trade, data.draw(TREES))
    for principal in (SYSTEM, CLERK):
        records = world.asked_by(principal)
        for _ in range(6):
            entity, condition = data.draw(criteria(world, records.configuration))
            expected = {
                key
                for key in world.rows[entity]
                if whole(world, principal, entity, key) and meets_all(world, principal, entity, key, condition)
            }
            query = Query(entity, conditions=(condition,))
            assert {row[0] for row in records.page(query).rows} == expected, condition
            assert records.count(query).number == len(expected)


def whole(world: World, principal: Principal, entity: str, key: int) -> bool:
    """Whether somebody sees a record; a line goes with what it belongs to."""
    return world.seen(principal, entity, key) is not None


@pytest.mark.parametrize(
    "path",
    [
        "client.secret",
        "client.nothing",
        "client.agent.secret",
        "nothing.city",
        "note.city",
        "lines.quantity",
        "client.friends.city",
        "client.",
        ".city",
        ".",
        "client.city.x",
        "client.owner.name",
        "client._title",
        "client.id",
    ],
)
def test_what_may_not_be_read_is_what_does_not_exist(trade: Records, path: str) -> None:
    """No answer tells a hidden field on the way from one that never was."""
    clerk = Records(trade.database, trade.tables, CLERK)
    assert reached(clerk.configuration, "order", path) is None
    for refused in (clerk.page, clerk.count):
        with pytest.raises(KeyError) as raised:
            refused(Query("order", conditions=(Condition(path, "blank"),)))
        assert raised.value.args == (path,)


def test_a_path_has_an_end(trade: Records) -> None:
    path = "agent." * MOST_STEPS + "city"
    assert trade.count(Query("client", conditions=(Condition(path, "filled"),))).number == 0
    assert reached(trade.configuration, "client", "agent." + path) is None


def test_a_list_filtered_over_a_path_is_sorted_turned_and_walked_like_any_other(trade: Records) -> None:
    entered = {"name": "Ann", "city": "Oslo"}
    client = trade.create("client", Edit(entered)).id
    orders = [trade.create("order", Edit({"client": client, "note": note})).id for note in ("c", "a", "b")]
    query = Query("order", ("note",), (Condition("client.city", "exactly", ("Oslo",)),), sort=(Sort("note"),), limit=2)
    first = trade.page(query)
    assert [row[1] for row in first.rows] == ["a", "b"]
    assert first.next is not None
    assert [row[1] for row in trade.page(query.turned(first.next)).rows] == ["c"]
    assert trade.neighbours(query, orders[2]).after == orders[0]
    assert [row[1] for page in trade.stream(query) for row in page.rows] == ["a", "b", "c"]
    near = Query("order", ("note",), query.conditions, search="b")
    assert [row[1] for row in trade.page(near).rows] == ["b"]


def test_a_telephone_number_is_found_exactly_only_as_it_is_kept(fresh: Records) -> None:
    for value, expected in (("+358401234567", 1), ("040 1234567", 0), ("no number", 0)):
        assert fresh.count(Query("client", conditions=(Condition("phone", "exactly", (value,)),))).number == expected
