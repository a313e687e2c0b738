"""Looking into a workbook, which is a ZIP archive of XML, before a library reads it whole.

The library makes a table as wide as the outermost cells, whatever is in between: two cells in opposite corners of a
file of two kilobytes would take 500 GB. So what a sheet will take is found out first, and at little cost.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.exchange.limits import MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, MEGABYTE

Cell = tuple[int, int]
"""Row and column, both from 0."""
_BLOCK = 2 * MEGABYTE
_PICTURES = ("xl/media/", "Pictures/")


@dataclass(frozen=True, slots=True)
class Extent:
    """How many rows and columns reach to the last cell, and how many bytes of text they hold."""

    rows: int = 0
    columns: int = 0
    text: int = 0

    @property
    def too_large(self) -> str:
        """The limit that is passed, or ""."""
        if self.rows > MAX_ROWS:
            return f"{MAX_ROWS:,} rows"
        if self.rows * self.columns > MAX_CELLS:
            return f"{MAX_CELLS:,} cells"
        if self.columns > MAX_COLUMNS:
            return f"{MAX_COLUMNS:,} columns"
        return f"{MAX_TEXT // MEGABYTE} MB of text" if self.text > MAX_TEXT else ""


@dataclass(frozen=True, slots=True)
class Look:
    """What was found out about a sheet: its extent, the cells with a percentage, those whose formula has failed."""

    extent: Extent = Extent()
    percentages: frozenset[Cell] = frozenset()
    errors: Mapping[Cell, str] = field(default_factory=dict)


def bomb(archive: zipfile.ZipFile) -> bool:
    """Whether the archive says of itself that it unpacks to more than a workbook should, pictures aside."""
    sizes = (member.file_size for member in archive.infolist() if not member.filename.startswith(_PICTURES))
    return sum(sizes) > MAX_BYTES


def ambiguous(archive: zipfile.ZipFile) -> bool:
    """Whether two members have one name, so that another reader might take the other one."""
    names = archive.namelist()
    return len(set(names)) < len(names)


def pieces(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """The content of a member, in pieces that each begin with a tag.

    Raises:
        BadZipFile: the member is damaged, or is not as long as it says.
    """
    rest = b""
    with archive.open(member) as file:
        while block := file.read(_BLOCK):
            block = rest + block
            cut = max(block.rfind(b"<"), 0)
            yield block[:cut]
            rest = block[cut:]
    yield rest
