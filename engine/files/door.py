"""The door to attached files, for one principal: taking them in, saying what they are, giving them out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from engine.fields.file import Attached as AttachedField
from engine.files import kinds, pictures
from engine.files.names import clean_name, with_suffix
from engine.files.shelf import Arrived, Shelf, TooLarge, an_age_ago
from engine.problems import Refused, Unfit, problem
from engine.records import Missing
from engine.rights import Principal, rights_of
from engine.storage import Connection, Database
from engine.storage import files as rows
from engine.storage.files import FileRow
from engine.storage.select import Reader
from engine.storage.tables import Tables

MEGABYTE = 1024 * 1024
LARGEST = 2000 * MEGABYTE
MOST_WAITING = 1000
"""So many uploads of one person may wait for a record; a form has two hundred at most."""
BEYOND = 2**63
"""No id is as large as this, which databases cannot even be asked for."""
KEPT = dt.timedelta(days=1)
"""So long a file stays that no record names, so that a form left open overnight can still be saved."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file as people see it. Only pictures have a width and a height, and small copies."""

    id: int
    name: str
    kind: str
    size: int
    width: int | None = None
    height: int | None = None
    entity: str = ""
    """Whose field it is for."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that its reader may have: where its bytes are, their media type, and a digest that changes with them."""

    attached: Attached
    path: Path
    kind: str
    digest: str


@dataclass(frozen=True, slots=True)
class Swept:
    """What a clean-up removed: uploads that nobody used, and contents that nothing needs any more."""

    files: int
    contents: int


class Files:
    """The door to the files of one database, for one principal. Cheap to make: one per request.

    Args:
        folder: where the bytes are; made when the first file comes.
        largest: no file is larger than this many bytes, whatever its field allows.
    """

    def __init__(
        self, database: Database, tables: Tables, folder: Path, principal: Principal, *, largest: int = LARGEST
    ) -> None:
        self.database = database
        self.tables = tables
        self.principal = principal
        self.rights = rights_of(tables.configuration, principal)
        self.largest = largest
        self._shelf = Shelf(folder)
        self._reader = Reader(database, tables, self.rights)

    def store(self, entity: str, field: str, name: str, stream: IO[bytes]) -> Attached:
        """Take in a file for a field; it hangs on no record until one is saved that names its id.

        Raises:
            KeyError: there is no such field of files, or not for this principal.
            Refused: it is too large, empty, or not a picture where one is wanted; nothing was kept.
        """
        values = self._kept(entity, field, name, stream)
        with self.database.write() as connection:
            return self._added(connection, values)

    def store_within(self, connection: Connection, place: tuple[str, str], name: str, stream: IO[bytes]) -> Attached:
        """The same inside a transaction that is under way; `place` is (entity, field)."""
        return self._added(connection, self._kept(*place, name, stream))

    def describe(self, ids: Iterable[int]) -> tuple[Attached, ...]:
        """What the files of these ids are, in this order; those are left out that this principal may not read."""
        wanted = list(ids)
        if not wanted:
            return ()
        with self.database.read() as connection:
            found = self._readable(connection, wanted)
        return tuple(_attached(found[key]) for key in wanted if key in found)

    def open(self, file_id: int) -> Opened:
        """The bytes of a file.

        Raises:
            Missing: there is none, or not for this principal.
        """
        row = self._row(file_id)
        return Opened(_attached(row), self._there(self._shelf.place(row.digest), file_id), row.kind, row.digest)

    def open_small(self, file_id: int, size: int) -> Opened:
        """A small copy of a picture, one of `SIZES`; made anew where it is gone.

        Raises:
            Missing: there is no such picture, or not for this principal.
        """
        row = self._row(file_id)
        if row.width is None or size not in pictures.SIZES:
            raise Missing("_file", file_id)
        place = self._shelf.small(row.digest, size, pictures.SUFFIX)
        if not place.is_file():
            self._repaint(row)
        return Opened(_attached(row), self._there(place, file_id), pictures.THUMBNAIL_KIND, f"{row.digest}-{size}")

    def sweep(self) -> Swept:
        """Remove what no record has named for a day: rows first, then contents that no row needs."""
        with self.database.write() as connection:
            forgotten = rows.forget_loose(connection, self.tables, dt.datetime.now(dt.UTC) - KEPT)
        with self.database.read() as connection:
            needed = rows.digests(connection, self.tables)
        return Swept(forgotten, self._shelf.clear(needed, an_age_ago(KEPT.total_seconds())))

    def missing(self) -> tuple[str, ...]:
        """The digests of contents that some row names and that are not on the shelf."""
        with self.database.read() as connection:
            needed = rows.digests(connection, self.tables)
        return tuple(sorted(digest for digest in needed if not self._shelf.place(digest).is_file()))

    # Taking in

    def _kept(self, entity: str, field: str, name: str, stream: IO[bytes]) -> Mapping[str, Any]:
        """Put the bytes on the shelf; the values of the row that may name them from now on."""
        described = self._field(entity, field)
        called = clean_name(name)
        limit = min(described.max_bytes, self.largest)
        try:
            with self._shelf.arriving(stream, limit) as arrived:
                looked = self._looked_at(arrived, images_only=described.images_only)
                self._shelf.put(arrived)
        except TooLarge:
            raise Refused(
                [problem("upload-too-large", path=(field,), name=called, maximum=limit // MEGABYTE)]
            ) from None
        except Unfit as unfit:
            raise Refused([Unfit(unfit.code, name=called, **unfit.params).at(field)]) from unfit
        except OSError as error:
            raise Refused([problem("upload-not-kept", path=(field,), name=called)]) from error
        fitting = with_suffix(called, kinds.SUFFIXES.get(looked["kind"], ()))
        return {
            "entity": entity,
            "field": field,
            "name": fitting,
            "size": arrived.size,
            "digest": arrived.digest,
            **looked,
        }

    def _looked_at(self, arrived: Arrived, *, images_only: bool) -> dict[str, Any]:
        """What the bytes are: their kind and, of a sound picture, its width and height.

        Raises:
            Unfit: there are none, or no sound picture where one is wanted.
        """
        if not arrived.size:
            raise Unfit("upload-empty")
        kind = kinds.kind_of(arrived.path)
        if kind not in kinds.PICTURES:
            if images_only:
                raise Unfit("image-heic" if kind == kinds.HEIC else "image-unsuitable")
            return {"kind": kind}
        try:
            extent = self._shelf.paint(
                arrived.digest, pictures.SIZES, pictures.SUFFIX, partial(pictures.paint_small, arrived.path, kind)
            )
        except Unfit:
            if images_only:
                raise
            # As a file it may be damaged, but then no browser is asked to show it.
            return {"kind": kinds.UNKNOWN}
        return {"kind": kind, "width": extent.width, "height": extent.height}

    def _field(self, entity: str, field: str) -> AttachedField:
        described = self.tables.configuration.entities[entity].fields[field]
        if not isinstance(described, AttachedField) or not self.rights.may_read(entity, field):
            raise KeyError(field)
        return described

    def _added(self, connection: Connection, values: Mapping[str, Any]) -> Attached:
        if rows.waiting(connection, self.tables, self.principal.id) >= MOST_WAITING:
            raise Refused([problem("uploads-waiting", path=(values["field"],), maximum=MOST_WAITING)])
        key = rows.add_file(
            connection, self.tables, {**values, "created_by": self.principal.id}, dt.datetime.now(dt.UTC)
        )
        extent = values.get("width"), values.get("height")
        return Attached(key, values["name"], values["kind"], values["size"], *extent, values["entity"])

    # Giving out

    def _row(self, file_id: int) -> FileRow:
        with self.database.read() as connection:
            found = self._readable(connection, [file_id])
        if file_id not in found:
            raise Missing("_file", file_id)
        return found[file_id]

    def _readable(self, connection: Connection, ids: Iterable[int]) -> dict[int, FileRow]:
        """The rows that this principal may read: own uploads, and what hangs on records and fields they may read."""
        found = rows.files(connection, self.tables, {key for key in ids if 0 < key < BEYOND})
        hanging: dict[str, set[int]] = {}
        for row in found.values():
            if row.record_id is not None and self.rights.may_read(row.entity, row.field):
                hanging.setdefault(row.entity, set()).add(row.record_id)
        seen = {entity: rows.readable(connection, self._reader, entity, records) for entity, records in hanging.items()}
        return {key: row for key, row in found.items() if self._may_read(row, seen.get(row.entity, frozenset()))}

    def _may_read(self, row: FileRow, seen: frozenset[int]) -> bool:
        if not self.rights.may_read(row.entity, row.field):
            return False
        return row.created_by == self.principal.id if row.record_id is None else row.record_id in seen

    def _there(self, path: Path, file_id: int) -> Path:
        if not path.is_file():
            raise Missing("_file", file_id)
        return path

    def _repaint(self, row: FileRow) -> None:
        source = self._there(self._shelf.place(row.digest), row.id)
        try:
            self._shelf.paint(
                row.digest, pictures.SIZES, pictures.SUFFIX, partial(pictures.paint_small, source, row.kind)
            )
        except (Unfit, OSError) as error:
            raise Missing("_file", row.id) from error


def _attached(row: FileRow) -> Attached:
    return Attached(row.id, row.name, row.kind, row.size, row.width, row.height, row.entity)
