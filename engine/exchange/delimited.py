"""Rows of a text file: comma, semicolon, tab or bar between cells, in the encodings that spreadsheet programs write."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path

from engine.exchange.guard import unguarded
from engine.exchange.limits import MAX_CELL, MAX_CELLS, MAX_ROWS, MEGABYTE
from engine.problems import Refused, problem

KINDS = (".csv", ".tsv", ".txt")
DELIMITERS = (",", ";", "\t", "|")
# The line by which spreadsheet programs are told the delimiter.
_SAID = re.compile(r"sep=([^\r\n])[\r\n]")
_SAMPLE = 20_000
_QUOTED = re.compile(r'"[^"]*"')
# Letters of Cyrillic stand in the upper half of its code page, those with accents of Latin code pages stand alone.
_CYRILLIC = re.compile(rb"[\xc0-\xff\xa8\xb8]{3}")
_EASTERN = re.compile(rb"[\xaa\xba\xde\xfe\xc3\xe3]")


def read(path: Path, encoding: str = "") -> list[list[str]]:
    """Every row of a text file; a cell is text as it stands, without the guard of our own export.

    Raises:
        Refused: it is not text, a quotation mark does not fit, or it is too large.
    """
    csv.field_size_limit(MAX_CELL)
    try:
        encoding = encoding or _encoding(path)
        with path.open(encoding=encoding, newline="") as file:
            sample = file.read(_SAMPLE)
            said = _SAID.match(sample)
            file.seek(0)
            if said:
                file.readline()
            delimiter = said[1] if said else _delimiter(sample)
            rows = list(_rows(csv.reader(file, delimiter=delimiter, strict=True), path.name))
    except (UnicodeError, LookupError) as error:
        raise Refused([problem("sheet-not-text", file=path.name, encoding=encoding)]) from error
    return [[], *rows] if said else rows


def _rows(reader: Iterator[list[str]], name: str) -> Iterator[list[str]]:
    cells = rows = 0
    try:
        for row in reader:
            rows += 1
            cells += len(row)
            if rows > MAX_ROWS or cells > MAX_CELLS:
                limit = f"{MAX_ROWS:,} rows" if rows > MAX_ROWS else f"{MAX_CELLS:,} cells"
                raise Refused([problem("sheet-too-large", file=name, limit=limit)])
            yield [unguarded(cell) if cell[:1] == "'" else cell for cell in row]
    except csv.Error as error:
        if "field limit" in str(error):
            raise Refused(
                [problem("sheet-too-large", file=name, limit=f"{MAX_CELL:,} characters in a cell")]
            ) from error
        raise Refused([problem("sheet-quote", file=name, row=rows + 1)]) from error


def _encoding(path: Path) -> str:
    """What the bytes look like: UTF-16 with its mark, UTF-8, or one of the one-byte code pages of Windows."""
    with path.open("rb") as file:
        start = file.read(4 * MEGABYTE)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in start:
        raise Refused([problem("sheet-unreadable", file=path.name)])
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            while text.read(MEGABYTE):
                pass
    except UnicodeDecodeError:
        return _code_page(start)
    return "utf-8-sig"


def _code_page(raw: bytes) -> str:
    if _CYRILLIC.search(raw):
        return "cp1251"
    return "cp1250" if _EASTERN.search(raw) else "cp1252"


def _delimiter(sample: str) -> str:
    """The sign that the first line has most often, outside of quotation marks."""
    first = _QUOTED.sub("", sample).lstrip(" \r\n").partition("\n")[0]
    return max(DELIMITERS, key=first.count)
