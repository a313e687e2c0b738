"""How somebody has arranged a dashboard: which tiles in which order and size, what they added, what they left out.

What a dashboard of the configuration gets later shows up at the end of everybody's arrangement of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pydantic import Field as Key

from engine.fields.label import Frozen
from engine.model import Tile
from engine.model.dashboard import COLUMNS, LINES

MOST_TILES = 40
OWN, ADDED = "own_{}", "added_{}"
"""What tiles are called that somebody adds to a dashboard of their own, and to that of others, which has names already."""


class Place(Frozen):
    """Where a tile stands: after those before it in the list, so wide and so high."""

    tile: str = Key(max_length=60)
    width: int = Key(ge=2, le=COLUMNS)
    height: int = Key(ge=1, le=LINES)


class Arrangement(Frozen):
    """What somebody has made of a dashboard, or of nothing."""

    places: tuple[Place, ...] = ()
    tiles: dict[str, Tile] = Key(default_factory=dict)
    """Those that they added."""
    left_out: tuple[str, ...] = ()
    """Those of the dashboard that they do not want."""


def arranged(base: Mapping[str, Tile], arrangement: Arrangement) -> dict[str, Tile]:
    """The tiles as somebody wants them: in their order and sizes, and last what they have said nothing about."""
    known = {**base, **arrangement.tiles}
    placed = {
        place.tile: known[place.tile].model_copy(update={"width": place.width, "height": place.height})
        for place in arrangement.places
        if place.tile in known
    }
    return placed | {
        name: tile for name, tile in known.items() if name not in placed and name not in arrangement.left_out
    }


def rearranged(before: Arrangement, shown: Collection[str], layout: Sequence[Place]) -> Arrangement:
    """What follows from a new layout of the tiles that were shown; of others, everything stays as it was."""
    wanted = {place.tile: place for place in layout if place.tile in shown}
    removed = [name for name in shown if name not in wanted]
    others = [place for place in before.places if place.tile not in shown]
    return Arrangement(
        places=(*wanted.values(), *others),
        tiles={name: tile for name, tile in before.tiles.items() if name not in removed},
        left_out=tuple(dict.fromkeys((*before.left_out, *(name for name in removed if name not in before.tiles)))),
    )


def with_tile(before: Arrangement, taken: Collection[str], tile: Tile, names: str) -> Arrangement:
    """The same with one more tile at the end, under a name that nobody has."""
    numbers = range(1, len(taken) + len(before.tiles) + 2)
    name = next(name for name in map(names.format, numbers) if name not in taken and name not in before.tiles)
    return before.model_copy(update={"tiles": {**before.tiles, name: tile}})
