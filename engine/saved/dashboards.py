"""The door to dashboards, for one principal: their own, and those of the configuration and of others as they arrange them.

Whoever makes a dashboard may share it with everyone, or with roles that they have themselves. A tile is there where its
report is: configured and offered to them, or saved by them or shared with them. Nobody sees more by a dashboard or by
an arrangement than they do anyway.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pydantic import ValidationError

from engine.audit import Audit
from engine.expressions.dashboards import report_of
from engine.fields.label import Label
from engine.model import Configuration, Report, Tile
from engine.model.dashboard import Show
from engine.problems import Refused, problem
from engine.rights import Principal, Rights, rights_of
from engine.saved.arrangement import ADDED, MOST_TILES, OWN, Arrangement, Place, arranged, rearranged, with_tile
from engine.saved.report import Described, tidied, wrong_words
from engine.saved.reports import SavedReports
from engine.storage import Connection, Database
from engine.storage import dashboards as storage

MOST = 100
"""So many dashboards one person may make."""
NUMBER = re.compile(r"[1-9][0-9]{8}", re.ASCII)
"""What the numbers of what people make look like."""
Change = Callable[[Arrangement, "Board"], Arrangement]


@dataclass(frozen=True, slots=True)
class Placed:
    """A tile with the report that it asks."""

    tile: Tile
    report: Report


@dataclass(frozen=True, slots=True)
class Board:
    """A dashboard as one principal sees it. `key` is its name in the configuration, or the number of one that people made."""

    key: str
    label: Label | None
    help: Label | None
    tiles: Mapping[str, Placed]
    mine: bool = False
    """Whether they have made it."""
    arranged: bool = False
    """Whether they have arranged one that is not theirs."""
    owner_name: str = ""
    """Who has made it; "" for one of the configuration."""
    roles: frozenset[str] = frozenset()
    """Those that it is shared with."""


@dataclass(frozen=True)
class SavedDashboards:
    """The dashboards of one database, as one principal sees them."""

    database: Database
    configuration: Configuration
    principal: Principal

    @cached_property
    def rights(self) -> Rights:
        return rights_of(self.configuration, self.principal)

    @cached_property
    def reports(self) -> SavedReports:
        """The saved reports, which tiles may show as well."""
        return SavedReports(self.database, self.configuration, self.principal)

    # Which there are

    def mine(self) -> tuple[Board, ...]:
        """One's own, by name."""
        if self.principal.id is None:
            return ()
        with self.database.read() as connection:
            kept = storage.made_by(connection, self.principal.id)
        return tuple(map(self._made, kept))

    def shared(self) -> tuple[Board, ...]:
        """Those of others that are shared with one's roles, by name; only those of which one may see a tile."""
        if self.principal.id is None:
            return ()
        with self.database.read() as connection:
            kept = storage.shared(connection, self.principal.id, self.reports.reached)
        return self._several(str(one.id) for one in kept)

    def configured(self) -> tuple[Board, ...]:
        """Those of the configuration, in its order."""
        return self._several(self.rights.configuration.dashboards)

    def _several(self, keys: Iterable[str]) -> tuple[Board, ...]:
        return tuple(board for board in map(self.get, keys) if board)

    def get(self, key: str) -> Board | None:
        """The dashboard of a name or a number; None where there is none for this principal."""
        if self.principal.id is None:
            return self._base(key, None)
        with self.database.read() as connection:
            kept = self._row(connection, key)
            foreign = None
            if _is_number(key) and (kept is None or kept.base):
                foreign = storage.shared_as(connection, self.principal.id, self.reports.reached, int(key))
        if kept and not kept.base:
            return self._made(kept)
        base = self._base(key, foreign)
        return self._as_arranged(base, kept) if base and kept else base

    def _row(self, connection: Connection, key: str, *, locked: bool = False) -> storage.KeptDashboard | None:
        """One's own dashboard of a number, or how one has arranged that of somebody else."""
        owner = self.principal.id
        assert owner is not None
        made = storage.made(connection, owner, int(key), locked=locked) if _is_number(key) else None
        return made or storage.arranged_by(connection, owner, key, locked=locked)

    def _made(self, kept: storage.KeptDashboard) -> Board:
        tiles = self._placed(arranged({}, _read(kept)))
        roles = kept.roles
        return Board(
            str(kept.id), kept.name, kept.help or None, tiles, mine=True, owner_name=kept.owner_name, roles=roles
        )

    def _base(self, key: str, foreign: storage.KeptDashboard | None) -> Board | None:
        """A dashboard of the configuration or of somebody else, before one has arranged it."""
        if foreign:
            board = replace(self._made(foreign), mine=False, roles=frozenset())
            return board if board.tiles else None
        found = self.rights.configuration.dashboards.get(key)
        return Board(key, found.label, found.help, self._placed(found.tiles)) if found else None

    def _as_arranged(self, base: Board, kept: storage.KeptDashboard) -> Board:
        tiles = arranged({name: placed.tile for name, placed in base.tiles.items()}, _read(kept))
        return replace(base, tiles=self._placed(tiles), arranged=True)

    def _placed(self, tiles: Mapping[str, Tile]) -> dict[str, Placed]:
        """The tiles whose reports are there."""
        found = {name: (tile, self.report_of(tile)) for name, tile in tiles.items()}
        return {name: Placed(tile, report) for name, (tile, report) in found.items() if report}

    def report_of(self, tile: Tile) -> Report | None:
        """The report that a tile asks; None where there is none for this principal."""
        if tile.report and _is_number(tile.report):
            saved = self.reports.get(int(tile.report))
            return saved.report if saved and self.reports.is_seen(saved) else None
        return report_of(self.rights.configuration, tile)

    # Making and arranging

    def make(self, described: Described) -> Board:
        """A new dashboard, without tiles.

        Raises:
            Refused: its name cannot be, there are too many, or it may not be shared like this.
        """
        owner, tidy = self._owner(), self._checked(described, frozenset())
        with self.database.write() as connection:
            if storage.count_made(connection, owner) >= MOST:
                raise Refused([problem("dashboards-too-many", maximum=MOST)])
            values = {"owner_id": owner, "base": None, **_words(tidy), **_content(Arrangement())}
            number = storage.add_dashboard(connection, values)
            self._share(number, tidy, frozenset(), connection)
        return Board(str(number), tidy.name, tidy.help or None, {}, True, False, self.principal.name, tidy.roles)

    def describe(self, key: str, described: Described) -> Board | None:
        """Rename one's own dashboard, and share it or keep it to oneself; None where one has none of this number.

        Raises:
            Refused: its name cannot be, or it may not be shared like this.
        """
        self._owner()
        before = self.get(key)
        if before is None or not before.mine:
            return None
        tidy = self._checked(described, before.roles)
        with self.database.write() as connection:
            storage.change_dashboard(connection, int(key), {**_words(tidy), "changed_at": _now()})
            self._share(int(key), tidy, before.roles, connection)
        return self.get(key)

    def delete(self, key: str) -> Board | None:
        """Put one's own dashboard into the trash; None where one has none of this number."""
        return self._change_made(key, {"trashed_at": _now()})

    def restore(self, key: str) -> Board | None:
        """Bring one's own dashboard back from the trash; None where it is not there."""
        return self._change_made(key, {"trashed_at": None}, trashed=True)

    def arrange(self, key: str, layout: Sequence[Place]) -> Board | None:
        """Put the tiles into this order and these sizes, and leave out those that are not named."""
        return self._rearrange(key, lambda before, board: rearranged(before, board.tiles, layout))

    def add(self, key: str, report: str, show: Show | None) -> Board | None:
        """One more tile, at the end.

        Raises:
            Refused: there is no such report, or there are too many tiles.
        """
        small = show == "number"
        tile = Tile(report=report, show=show, width=3 if small else 6, height=1 if small else 3)
        if self.report_of(tile) is None:
            raise Refused([problem("tile-report-missing", path=("report",))])

        def added(before: Arrangement, board: Board) -> Arrangement:
            if len(board.tiles) >= MOST_TILES or len(before.tiles) >= MOST_TILES:
                raise Refused([problem("tiles-too-many", maximum=MOST_TILES)])
            return with_tile(before, board.tiles, tile, OWN if board.mine else ADDED)

        return self._rearrange(key, added)

    def forget(self, key: str) -> Board | None:
        """Show a dashboard that is not one's own again as it is for everybody."""
        self._owner()
        with self.database.write() as connection:
            kept = self._row(connection, key)
            if kept and kept.base:
                storage.delete_dashboard(connection, kept.id)
        return self.get(key)

    def _rearrange(self, key: str, change: Change) -> Board | None:
        owner, board = self._owner(), self.get(key)
        if board is None:
            return None
        with self.database.write() as connection:
            if not board.mine:
                values = {"owner_id": owner, "base": key, "name": "", **_content(Arrangement())}
                storage.begin_arranging(self.database, connection, values)
            kept = self._row(connection, key, locked=True)
            if kept is None:
                return None
            storage.change_dashboard(connection, kept.id, _content(change(_read(kept), board)))
        return self.get(key)

    def _change_made(self, key: str, values: Mapping[str, object], *, trashed: bool = False) -> Board | None:
        owner = self._owner()
        with self.database.write() as connection:
            kept = storage.made(connection, owner, int(key), trashed=trashed) if _is_number(key) else None
            if kept is None:
                return None
            storage.change_dashboard(connection, kept.id, values)
        return self._made(kept)

    def _checked(self, described: Described, before: frozenset[str]) -> Described:
        """What a dashboard is to be called, if it may be called and shared like that."""
        tidy = tidied(described)
        found = [*wrong_words(tidy), *self.reports.unshared(tidy.roles - before)]
        if found:
            raise Refused(found)
        return tidy

    def _share(self, number: int, described: Described, before: frozenset[str], connection: Connection) -> None:
        if described.roles == before:
            return
        storage.share_dashboard(connection, number, described.roles)
        told = {"name": described.name, "number": str(number), "roles": " ".join(sorted(described.roles))}
        details = {key: text for key, text in told.items() if text}
        Audit(self.database).note("dashboard-shared", by=self.principal.id, details=details, connection=connection)

    def _owner(self) -> int:
        """Whoever keeps something is a person, who does not merely look with another's eyes."""
        if self.principal.id is None or self.principal.looking:
            raise Refused([problem("right-missing", action="report", entity="")])
        return self.principal.id


def _words(described: Described) -> dict[str, object]:
    return {"name": described.name, "help": described.help}


def _read(kept: storage.KeptDashboard | None) -> Arrangement:
    """What is kept; what another version of the program has written is as if nobody had arranged anything."""
    try:
        return Arrangement.model_validate_json(kept.content) if kept else Arrangement()
    except ValidationError:
        return Arrangement()


def _content(arrangement: Arrangement) -> dict[str, object]:
    return {"content": arrangement.model_dump_json(exclude_defaults=True), "changed_at": _now()}


def _is_number(key: str) -> bool:
    """Whether a dashboard or a report is one that somebody has made; names begin with a letter."""
    return NUMBER.fullmatch(key) is not None


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
