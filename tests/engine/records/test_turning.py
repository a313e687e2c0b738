"""Pages that are turned to: the same rows as pages found by their number, whatever the order, forward and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.accounts import People
from engine.fields import FIELD_TYPES
from engine.model import Configuration
from engine.query import Condition, Edge, Query, Sort
from engine.records import Edit, Page, Records
from engine.rights import SYSTEM
from engine.schema import apply
from engine.storage import Database
from engine.storage.tables import describe_tables
from tests import postgresql
from tests.surroundings import absent

KINDS: dict[str, tuple[dict[str, Any], tuple[Any, ...]]] = {
    "text": ({}, ("b", "Ä", "a", "ёж", "10", "9")),
    "integer": ({}, (0, -1, 10, 2**40)),
    "decimal": ({"scale": 3}, (Decimal("0.001"), Decimal(-5), Decimal("1000000.5"))),
    "money": ({"currency": "EUR"}, (Decimal("0.01"), Decimal("-5.00"), Decimal("100.10"))),
    "currency": ({}, ("EUR", "MDL")),
    "percent": ({}, (Decimal(0), Decimal("12.5"))),
    "boolean": ({}, (True, False)),
    "date": ({}, (dt.date(2026, 1, 31), dt.date(999, 2, 1), dt.date(2026, 2, 1))),
    "time": ({}, (dt.time(0, 0), dt.time(23, 59), dt.time(9, 5))),
    "datetime": (
        {},
        (dt.datetime(2026, 1, 1, 23, 30, tzinfo=dt.UTC), dt.datetime(2026, 1, 1, 23, 30, 0, 5, tzinfo=dt.UTC)),
    ),
    "duration": ({}, (dt.timedelta(0), dt.timedelta(days=40), dt.timedelta(minutes=-1))),
    "choice": ({"options": ["z", "a", "m"]}, ("a", "m", "z")),
    "reference": ({"to": "maker"}, (1, 2, 3)),
    "user": ({}, (1, 2)),
    "sequence": ({"mask": "{####}"}, ()),
    "phone": ({"country": "FI"}, ("+358401234567", "+37369123456")),
    "email": ({}, ("a@example.org", "b@example.org")),
    "url": ({}, ("https://example.org/a", "https://example.org/b")),
    "tax_id": ({"country": "FI"}, ("FI20774740", "FI01120389")),
    "rating": ({}, (1, 5)),
}
"""Options and values of one field of each type that can be sorted by, named like its type."""
THINGS = 17


def configuration() -> Configuration:
    fields = {kind: {"type": kind, **options} for kind, (options, _) in KINDS.items()}
    return Configuration.model_validate(
        {
            "kartoteka": 1,
            "name": "things",
            "entities": {
                "maker": {"fields": {"name": {"type": "text"}}},
                "thing": {"fields": fields, "views": {"all": {"columns": ["text"], "sort": ["date", "text"]}}},
            },
        }
    )


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def things(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    """Things with few different values, so that there are ties and blanks in every column."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{(tmp_path_factory.mktemp('things') / 'things.sqlite').as_posix()}"
        elif missing := postgresql.missing():
            absent(missing)
        else:
            server: postgresql.Server = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(server.fresh_database())
        yield fill(stack.enter_context(closing(Database(url))))


def fill(database: Database) -> Records:
    described = configuration()
    apply(database, described, "tests")
    records = Records(database, describe_tables(described), SYSTEM)
    for login in ("ana", "ben"):
        People(database).add(login, login.title(), administrator=True, password="three quiet herons")
    for name in ("Žito", None, "alfa"):
        records.create("maker", Edit({"name": name}))
    for number in range(THINGS):
        values = {
            kind: (*given, None)[(number * step + number // 5) % (len(given) + 1)]
            for step, (kind, (_, given)) in enumerate(KINDS.items(), 1)
            if given
        }
        records.create("thing", Edit(values))
    records.delete("thing", [4])
    return records


def ids(page: Page) -> list[int]:
    return [row[0] for row in page.rows]


def forward(records: Records, query: Query) -> Iterator[tuple[Query, Page]]:
    """The pages of a list, each turned to from the one before it."""
    edge: Edge | None = None
    while edge or not query.offset:
        query = query.turned(edge) if edge else query
        page = records.page(query)
        yield query, page
        edge = page.next
        if edge is None:
            return


def check_turning(records: Records, query: Query) -> None:
    """Forward and back again are the pages that offsets give."""
    pages = list(forward(records, query))
    numbered = [records.page(replace(query, offset=asked.offset)) for asked, _ in pages]
    assert [ids(page) for _, page in pages] == [ids(page) for page in numbered]
    assert len({key for page in numbered for key in ids(page)}) == numbered[0].count.number
    asked, page = pages[-1]
    for expected in reversed(numbered[:-1]):
        assert page.previous is not None
        asked = asked.turned(page.previous)
        page = records.page(asked)
        assert ids(page) == ids(expected)
        assert page.next is not None
    assert page.previous is None


def test_every_type_that_sorts_is_tried() -> None:
    assert set(KINDS) == {get_args(kind.model_fields["type"].annotation)[0] for kind in FIELD_TYPES if kind.sortable}


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("limit", [1, 3])
def test_pages_turn_by_every_type(things: Records, kind: str, descending: bool, limit: int) -> None:
    check_turning(things, Query("thing", ("text",), sort=(Sort(kind, descending),), limit=limit))


SORTS = st.lists(
    st.builds(
        Sort, st.sampled_from(["text", "date", "choice", "reference", "money", "boolean", "user"]), st.booleans()
    ),
    unique_by=lambda sort: sort.field,
    max_size=3,
).map(tuple)
CONDITIONS = st.sampled_from([(), (Condition("boolean", "is", (True,)),), (Condition("date", "filled"),)])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sort=SORTS, conditions=CONDITIONS, search=st.sampled_from(["", "a"]), limit=st.integers(1, 5))
def test_pages_turn_by_several_columns(
    things: Records, sort: Sequence[Sort], conditions: tuple[Condition, ...], search: str, limit: int
) -> None:
    check_turning(things, Query("thing", (), conditions, search, tuple(sort), limit))


def test_a_record_has_its_neighbours_across_pages(things: Records) -> None:
    query = Query("thing", sort=(Sort("choice", descending=True), Sort("date")), limit=4)
    whole = ids(things.page(replace(query, limit=100)))
    for asked, page in forward(things, query):
        for key in ids(page):
            at = whole.index(key)
            around = things.neighbours(asked, key)
            assert around.position == at
            assert [around.before, around.after] == [(None, *whole, None)[at], (None, *whole, None)[at + 2]]


class TestChanges:
    """What happens to a page that is turned to after the list has changed."""

    QUERY = Query("maker", sort=(Sort("name"),), limit=2)

    @pytest.fixture
    def makers(self, database_url: str) -> Iterator[Records]:
        with closing(Database(database_url)) as database:
            described = configuration()
            apply(database, described, "tests")
            records = Records(database, describe_tables(described), SYSTEM)
            for name in "acegik":
                records.create("maker", Edit({"name": name}))
            yield records

    def second(self, makers: Records) -> Query:
        edge = makers.page(self.QUERY).next
        assert edge is not None
        return self.QUERY.turned(edge)

    def test_a_row_that_comes_in_before_moves_nothing(self, makers: Records) -> None:
        asked = self.second(makers)
        makers.create("maker", Edit({"name": "b"}))
        assert ids(makers.page(asked)) == [3, 4]
        assert ids(makers.page(replace(asked, edge=None))) == [2, 3]

    def test_a_row_that_goes_before_moves_nothing(self, makers: Records) -> None:
        asked = self.second(makers)
        makers.delete("maker", [1])
        assert ids(makers.page(asked)) == [3, 4]

    def test_without_the_row_at_the_edge_the_page_is_found_by_its_number(self, makers: Records) -> None:
        asked = self.second(makers)
        makers.delete("maker", [2])
        assert ids(makers.page(asked)) == [4, 5]

    def test_a_row_at_the_edge_that_has_moved_is_not_followed(self, makers: Records) -> None:
        asked = self.second(makers)
        makers.update("maker", 2, Edit({"name": "z"}))
        assert ids(makers.page(asked)) == [4, 5]

    def test_an_edge_holds_for_one_page_of_one_list_only(self, makers: Records) -> None:
        asked = self.second(makers)
        assert ids(makers.page(replace(asked, offset=4))) == [5, 6]
        assert ids(makers.page(replace(asked, sort=(Sort("name", descending=True),)))) == [4, 3]
        assert ids(makers.page(replace(asked, edge=Edge(99, "", backwards=False)))) == [3, 4]


def test_blanks_and_values_meet_within_a_page(things: Records) -> None:
    """Every way of cutting a short order where its blanks begin."""
    for first, second in permutations(["date", "money", "reference"], 2):
        for descending in (False, True):
            check_turning(things, Query("thing", sort=(Sort(first, descending), Sort(second)), limit=2))
