"""The demo data in a database: everything as it was made, in one piece, and counted on from there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from engine.config import load as load_configuration
from engine.demo import Batch, Scale
from engine.demo.load import expected_rows, load
from engine.files import Files
from engine.query import Condition, Query
from engine.records import Edit, Records
from engine.rights import SYSTEM
from engine.storage import Collided
from engine.storage.tables import describe_tables
from tests.ready import ready_database
from tests.surroundings import ROOT

SMALL = Scale(clients=20)
COUNTS = {"client": 20, "order": 200, "order_line": 1000, "employee": 8, "category": 10, "product": 60}


@pytest.fixture
def records(database_url: str) -> Iterator[Records]:
    """An empty database of the sample."""
    configuration, _ = load_configuration(ROOT / "sample_configs/clients")
    assert configuration is not None
    database = ready_database(database_url, configuration)
    yield Records(database, describe_tables(configuration), SYSTEM)
    database.close()


@pytest.fixture
def files(records: Records, tmp_path: Path) -> Files:
    return Files(records.database, records.tables, tmp_path / "files", SYSTEM)


def count(records: Records, entity: str) -> int:
    return records.count(Query(entity)).number


def test_everything_arrives(records: Records, files: Files) -> None:
    told: list[tuple[int, int]] = []
    counts = load(records, files, SMALL, progress=lambda *news: told.append(news))
    assert {name: counts[name] for name in COUNTS} == COUNTS
    assert {name: count(records, name) for name in counts} == counts
    rows = sum(counts.values())
    assert told[-1][0] == rows
    assert abs(told[-1][1] - rows) < rows / 10
    assert told == sorted(told)


def test_a_record_is_what_was_made(records: Records, files: Files) -> None:
    load(records, files, SMALL)
    order = records.get("order", 7)
    lines = order.lines["lines"]
    assert order.title == order.values["number"]
    amounts = [line.values["amount"] for line in lines]
    assert amounts == [line.values["price"] * line.values["quantity"] for line in lines]
    assert [line.values["_position"] for line in lines] == list(range(len(lines)))
    assert 0 < order.values["net"] <= sum(amounts, Decimal(0))
    assert order.values["total"] == order.values["net"] + order.values["vat"]
    with_colleagues = records.page(Query("contact_event", ("colleagues",), (Condition("colleagues", "filled"),)))
    assert with_colleagues.count.number > 0
    assert all(with_colleagues.links["colleagues"].values())
    seller = records.get("employee", 5)
    assert seller.values["reports_to"] == 2


def test_what_is_computed_agrees_with_the_statuses(records: Records, files: Files) -> None:
    """All conditions hold, too, or nothing would have been loaded."""
    load(records, files, SMALL)
    rows = records.page(Query("order", ("status", "total", "paid", "debt"), limit=1000)).rows
    debts = {status: [row[4] for row in rows if row[1] == status] for status in ("paid", "shipped", "cancelled")}
    assert all(row[2] > 0 for row in rows)
    assert set(debts["paid"]) == set(debts["cancelled"]) == {0}
    assert all(debt > 0 for debt in debts["shipped"])
    clients = records.page(Query("client", ("turnover", "debt", "order_count", "last_order", "tier"), limit=1000)).rows
    assert sum(row[2] for row in clients) == sum(debts["shipped"])
    assert sum(row[3] for row in clients) == len(rows) - len(debts["cancelled"])
    assert {"basic", "silver"} <= {row[5] for row in clients}
    sellers = records.page(Query("employee", ("sold", "commission_rate", "commission"), limit=100)).rows
    assert sum(row[1] for row in sellers) == sum(row[1] for row in clients)
    assert all((row[3] > 0) == (row[2] is not None and row[1] > 0) for row in sellers)


def test_search_finds_what_was_loaded(records: Records, files: Files) -> None:
    load(records, files, Scale(clients=60))
    title = records.get("client", 3).title
    assert 3 in [found.id for found in records.search(title) if found.entity == "client"]
    name = records.get("client", 50).title
    page = records.page(Query("client", ("name",), search=name[1:6].upper()))
    assert 50 in [row[0] for row in page.rows]


def test_pictures_and_papers_can_be_opened(records: Records, files: Files) -> None:
    load(records, files, SMALL)
    (logo,) = files.describe(records.get("client", 1).values["logo"])
    assert (logo.name, logo.kind, logo.width) == ("logo-1.png", "image/png", 256)
    assert files.open_small(logo.id, 96).path.is_file()
    papers = [records.get("client", number).values["files"] for number in (1, 2, 3)]
    kinds = [files.describe(ids)[0].kind for ids in papers]
    assert kinds == ["application/pdf", "text/plain", "text/plain"]
    assert files.sweep().files == 0


def test_the_next_number_follows(records: Records, files: Files) -> None:
    load(records, files, SMALL)
    numbers = [row[1] for row in records.page(Query("order", ("number", "date"), limit=1000)).rows]
    last = max(number for number in numbers if number.startswith("ORD-2026"))
    edit = Edit({"client": 1, "date": dt.date(2026, 7, 1), "status": "new"})
    made = records.get("order", records.create("order", edit).id)
    assert made.values["number"] == f"ORD-2026-{int(last[-5:]) + 1:05}"


def test_references_follow_records_that_were_there_before(records: Records, files: Files) -> None:
    chief = records.create("employee", Edit({"name": "Zoë Zander"})).id
    own = records.create("client", Edit({"name": "Our first", "kind": "company", "country": "FI", "manager": chief})).id
    load(records, files, SMALL)
    seller = records.get("employee", chief + 5)
    assert (records.get("client", own).values["manager"], seller.values["reports_to"]) == (chief, chief + 2)
    clients = {row[1] for row in records.page(Query("order", ("client",), limit=1000)).rows}
    assert clients <= set(range(own + 1, own + 21))
    event = records.page(Query("contact_event", ("colleagues",), (Condition("colleagues", "filled"),)))
    assert {key for keys in event.links["colleagues"].values() for key in keys} <= set(range(chief + 1, chief + 9))


def test_the_same_data_twice_leave_the_first_alone(records: Records, files: Files) -> None:
    load(records, files, SMALL)
    with pytest.raises(Collided):
        load(records, files, SMALL)
    assert count(records, "client") == 20


def test_a_fault_in_the_middle_leaves_nothing(records: Records, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(records, files, SMALL, progress=broken)
    assert [count(records, name) for name in COUNTS] == [0] * len(COUNTS)
    assert load(records, files, SMALL)["order"] == 200


def test_the_expected_size_is_about_right(batches: tuple[Batch, ...]) -> None:
    rows = sum(len(batch.rows) for batch in batches)
    assert abs(expected_rows(Scale()) - rows) < rows / 20
