"""Lists: conditions, order, search, counts, pages."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from engine.query import Condition, Query, Sort
from engine.records import Edit, Missing, Records


def names(shop: Records, *conditions: Condition, search: str = "", sort: str = "name") -> list[str]:
    page = shop.page(Query("client", ("name",), conditions, search, (Sort.parse(sort),)))
    assert page.count.number == len(page.rows)
    return [row[1] for row in page.rows]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Condition("name", "contains", ("ПЁТР",)), ["Ёлкин Пётр"]),
        (Condition("name", "starts", ("елк",)), ["Ёлкин Пётр"]),
        (Condition("name", "contains", ("%",)), ["Șef 100% SRL"]),
        (Condition("name", "contains", ("_",)), ["beta_x"]),
        (Condition("name", "equals", ("ALFA",)), ["Alfa"]),
        (Condition("name", "differs", ("alfa",)), ["beta_x", "Șef 100% SRL", "Ёлкин Пётр"]),
        (Condition("city", "blank"), ["beta_x"]),
        (Condition("city", "differs", ("oslo",)), ["beta_x", "Șef 100% SRL", "Ёлкин Пётр"]),
        (Condition("since", "on", (dt.date(2021, 6, 1),)), ["Ёлкин Пётр"]),
        (Condition("since", "between", (dt.date(2020, 1, 1), dt.date(2021, 6, 1))), ["Alfa", "Ёлкин Пётр"]),
        (Condition("since", "from", (dt.date(2021, 6, 2),)), ["beta_x"]),
        (Condition("status", "any_of", ("new", "gone")), ["Șef 100% SRL", "Ёлкин Пётр"]),
        (Condition("status", "none_of", ("new", "gone")), ["Alfa", "beta_x"]),
        (Condition("tags", "any_of", ("b",)), ["Alfa", "Ёлкин Пётр"]),
        (Condition("tags", "none_of", ("a",)), ["beta_x", "Șef 100% SRL", "Ёлкин Пётр"]),
        (Condition("tags", "blank"), ["beta_x", "Șef 100% SRL"]),
        (Condition("vip", "is", (True,)), ["Alfa"]),
        (Condition("seen", "on", (dt.date(2026, 1, 1),)), ["Șef 100% SRL"]),
        (Condition("seen", "until", (dt.date(2026, 1, 1),)), ["Șef 100% SRL"]),
        (Condition("seen", "from", (dt.date(2026, 1, 2),)), []),
        (Condition("seen", "between", (dt.date(2025, 1, 1), dt.date(2026, 1, 1))), ["Șef 100% SRL"]),
        (Condition("agent", "blank"), ["Alfa", "beta_x", "Șef 100% SRL", "Ёлкин Пётр"]),
    ],
)
def test_conditions(filled: Records, condition: Condition, expected: list[str]) -> None:
    assert names(filled, condition) == expected


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("ёЛК", ["Ёлкин Пётр"]),
        ("елк", ["Ёлкин Пётр"]),
        ("sef", ["Șef 100% SRL"]),
        ("chisin sef", ["Șef 100% SRL"]),
        ("oslo sef", []),
        ("%", ["Șef 100% SRL"]),
        ("  ", ["Alfa", "beta_x", "Șef 100% SRL", "Ёлкин Пётр"]),
    ],
)
def test_search(filled: Records, search: str, expected: list[str]) -> None:
    assert names(filled, search=search) == expected


def test_choices_sort_in_the_order_of_their_options(filled: Records) -> None:
    assert names(filled, sort="status") == ["beta_x", "Ёлкин Пётр", "Alfa", "Șef 100% SRL"]
    assert names(filled, sort="-status") == ["Șef 100% SRL", "Alfa", "Ёлкин Пётр", "beta_x"]


def test_blanks_are_smallest(filled: Records) -> None:
    assert names(filled, sort="since")[0] == "Șef 100% SRL"
    assert names(filled, sort="-since")[-1] == "Șef 100% SRL"


def test_linked_and_referenced_titles_come_with_the_page(fresh: Records) -> None:
    record = fresh.create("client", Edit({"name": "Zed", "partners": (2, 1), "agent": 3})).id
    page = fresh.page(Query("client", ("name", "partners", "agent"), (Condition("partners", "any_of", (1,)),)))
    assert [row[0] for row in page.rows] == [record]
    assert page.links["partners"][record] == (2, 1)
    assert page.titles["client"] == {1: "Alfa", 2: "Ёлкин Пётр", 3: "Șef 100% SRL"}


def test_search_follows_references(fresh: Records) -> None:
    fresh.create("order", Edit({"client": 2, "total": Decimal("5.00")}))
    fresh.create("order", Edit({"client": 1}))
    page = fresh.page(Query("order", ("number", "client"), search="елкин"))
    assert len(page.rows) == 1
    assert {(found.entity, found.title) for found in fresh.search("елкин")} == {
        ("client", "Ёлкин Пётр"),
        ("order", "ORD-2026-0001"),
    }


def test_orders_sort_by_their_clients_names(fresh: Records) -> None:
    for client in (2, 1, 3, 4):
        fresh.create("order", Edit({"client": client}))
    page = fresh.page(Query("order", ("client",), sort=(Sort("client"),)))
    assert [page.titles["client"][row[1]] for row in page.rows] == ["Alfa", "beta_x", "Șef 100% SRL", "Ёлкин Пётр"]


def test_pages_meet_without_overlap(filled: Records) -> None:
    query = Query("client", ("name",), sort=(Sort("vip"),), limit=3)
    first = [row[0] for row in filled.page(query).rows]
    second = [row[0] for row in filled.page(Query("client", ("name",), sort=(Sort("vip"),), limit=3, offset=3)).rows]
    assert sorted(first + second) == [1, 2, 3, 4]


def test_neighbours_follow_the_list(filled: Records) -> None:
    query = Query("client", sort=(Sort("name"),), limit=2, offset=2)
    around = filled.neighbours(query, 3)
    assert (around.before, around.after, around.position) == (4, 2, 2)


def test_a_long_filtered_count_is_capped(shop: Records) -> None:
    with shop.batch() as batch:
        batch.add("client", ("name", "city"), [(f"n{number}", "Oslo") for number in range(10_050)])
    query = Query("client", conditions=(Condition("city", "equals", ("Oslo",)),))
    assert (shop.count(query).number, shop.count(query).capped) == (10_000, True)
    assert shop.count(Query("client", conditions=query.conditions, exact_count=True)).number == 10_050
    assert shop.count(Query("client")).number == 10_050


def test_rare_and_common_words_are_found_alike(shop: Records) -> None:
    """A search walks the list or gathers its hits, by their number; the page is the same."""
    with shop.batch() as batch:
        rows = [(f"common {'rare' if number % 1000 == 7 else ''} {number:05d}",) for number in range(10_050)]
        batch.add("client", ("name",), rows)
    for search, first in (("common", "common  00000"), ("rare", "common rare 00007"), ("co 00", "common  00000")):
        page = shop.page(Query("client", ("name",), search=search, sort=(Sort("name"),)))
        assert page.rows[0][1].split() == first.split()
        assert [row[1] for row in page.rows] == sorted(row[1] for row in page.rows)


def test_search_keeps_step_with_changes(shop: Records) -> None:
    record = shop.create("client", Edit({"name": "Before", "city": "Oslo"})).id
    shop.update("client", record, Edit({"name": "After"}))
    assert (names(shop, search="before"), names(shop, search="after oslo")) == ([], ["After"])
    shop.delete("client", [record])
    assert names(shop, search="after") == []
    shop.restore("client", [record])
    assert names(shop, search="fter") == ["After"]


def test_a_stream_gives_every_record(shop: Records) -> None:
    with shop.batch() as batch:
        batch.add("client", ("name",), [(f"n{number:05d}",) for number in range(5_001)])
    rows = [row[1] for page in shop.stream(Query("client", ("name",), sort=(Sort("name"),))) for row in page.rows]
    assert rows == [f"n{number:05d}" for number in range(5_001)]


def test_lookup_puts_first_what_begins_so(fresh: Records) -> None:
    fresh.create("client", Edit({"name": "Meta Alfa"}))
    assert [title for _, title in fresh.lookup("client", "alfa")] == ["Alfa", "Meta Alfa"]
    assert [title for _, title in fresh.lookup("client", "")][:1] == ["Alfa"]


def test_an_unknown_name_is_a_key_error_everywhere(filled: Records) -> None:
    for query in (
        Query("nothing"),
        Query("client", ("secret",)),
        Query("client", (), (Condition("secret", "blank"),)),
        Query("client", (), (), "", (Sort("secret"),)),
    ):
        with pytest.raises(KeyError):
            filled.page(query)


@pytest.mark.parametrize("number", [0, 1, 2, 50, 51])
def test_however_many_records_are_looked_up_each_is_found(shop: Records, number: int) -> None:
    made = {shop.create("client", Edit({"name": f"Client {n}"})).id: f"Client {n}" for n in range(number)}
    assert shop.titles("client", made) == made
    with shop.batch() as batch:
        found = batch.find("client", "name", list(made.values()))
        assert batch.find_titled("_user", ["nobody"]) == {}
    assert found == {name: (key,) for key, name in made.items()}


def test_what_is_read_together_comes_from_one_state(fresh: Records) -> None:
    other = Records(fresh.database, fresh.tables, fresh.principal)
    with fresh.reading():
        assert fresh.get("client", 1).title == "Alfa"
        other.update("client", 1, Edit({"name": "Omega"}))
        assert fresh.get("client", 1).title == "Alfa"
    assert fresh.get("client", 1).title == "Omega"


def test_after_a_failure_the_database_is_read_as_before(fresh: Records) -> None:
    with pytest.raises(Missing), fresh.reading():
        fresh.get("client", 99)
    assert fresh.get("client", 1).title == "Alfa"
