"""What is too much for a save is put off, and in the end is what computing at once would have left."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from engine.jobs import Jobs, Made, Outcome, Work, catching_up_job, resume
from engine.jobs.work import Applied
from engine.model import Configuration
from engine.records import CATCHING_UP, Edit, LineEdit, Records, door
from engine.rights import SYSTEM
from engine.schema import apply
from engine.storage.catching_up import catch_up
from engine.storage.tables import describe_tables
from tests.computed import TRADE, open_trade
from tests.engine.records.test_computed import STEPS, Model, compute_anew, everything, fresh, line, value


@pytest.fixture
def trade(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Records]:
    """A business in which two records of a stage are too many for a save."""
    monkeypatch.setattr(door, "AT_ONCE", 1)
    records = open_trade(database_url)
    yield records
    records.database.close()


def portion(records: Records, size: int = 5000) -> int:
    with records.database.write() as connection:
        return catch_up(records.database, records.tables, connection, size)


def drain(records: Records, size: int = 5000) -> int:
    """Do all that waits; in how many portions."""
    count = 0
    while portion(records, size):
        count += 1
    return count


def is_what_computing_anew_gives(records: Records) -> None:
    found = everything(records)
    compute_anew(records)
    assert everything(records) == found


def sell(records: Records, clients: int = 3, orders: int = 2) -> tuple[int, list[int]]:
    """A product in the orders of several clients."""
    saw = records.create("product", Edit({"name": "Saw", "price": Decimal(10)})).id
    made = []
    for number in range(clients):
        client = records.create("client", Edit({"name": f"Client {number}"})).id
        made.append(client)
        for _ in range(orders):
            records.create("order", Edit({"client": client}, lines={"lines": (line(saw, "1"), line(None, "1", "1"))}))
    drain(records)
    with records.database.write() as connection:
        for table in ("_job", "_queue"):
            connection.execute(text(f"DELETE FROM {table}"))
    return saw, made


def test_a_save_returns_before_what_depends_on_it_is_computed(trade: Records) -> None:
    saw, clients = sell(trade)
    before = value(trade, "client", clients[0], "turnover")
    trade.update("product", saw, Edit({"price": Decimal(20)}))
    assert value(trade, "client", clients[0], "turnover") == before
    (job, *_) = Jobs(trade.database, SYSTEM).list()
    assert (job.kind, job.state) == (CATCHING_UP, "waiting")
    drain(trade, 2)
    assert value(trade, "client", clients[0], "turnover") == before + 20 * Decimal("1.21")
    is_what_computing_anew_gives(trade)


def test_each_stage_is_computed_once_for_each_record(trade: Records) -> None:
    saw, _ = sell(trade, clients=4, orders=3)
    trade.update("product", saw, Edit({"price": Decimal(20)}))
    sizes = []
    while count := portion(trade):
        sizes.append(count)
    # Lines, then their orders, then their clients.
    assert sizes[:1] == [12]
    assert sum(sizes) <= 12 + 12 * 2 + 4 * 3


def test_what_is_changed_meanwhile_is_not_lost(trade: Records) -> None:
    saw, clients = sell(trade)
    trade.update("product", saw, Edit({"price": Decimal(20)}))
    portion(trade, 2)
    trade.update("product", saw, Edit({"price": Decimal(30)}))
    portion(trade, 2)
    trade.create("order", Edit({"client": clients[1]}, lines={"lines": (line(saw, "7"),)}))
    trade.update("client", clients[2], Edit({"discount": Decimal("0.5")}))
    drain(trade, 3)
    is_what_computing_anew_gives(trade)


def test_a_small_change_is_computed_at_once(trade: Records) -> None:
    client = trade.create("client", Edit({"name": "Ann"})).id
    trade.create("order", Edit({"client": client}, lines={"lines": (line(None, "1", "100"),)}))
    assert value(trade, "client", client, "turnover") == 121
    assert Jobs(trade.database, SYSTEM).list() == ()


def test_an_import_computes_everything_itself(trade: Records) -> None:
    with trade.batch() as batch:
        clients = batch.add("client", ["name"], [[f"Client {number}"] for number in range(5)])
        orders = batch.add("order", ["client"], [[client] for client in clients])
        batch.add("order_line", ["order", "quantity", "price"], [[order, Decimal(1), Decimal(10)] for order in orders])
    assert value(trade, "client", clients[0], "turnover") == Decimal("12.10")
    assert Jobs(trade.database, SYSTEM).list() == ()


def test_a_preview_puts_nothing_off(trade: Records) -> None:
    saw, _ = sell(trade)
    found = trade.preview("product", saw, Edit({"price": Decimal(20)}))
    assert found is not None
    assert drain(trade) == 0
    assert Jobs(trade.database, SYSTEM).list() == ()


def test_which_fields_wait_is_known_with_all_that_depend_on_them(trade: Records) -> None:
    saw, _ = sell(trade)
    assert trade.computing() == frozenset()
    trade.update("product", saw, Edit({"price": Decimal(20)}))
    found = trade.computing()
    assert {entity: sorted(field for own, field in found if own == entity) for entity, _ in found} == {
        "order_line": ["amount"],
        "order": ["debt", "net", "settled", "share", "total", "vat"],
        "client": ["debt", "group_turnover", "tier", "turnover"],
    }
    drain(trade)
    assert trade.computing() == frozenset()


def work(records: Records, folder: Path, **given: Any) -> Work:
    """An attempt at the job as a worker would begin it."""
    database = records.database
    return Work(1, 1, {}, None, database, Applied(database), Made(folder), threading.Event(), **given)


def test_the_job_does_all_of_it_and_says_how_far_it_is(
    trade: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.jobs.catching_up.PORTION", 4)
    saw, _ = sell(trade)
    trade.update("product", saw, Edit({"price": Decimal(20)}))
    mine = work(trade, tmp_path)
    outcome = catching_up_job(mine)
    assert outcome == Outcome("caught-up", {"count": mine.done})
    assert mine.done == mine.total
    assert mine.done >= 6
    is_what_computing_anew_gives(trade)
    assert catching_up_job(work(trade, tmp_path)) == Outcome("caught-up", {"count": 0})


def test_a_job_that_is_killed_between_portions_leaves_the_rest_for_the_next(trade: Records, tmp_path: Path) -> None:
    saw, _ = sell(trade)
    trade.update("product", saw, Edit({"price": Decimal(20)}))
    portion(trade, 2)
    with trade.database.trial() as connection:
        catch_up(trade.database, trade.tables, connection, 3)
    catching_up_job(work(trade, tmp_path))
    is_what_computing_anew_gives(trade)


def test_another_configuration_between_portions_is_followed(trade: Records, tmp_path: Path) -> None:
    """Formulas are put together to other stages then, and one of them is another one."""
    saw, clients = sell(trade)
    trade.update("product", saw, Edit({"price": Decimal(20)}))
    portion(trade, 2)
    tree = {**TRADE, "entities": {**TRADE["entities"]}}
    order = {**tree["entities"]["order"], "fields": {**tree["entities"]["order"]["fields"]}}
    order["fields"]["vat"] = {**order["fields"]["vat"], "formula": "ROUND(net * 10%; 2) + client.discount"}
    tree["entities"]["order"] = order
    wanted = Configuration.model_validate(tree)
    apply(trade.database, wanted, "tests")
    catching_up_job(work(trade, tmp_path))
    after = Records(trade.database, describe_tables(wanted), SYSTEM)
    is_what_computing_anew_gives(after)
    assert value(after, "client", clients[0], "turnover") == 2 * 21 * Decimal("1.1")


def test_what_a_job_gave_up_is_asked_for_by_the_next_worker(trade: Records) -> None:
    saw, _ = sell(trade)
    resume(trade.database)
    assert Jobs(trade.database, SYSTEM).list() == ()
    trade.update("product", saw, Edit({"price": Decimal(20)}))
    resume(trade.database)
    (job,) = Jobs(trade.database, SYSTEM).list()
    Jobs(trade.database, SYSTEM).cancel(job.id)
    resume(trade.database)
    assert [found.state for found in Jobs(trade.database, SYSTEM).list()] == ["waiting", "cancelled"]


def test_writers_and_jobs_at_the_same_time_leave_what_computing_anew_gives(trade: Records, tmp_path: Path) -> None:
    saw, clients = sell(trade, clients=4)
    ended = threading.Event()

    def write(number: int) -> None:
        mine = Records(trade.database, trade.tables, trade.principal)
        if number % 3 == 0:
            mine.update("product", saw, Edit({"price": Decimal(number)}))
        elif number % 3 == 1:
            mine.update("client", clients[number % 4], Edit({"discount": Decimal(number) / 100}))
        else:
            edits = (
                line(saw, str(number)),
                LineEdit(None, {"quantity": Decimal(1), "price": Decimal(number)}, key="2"),
            )
            mine.create("order", Edit({"client": clients[number % 4]}, lines={"lines": edits}))

    def catch(number: int) -> None:
        while not ended.is_set():
            catching_up_job(work(trade, tmp_path / str(number)))

    with ThreadPoolExecutor(8) as pool:
        catchers = [pool.submit(catch, number) for number in range(2)]
        list(pool.map(write, range(36)))
        ended.set()
        for catcher in catchers:
            catcher.result()
    catching_up_job(work(trade, tmp_path))
    is_what_computing_anew_gives(trade)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=STEPS, most=st.integers(0, 2), portions=st.lists(st.integers(0, 2), min_size=12, max_size=12))
def test_whatever_is_done_between_portions(tmp_path: Path, steps: list[Any], most: int, portions: list[int]) -> None:
    with fresh(tmp_path) as records, pytest.MonkeyPatch.context() as patch:
        patch.setattr(door, "AT_ONCE", most)
        model = Model(records)
        for step, count in zip(steps, portions, strict=False):
            model.run(step)
            for _ in range(count):
                portion(records, 2)
        drain(records, 3)
        is_what_computing_anew_gives(records)
