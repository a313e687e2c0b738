"""How somebody arranges a dashboard: what they say holds, and about what they have not seen they say nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.model import Tile
from engine.saved.arrangement import OWN, Arrangement, Place, arranged, rearranged, with_tile

NAMES = ("a", "b", "c", "d")
BASE = {name: Tile(report=name) for name in NAMES}


def placed(*names: str) -> tuple[Place, ...]:
    return tuple(Place(tile=name, width=4, height=2) for name in names)


def test_order_and_size_are_as_they_were_said() -> None:
    layout = (Place(tile="c", width=12, height=1), *placed("a", "b", "d"))
    found = arranged(BASE, rearranged(Arrangement(), NAMES, layout))
    assert list(found) == ["c", "a", "b", "d"]
    assert (found["c"].width, found["c"].height, found["c"].report) == (12, 1, "c")


def test_what_was_left_out_stays_away_and_what_is_new_comes_last() -> None:
    arrangement = rearranged(Arrangement(), NAMES, placed("d", "b"))
    assert list(arranged(BASE, arrangement)) == ["d", "b"]
    assert list(arranged({**BASE, "new": Tile(report="new")}, arrangement)) == ["d", "b", "new"]


def test_what_the_configuration_no_longer_has_is_no_longer_there() -> None:
    arrangement = rearranged(Arrangement(), NAMES, placed("d", "b", "a", "c"))
    assert list(arranged({"a": BASE["a"]}, arrangement)) == ["a"]


def test_an_added_tile_has_a_name_that_nobody_has() -> None:
    arrangement = with_tile(
        with_tile(Arrangement(), ("own_1",), Tile(report="x"), OWN), ("own_1",), Tile(report="y"), OWN
    )
    assert {name: tile.report for name, tile in arrangement.tiles.items()} == {"own_2": "x", "own_3": "y"}
    without = rearranged(arrangement, (*NAMES, "own_2", "own_3"), placed("own_3", "a"))
    assert list(without.tiles) == ["own_3"]
    assert without.left_out == ("b", "c", "d")


@given(st.permutations(NAMES), st.sets(st.sampled_from(NAMES)), st.sets(st.sampled_from(NAMES)))
def test_tiles_that_were_not_shown_stay_as_they_were(order: list[str], hidden: set[str], dropped: set[str]) -> None:
    before = rearranged(Arrangement(), NAMES, placed(*order))
    shown = [name for name in order if name not in hidden]
    layout = placed(*(name for name in reversed(shown) if name not in dropped))
    found = arranged(BASE, rearranged(before, shown, layout))
    assert set(found) == hidden | {place.tile for place in layout}
    assert [name for name in found if name not in hidden] == [place.tile for place in layout]
