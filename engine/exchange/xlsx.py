"""What an XLSX workbook says of one sheet, apart from its values."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from engine.exchange.letters import position_of
from engine.exchange.limits import MAX_TEXT
from engine.exchange.packed import Cell, Extent, Look, pieces
from engine.exchange.parts import percent_styles, sheet_members

# Written with double quotes and no spaces, as every program writes them, references are found fast.
_ODD = re.compile(rb"r(?:\s+=|=(?:\s|'))")
_ODD_REFERENCE = re.compile(rb"\br\s*=\s*[\"']")
_LETTERS = re.compile(rb'r="([A-Za-z]+)\d')
_NUMBERS = re.compile(rb'r="[A-Za-z]*(\d+)')
_LONG_NUMBERS = tuple((places, re.compile(rb'r="[A-Za-z]*\d{%d}' % places)) for places in range(5, 9))
_PREFIXED = re.compile(rb":(?:row|c)[\s>/]")
_PREFIX = re.compile(rb"<(/?)\w+:")
_EMPTY = re.compile(rb"<c\b[^>]*/>")
_SHARED = re.compile(rb"t=[\"']s[\"'][^>]*>\s*<v>(\d+)")
_ERROR = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*? t="e"[^>]*>(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)?<v>([^<]*)')


def look(archive: zipfile.ZipFile, number: int) -> Look:
    """What is known of sheet `number`, from 0. Where members are named in an unusual way, the largest one counts."""
    members = sheet_members(archive, number) or archive.namelist()
    styles = percent_styles(archive)
    looks = [_look(archive, member, styles) for member in members]
    return max(looks, key=lambda one: one.extent.rows * one.extent.columns)


def _look(archive: zipfile.ZipFile, member: str, styles: tuple[bytes, ...]) -> Look:
    scan = _scan(archive, member, styles, exact=False)
    if scan.extent.too_large:
        scan = _scan(archive, member, styles, exact=True)
    if scan.extent.too_large:
        return Look(scan.extent)
    extent = replace(scan.extent, text=_text(archive, member, scan.shared))
    return Look(extent, frozenset(scan.percentages), scan.errors)


def _scan(archive: zipfile.ZipFile, member: str, styles: tuple[bytes, ...], *, exact: bool) -> _Scan:
    scan = _Scan(styles, exact)
    for piece in pieces(archive, member):
        scan.add(piece)
        if scan.extent.too_large:
            break
    return scan


@dataclass
class _Scan:
    """Goes through a sheet's XML once, piece by piece.

    When it need not be exact, the last row is only known to have so many digits, and formatted cells without a value
    count as cells. That takes half the time, and mostly is enough.
    """

    styles: tuple[bytes, ...]
    exact: bool
    last_row: int = 0
    last_column: int = 0
    unnumbered: int = 0
    in_this_row: int = 0
    widest: int = 0
    shared: int = 0
    percentages: set[Cell] = field(default_factory=set)
    errors: dict[Cell, str] = field(default_factory=dict)

    @property
    def extent(self) -> Extent:
        """Rows and cells without a reference stand after those before them, at worst after the last one."""
        return Extent(self.last_row + self.unnumbered, self.last_column + self.widest)

    def add(self, piece: bytes) -> None:
        if _PREFIXED.search(piece):
            piece = _PREFIX.sub(rb"<\1", piece)
        if _ODD.search(piece):
            piece = _ODD_REFERENCE.sub(b'r="', piece)
        if self.exact:
            piece = _EMPTY.sub(b"", piece)
        self.last_row = max(self.last_row, self._last_row(piece))
        self.last_column = max([self.last_column, *map(_column, set(_LETTERS.findall(piece)))])
        self.unnumbered += piece.count(b"<row") - piece.count(b'<row r="')
        if piece.count(b"<c") - piece.count(b"<col") > piece.count(b'<c r="'):
            self._count_cells(piece)
        self.shared += piece.count(b't="s"') + piece.count(b"t='s'")
        if self.styles:
            self.percentages |= _styled(piece, self.styles)
        if b't="e"' in piece:
            self.errors |= {_cell(one[1], one[2]): one[3].decode(errors="replace") for one in _ERROR.finditer(piece)}

    def _last_row(self, piece: bytes) -> int:
        if self.exact:
            return max(map(int, set(_NUMBERS.findall(piece))), default=0)
        return next((10 ** (places - 1) - 1 for places, longer in _LONG_NUMBERS if not longer.search(piece)), 10**9)

    def _count_cells(self, piece: bytes) -> None:
        """The most cells of a row, where they are only counted; a row may begin in the piece before."""
        first, *others = piece.split(b"<row")
        counts = [self.in_this_row + first.count(b"<c"), *(other.count(b"<c") for other in others)]
        self.widest = max(self.widest, *counts)
        self.in_this_row = counts[-1]


def _styled(piece: bytes, styles: Iterable[bytes]) -> set[Cell]:
    pattern = re.compile(rb'<c r="([A-Z]+)(\d+)" s="(?:' + b"|".join(styles) + rb')"')
    return {_cell(letters, digits) for letters, digits in pattern.findall(piece)}


def _column(letters: bytes) -> int:
    return position_of(letters.decode()) + 1


def _cell(letters: bytes, digits: bytes) -> Cell:
    return int(digits) - 1, position_of(letters.decode())


def _text(archive: zipfile.ZipFile, member: str, cells: int) -> int:
    """How many bytes the shared texts of these cells take when each cell has its own."""
    if not cells or "xl/sharedStrings.xml" not in archive.NameToInfo:
        return 0
    lengths = list(map(len, _shared_texts(archive)))
    most = cells * max(lengths, default=0)
    if most <= MAX_TEXT:
        return most
    uses = Counter(int(found) for piece in pieces(archive, member) for found in _SHARED.findall(piece))
    return sum(lengths[index] * count for index, count in uses.items() if index < len(lengths))


def _shared_texts(archive: zipfile.ZipFile) -> Iterator[bytes]:
    whole = archive.read("xl/sharedStrings.xml")
    return iter(re.split(rb"<(?:\w+:)?si[\s>/]", whole)[1:])
