"""The shape of the demo data: how much, in which order, referring to what, and the same every time."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date

import pytest

from engine.demo import Batch, Scale, generate
from tests.engine.demo.conftest import Rows

REFERENCES = {
    "employee": {"reports_to": "employee"},
    "product": {"category": "category"},
    "client": {"manager": "employee"},
    "contact_person": {"client": "client"},
    "order": {"client": "client", "employee": "employee"},
    "order_line": {"order": "order", "product": "product"},
    "payment": {"client": "client", "order": "order"},
    "contact_event": {"client": "client", "employee": "employee"},
}


def fingerprint(scale: Scale, seed: int) -> str:
    return hashlib.sha256(repr(tuple(generate(scale, seed))).encode()).hexdigest()


def test_the_same_seed_makes_the_same_data() -> None:
    assert fingerprint(Scale(30), 7) == fingerprint(Scale(30), 7)


def test_another_seed_makes_other_data() -> None:
    assert fingerprint(Scale(30), 7) != fingerprint(Scale(30), 8)


def test_another_last_day_moves_the_history() -> None:
    batches = [batch for batch in generate(Scale(20), until=date(2024, 2, 29)) if batch.entity == "order"]
    found = [day for batch in batches for row in batch.rows if isinstance(day := row[1], date)]
    assert date(2021, 3, 1) <= min(found) < date(2021, 4, 1)
    assert date(2024, 2, 20) < max(found) <= date(2024, 2, 29)


def test_the_usual_size(rows: Rows) -> None:
    counts = {entity: len(found) for entity, found in rows.items()}
    usual = {"client": 200, "order": 2_000, "order_line": 10_000, "contact_event": 1_200, "product": 60, "employee": 8}
    assert {entity: counts[entity] for entity in usual} == usual
    assert 1_800 < counts["payment"] < 2_400
    assert 200 < counts["contact_person"] < 400


def test_the_largest_size_is_what_the_benchmarks_ask_for() -> None:
    large = Scale(20_000)
    assert (large.orders, large.products, large.employees) == (200_000, 2_000, 48)


@pytest.mark.parametrize("clients", [1, 2, 3, 7])
def test_small_sizes_are_whole_too(clients: int) -> None:
    counts: Counter[str] = Counter()
    for batch in generate(Scale(clients)):
        counts[batch.entity] += len(batch.rows)
    assert counts["client"] == clients
    assert counts["order"] == clients * 10


def test_no_clients_are_refused() -> None:
    with pytest.raises(ValueError, match="At least one client"):
        Scale(0)


def test_batches_are_numbered_through(batches: tuple[Batch, ...]) -> None:
    counts: Counter[str] = Counter()
    for batch in batches:
        assert batch.rows
        assert batch.first == counts[batch.entity] + 1
        counts[batch.entity] += len(batch.rows)


def test_large_data_comes_in_many_batches() -> None:
    sizes = [len(batch.rows) for batch in generate(Scale(2_000)) if batch.entity == "order"]
    assert len(sizes) > 2
    assert max(sizes) < 6_000


def test_references_lead_to_rows_that_came_before(batches: tuple[Batch, ...]) -> None:
    counts: Counter[str] = Counter()
    for batch in batches:
        own = REFERENCES.get(batch.entity, {})
        places = [(batch.columns.index(column), target, column) for column, target in own.items()]
        for number, row in enumerate(batch.rows, batch.first):
            for place, target, column in places:
                value = row[place]
                limit = number - 1 if target == batch.entity else counts[target]
                assert value is None or (isinstance(value, int) and 1 <= value <= limit), (batch.entity, column, value)
        counts[batch.entity] += len(batch.rows)


def test_lines_are_numbered_within_their_parent(rows: Rows) -> None:
    for entity, parent in (("order_line", "order"), ("contact_person", "client")):
        seen: Counter[int] = Counter()
        for row in rows[entity]:
            # From 0, as a save numbers them: else the first one would tell of lines that were put in another order.
            assert row["_position"] == seen[row[parent]]
            seen[row[parent]] += 1


def test_every_order_has_lines_with_different_products(rows: Rows) -> None:
    pairs = [(line["order"], line["product"]) for line in rows["order_line"]]
    assert len(set(pairs)) == len(pairs)
    assert {order for order, _ in pairs} == set(range(1, len(rows["order"]) + 1))
