"""A small configuration with attached files: cases with papers and photos, and lines with a photo of their own; two people."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from engine.files import Attached, Files
from engine.model import Configuration
from engine.records import Edit, Records
from engine.rights import Principal
from engine.storage import Database
from engine.storage.accounts import add_user
from engine.storage.tables import Tables, describe_tables
from tests.ready import ready_database

ARCHIVE: dict[str, Any] = {
    "kartoteka": 1,
    "name": "archive",
    "entities": {
        "case": {
            "fields": {
                "name": {"type": "text", "required": True},
                "papers": {"type": "file", "max_files": 3, "max_size": 1},
                "notes": {"type": "file"},
                "photos": {"type": "image"},
                "finds": {"type": "lines", "of": "find"},
            }
        },
        "find": {"kind": "child", "fields": {"name": {"type": "text"}, "photo": {"type": "image", "max_files": 2}}},
    },
}


@dataclass
class Archive:
    """The database, and doors into it for two people."""

    database: Database
    tables: Tables
    folder: Path
    ada: Principal
    bea: Principal
    largest: int = field(default=10**9)

    def files(self, who: Principal) -> Files:
        return Files(self.database, self.tables, self.folder, who, largest=self.largest)

    def records(self, who: Principal) -> Records:
        return Records(self.database, self.tables, who)

    def store(self, content: bytes = b"hello", name: str = "a.txt", field: str = "papers", **where: Any) -> Attached:
        """An upload of Ada's, unless said otherwise."""
        who, entity = where.get("who", self.ada), where.get("entity", "case")
        return self.files(who).store(entity, field, name, io.BytesIO(content))

    def case(self, **values: Any) -> int:
        """A case that Ada saves."""
        return self.records(self.ada).create("case", Edit({"name": "One", **values})).id

    def contents(self) -> list[str]:
        """The names of all files in the folder."""
        return sorted(path.name for path in self.folder.rglob("*") if path.is_file())


def open_archive(url: str, folder: Path) -> Archive:
    """An empty archive in the database at `url`, with Ada and Bea."""
    configuration = Configuration.model_validate(ARCHIVE)
    database = ready_database(url, configuration)
    tables = describe_tables(configuration)
    return Archive(database, tables, folder, person(database, "ada"), person(database, "bea"))


def person(database: Database, login: str) -> Principal:
    with database.write() as connection:
        row = {"login": login, "name": login.title(), "password": "-", "created_at": dt.datetime.now(dt.UTC)}
        return Principal(add_user(connection, row), login.title())


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    """A picture: its left half red, its right half blue."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def claiming(side: int) -> bytes:
    """A few bytes that say they are a picture of that size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
