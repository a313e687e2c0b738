"""Dashboards that people make and arrange: each sees their own arrangement, and tiles only of reports that are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import text

from engine.accounts import People
from engine.audit import Audit, Sought
from engine.model import Configuration, Report
from engine.problems import Refused
from engine.rights import SYSTEM, Principal, rights_of
from engine.saved import Board, Described, Place, SavedDashboards
from engine.saved import dashboards as door
from engine.storage import Database
from tests.ready import ready_database
from tests.shop import SHOP

CONFIGURATION = Configuration.model_validate(
    {
        **SHOP,
        "roles": {
            "seller": {
                "grants": [{"entity": "order", "can": ["read", "report"]}, {"entity": "client", "can": ["read"]}]
            },
            "clerk": {"grants": [{"entity": "order", "can": ["read", "report"], "fields": {"total": "hidden"}}]},
        },
        "reports": {
            "sums": {"of": "order", "values": {"sum": {"field": "total"}}},
            "counts": {"of": "order"},
        },
        "dashboards": {
            "desk": {"label": "Desk", "tiles": {"sums": {"report": "sums"}, "counts": {"report": "counts"}}},
            "sums": {"tiles": {"sums": {"report": "sums"}}},
        },
    }
)
Door = Callable[..., SavedDashboards]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    found = ready_database(database_url, CONFIGURATION)
    for login in ("ann", "bob"):
        People(found).add(login, login.title(), password="three quiet herons")
    yield found
    found.close()


SELLERS = frozenset({"seller"})


@pytest.fixture
def of(database: Database) -> Door:
    """The door of a person, by their number and roles."""

    def door_of(number: int, *roles: str) -> SavedDashboards:
        return SavedDashboards(database, CONFIGURATION, Principal(number, f"P{number}", roles=frozenset(roles)))

    return door_of


def tiles(board: Board | None) -> list[str]:
    assert board is not None
    return [f"{name} {one.tile.width}x{one.tile.height}" for name, one in board.tiles.items()]


def place(tile: str, width: int = 4, height: int = 2) -> Place:
    return Place(tile=tile, width=width, height=height)


def test_each_arranges_a_dashboard_for_themselves(of: Door) -> None:
    ann, bob = of(1, "seller"), of(2, "seller")
    assert tiles(ann.arrange("desk", [place("counts", 12, 1), place("sums")])) == ["counts 12x1", "sums 4x2"]
    assert tiles(ann.arrange("desk", [place("sums", 6, 3)])) == ["sums 6x3"]
    board = ann.get("desk")
    assert board is not None
    assert board.arranged
    assert not board.mine
    assert tiles(bob.get("desk")) == ["sums 4x2", "counts 4x2"]
    assert tiles(ann.forget("desk")) == ["sums 4x2", "counts 4x2"]
    assert tiles(ann.get("desk")) == ["sums 4x2", "counts 4x2"]


def test_two_windows_at_the_same_time_lose_no_tile(of: Door) -> None:
    ann = of(1, "seller")
    with ThreadPoolExecutor(4) as crew:
        list(crew.map(lambda _: ann.add("desk", "counts", None), range(4)))
    assert tiles(ann.get("desk"))[2:] == [f"added_{number} 6x3" for number in range(1, 5)]


def test_whoever_loses_a_right_and_arranges_finds_the_tile_again(of: Door) -> None:
    of(1, "seller").add("desk", "sums", "number")
    assert tiles(of(1, "clerk").arrange("desk", [place("counts")])) == ["counts 4x2"]
    assert tiles(of(1, "seller").get("desk")) == ["counts 4x2", "sums 4x2", "added_1 3x1"]


def test_tiles_and_dashboards_are_there_where_their_reports_are(of: Door) -> None:
    clerk = of(1, "clerk")
    assert [board.key for board in clerk.configured()] == ["desk"]
    assert tiles(clerk.get("desk")) == ["counts 4x2"]
    assert clerk.get("sums") is None
    assert clerk.arrange("sums", []) is None
    with pytest.raises(Refused) as refused:
        clerk.add("desk", "sums", None)
    assert [found.code for found in refused.value.problems] == ["tile-report-missing"]


def test_ones_own_dashboard(of: Door) -> None:
    ann, bob = of(1, "seller"), of(2, "seller")
    made = ann.make(Described("  My   day "))
    assert (made.label, made.mine, tiles(made)) == ("My day", True, [])
    assert tiles(ann.add(made.key, "sums", "bar")) == ["own_1 6x3"]
    assert tiles(ann.add(made.key, "counts", "number")) == ["own_1 6x3", "own_2 3x1"]
    assert tiles(ann.arrange(made.key, [place("own_2", 2, 1)])) == ["own_2 2x1"]
    assert [board.key for board in ann.mine()] == [made.key]
    for foreign in (
        bob.get(made.key),
        bob.describe(made.key, Described("x")),
        bob.delete(made.key),
        bob.arrange(made.key, []),
    ):
        assert foreign is None
    assert bob.add(made.key, "counts", None) is None
    assert ann.describe(made.key, Described("Evening")) is not None
    assert ann.delete(made.key) is not None
    assert ann.get(made.key) is None
    assert ann.arrange(made.key, []) is None
    assert ann.delete(made.key) is None
    assert ann.restore(made.key) is not None
    board = ann.get(made.key)
    assert board is not None
    assert board.label == "Evening"


def test_a_tile_may_show_a_saved_report_as_long_as_it_is_shared(of: Door) -> None:
    ann, bob = of(1, "seller"), of(2, "seller")
    saved = ann.reports.add(Report(of="order"), Described("Orders", roles=frozenset({"seller"})))
    board = bob.make(Described("Mine"))
    assert tiles(bob.add(board.key, str(saved.id), None)) == ["own_1 6x3"]
    ann.reports.describe(saved.id, Described("Orders"))
    assert tiles(of(2, "seller").get(board.key)) == []
    ann.reports.describe(saved.id, Described("Orders", roles=frozenset({"seller"})))
    ann.reports.delete(saved.id)
    assert tiles(of(2, "seller").get(board.key)) == []


def test_a_shared_dashboard_is_there_for_its_roles_who_arrange_it_for_themselves(of: Door) -> None:
    ann, bob = of(1, "seller"), of(2, "seller")
    key = ann.make(Described("Ours", "For all of us", SELLERS)).key
    assert bob.shared() == ()  # Nothing stands in it yet.
    ann.add(key, "sums", "number")
    ann.add(key, "counts", None)
    (board,) = bob.shared()
    assert (board.key, board.label, board.help, board.owner_name) == (key, "Ours", "For all of us", "Ann")
    assert (board.mine, board.roles, tiles(board)) == (False, frozenset(), ["own_1 3x1", "own_2 6x3"])
    bob.add(key, "counts", "number")
    assert tiles(bob.arrange(key, [place("added_1", 3, 1), place("own_1", 12, 1)])) == ["added_1 3x1", "own_1 12x1"]
    assert tiles(ann.get(key)) == ["own_1 3x1", "own_2 6x3"]
    ann.add(key, "counts", "table")
    assert tiles(bob.get(key)) == ["added_1 3x1", "own_1 12x1", "own_3 6x3"]
    for refused in (bob.describe(key, Described("His")), bob.delete(key)):
        assert refused is None
    assert tiles(bob.forget(key)) == ["own_1 3x1", "own_2 6x3", "own_3 6x3"]
    # A clerk has not the role, and sees no sums where everyone has it.
    assert of(2, "clerk").get(key) is None
    ann.describe(key, Described("Ours", roles=frozenset({"everyone", "seller"})))
    assert tiles(of(2, "clerk").get(key)) == ["own_2 6x3", "own_3 6x3"]
    ann.delete(key)
    assert bob.get(key) is None
    assert bob.shared() == ()


def test_one_shares_with_ones_own_roles_alone(of: Door) -> None:
    ann = of(1, "seller")
    key = ann.make(Described("Mine")).key
    with pytest.raises(Refused) as refused:
        ann.describe(key, Described("Mine", roles=frozenset({"clerk"})))
    assert [found.code for found in refused.value.problems] == ["share-role-unknown"]
    assert ann.describe(key, Described("Ours", roles=SELLERS)) is not None
    found = Audit(ann.database).lines(rights_of(CONFIGURATION, SYSTEM), Sought(person=1))
    told = [(line.details["name"], line.details["roles"]) for line in found if line.event == "dashboard-shared"]
    assert told == [("Ours", "seller")]


def test_nothing_else_is_a_dashboard(of: Door) -> None:
    ann = of(1, "seller")
    for key in ("", "0", "none", "9" * 9, "9" * 5000, "1.5", "٣٣٣٣٣٣٣٣٣", "-1"):
        found = (ann.get(key), ann.delete(key), ann.forget(key), ann.arrange(key, []))
        assert found == (None, None, None, None), key


def test_what_cannot_be_read_counts_as_not_arranged(of: Door, database: Database) -> None:
    ann = of(1, "seller")
    ann.arrange("desk", [])
    with database.write() as connection:
        connection.execute(text("""UPDATE _dashboard SET content = '{"places": 3}'"""))
    assert tiles(ann.get("desk")) == ["sums 4x2", "counts 4x2"]


def test_only_people_keep_anything_and_nobody_with_anothers_eyes(of: Door, database: Database) -> None:
    ann = of(1, "seller")
    looking = SavedDashboards(database, CONFIGURATION, replace(ann.principal, looking=True))
    for other in (looking, SavedDashboards(database, CONFIGURATION, SYSTEM)):
        assert tiles(other.get("desk")) == ["sums 4x2", "counts 4x2"]
        acts: tuple[Callable[[], object], ...] = (
            partial(other.make, Described("x")),
            partial(other.arrange, "desk", []),
            partial(other.add, "desk", "sums", None),
            partial(other.forget, "desk"),
        )
        for act in acts:
            with pytest.raises(Refused):
                act()


def test_names_and_numbers_have_bounds(of: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = of(1, "seller")
    for name, code in (("  ", "required"), ("x" * 101, "too-long"), ("a\0b", "text-invalid")):
        with pytest.raises(Refused) as refused:
            ann.make(Described(name))
        assert [found.code for found in refused.value.problems] == [code]
    monkeypatch.setattr(door, "MOST_TILES", 2)
    with pytest.raises(Refused) as refused:
        ann.add("desk", "sums", None)
    assert [found.code for found in refused.value.problems] == ["tiles-too-many"]
