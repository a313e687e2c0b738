"""The shapes of what rights make of a statement: those that would lose an index, and the one that would tell a secret."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Select, insert

from engine.query import Condition, Query, Sort
from engine.records import Edit, Records
from engine.rights import Principal, rights_of
from engine.storage.select import Reader
from engine.storage.visible import Visible
from tests.guarded import GUARDED, as_person, described, fill, open_guarded

MANAGER = frozenset({"manager"})


def shaped() -> dict[str, Any]:
    """The trade where managers see the orders of their own clients, and where what is shown is computed by a division."""
    found = copy.deepcopy(GUARDED)
    order = found["entities"]["order"]["fields"]
    order["share"] = {"type": "decimal", "scale": 4, "formula": "total / rebate * IF(date < TODAY(), 1, 2)"}
    order["note"] = {"type": "text", "index": True}
    of_clients = {"entity": "order", "can": ["read"], "where": "client.manager = USER()"}
    some = {"entity": "order", "can": ["read"], "where": "SUM(lines.quantity) > 2 or client.manager = USER()"}
    found["roles"] |= {"far": {"grants": [of_clients, {"entity": "client", "can": ["read"]}]}}
    found["roles"] |= {"some": {"grants": [some, {"entity": "client", "can": ["read"]}]}}
    return found


@pytest.fixture
def trade(database_url: str) -> Iterator[Records]:
    records = open_guarded(database_url, described(**shaped()))
    fill(records)
    yield records
    records.database.close()


@pytest.fixture
def small(sqlite_url: str) -> Iterator[Records]:
    records = open_guarded(sqlite_url, described(**shaped()))
    fill(records)
    yield records
    records.database.close()


def visible(records: Records, *roles: str) -> Visible:
    rights = rights_of(records.tables.configuration, Principal(1, "Ann", roles=frozenset(roles)))
    return Reader(records.database, records.tables, rights).visible


@pytest.mark.parametrize("roles", [("manager",), ("far",), ("some",), ("manager", "auditor"), ("far", "some")])
@pytest.mark.parametrize("entity", ["client", "order", "order_line"])
def test_what_is_visible_has_one_table_in_its_from(trade: Records, roles: tuple[str, ...], entity: str) -> None:
    """Rules over references are IN or EXISTS; a join would take the order of an index from the list."""
    found = visible(trade, *roles)
    if entity not in found.rights.access.entities:
        return
    element = found(entity).element
    assert isinstance(element, Select)
    assert element.get_final_froms() == [trade.tables.entities[entity]]


def test_a_rule_over_a_reference_asks_and_does_not_join(trade: Records) -> None:
    text = str(visible(trade, "far")("order"))
    outside = re.sub(r"\((?:[^()]|\([^()]*\))*\)", "", text)
    assert " JOIN " not in outside
    assert re.search(r"\bIN \(SELECT|\bEXISTS \(|= \(SELECT|\(SELECT", text)
    assert [row[0] for row in as_person(trade, 1, "far").page(Query("order")).rows] == [1]


def plans(records: Records, roles: tuple[str, ...], query: Query) -> list[str]:
    """How SQLite goes about the statements of one list, step by step."""
    seen: list[tuple[str, Any]] = []
    connection_of = records.database.read
    reader = Reader(records.database, records.tables, as_person(records, 1, *roles).rights)
    with connection_of() as connection:
        driver: Any = connection.connection.driver_connection
        driver.set_trace_callback(lambda statement: seen.append((statement, None)))
        try:
            reader.page(connection, query, reader.count(connection, query))
        finally:
            driver.set_trace_callback(None)
        statements = [text for text, _ in seen if text.lstrip().upper().startswith(("SELECT", "WITH"))]
        return [row[3] for text in statements for row in driver.execute(f"EXPLAIN QUERY PLAN {text}")]


def many(records: Records, count: int = 4000) -> None:
    """Orders of many people, of whom Ann has few; told to the database as they are, for it to plan by."""
    table = records.tables.entities["order"]
    with records.database.write() as connection:
        (first,) = connection.execute(table.select().where(table.c.id == 1)).mappings()
        rows = [
            {
                **first,
                "id": 100 + number,
                "number": f"{100 + number:04d}",
                "number__fold": f"{100 + number:04d}",
                "manager": 1 if number % 200 == 0 else 2,
                "note": f"note {number}",
                "note__fold": f"note {number}",
            }
            for number in range(count)
        ]
        connection.execute(insert(table), rows)
        connection.exec_driver_sql("ANALYZE")


def test_own_records_are_found_and_sorted_by_their_index(small: Records) -> None:
    """For each `field = USER()` there is an index of the field, the order of the first list, and the id."""
    (own,) = [index for index in small.tables.entities["order"].indexes if "own" in str(index.name)]
    listed = [str(one) for one in own.expressions]
    assert [part for part, name in zip(listed, ("manager", "number", "id"), strict=False) if name not in part] == []
    many(small)
    steps = plans(small, ("manager",), Query("order", ("number",), sort=(Sort("number"),), limit=50))
    assert [step for step in steps if str(own.name) in step], steps
    assert [step for step in steps if "SCAN order" in step and "INDEX" not in step] == []


def test_what_is_hidden_in_some_records_is_filtered_by_the_bare_column(small: Records) -> None:
    """Shown it is a CASE, which has no index; filtered it is the rule and the column itself, which have."""
    many(small)
    wanted = (Condition("note", "equals", ("note 200",)),)
    person = as_person(small, 1, "manager")
    assert [row[0] for row in person.page(Query("order", conditions=wanted)).rows] == [300]
    steps = plans(small, ("manager",), Query("order", ("number",), conditions=wanted))
    assert [step for step in steps if re.match(r"SEARCH order_\d+ USING (COVERING )?INDEX", step)], steps
    assert [step for step in steps if re.fullmatch(r"SCAN (order|order_\d+)", step)] == [], steps


@pytest.mark.parametrize("roles", [("chief",), ("manager",), ("far",)])
def test_a_condition_over_a_reference_keeps_the_index_of_the_reference(small: Records, roles: tuple[str, ...]) -> None:
    """The few clients are looked up, then their orders by the index of `client`: no walk through all orders."""
    many(small)
    order = of_many_clients(small)
    query = Query("order", ("number",), conditions=(Condition("client.city", "exactly", ("Rome",)),))
    assert [row[0] for row in as_person(small, 1, *roles).page(query).rows] == [order]
    steps = plans(small, roles, query)
    assert [step for step in steps if re.match(r"SEARCH order USING (COVERING )?INDEX ix__order__client", step)], steps


def of_many_clients(records: Records, count: int = 300) -> int:
    """Give the orders to as many clients, and the one in Rome an order, whose id this is."""
    rome = records.create("client", Edit({"name": "Rome", "city": "Rome", "manager": 1})).id
    order = records.create("order", Edit({"client": rome, "manager": 1})).id
    clients, orders = records.tables.entities["client"], records.tables.entities["order"]
    with records.database.write() as connection:
        (first,) = connection.execute(clients.select().where(clients.c.id == 1)).mappings()
        rows = [{**first, "id": 1000 + number, "secret": None, "secret__fold": None} for number in range(count)]
        connection.execute(insert(clients), rows)
        given = orders.update().where(orders.c.id.between(100, 99 + 4000))
        connection.execute(given.values(client=1000 + orders.c.id % count))
        connection.exec_driver_sql("ANALYZE")
    return order


@pytest.mark.parametrize("person", [("manager",), ("auditor",), ("manager", "auditor"), ("chief",)])
def test_no_condition_raises_in_rows_that_are_hidden(trade: Records, person: tuple[str, ...]) -> None:
    """A division by the zero of a hidden row, asked for before the rule about rows, would betray that row."""
    trade.update("order", 1, Edit({"rebate": 2}))
    trade.update("order", 2, Edit({"rebate": 0}))
    someone = as_person(trade, 1, *person)
    seen = {row[0] for row in someone.page(Query("order")).rows}
    for operator, value in (("ge", 0), ("lt", 10**6), ("eq", 1), ("ne", 1)):
        query = Query("order", ("share",), conditions=(Condition("share", operator, (value,)),), sort=(Sort("share"),))
        found = {row[0] for row in someone.page(query).rows}
        assert found <= seen
        assert someone.count(query).number == len(found)
    assert {
        row[0] for row in someone.page(Query("order", ("share",), sort=(Sort("share", descending=True),))).rows
    } == seen
