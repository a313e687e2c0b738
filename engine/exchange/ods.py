"""How large the sheets of an ODS workbook are when every repetition in it is written out."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass

from engine.exchange.packed import Extent, pieces

_TAG = re.compile(rb"<(?:\w+:)?(table-row|table-cell|covered-table-cell|table|p|span)\b([^>]*)>([^<]*)")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"'](\d+)")


def extent(archive: zipfile.ZipFile) -> Extent:
    """What all sheets take together, since all are read; blank cells at the end of a row or sheet do not count."""
    sheets = [_Sheet()]
    for piece in pieces(archive, "content.xml"):
        for tag, attributes, text in _TAG.findall(piece):
            if tag == b"table":
                sheets.append(_Sheet())
            else:
                sheets[-1].add(tag, attributes, text)
    rows = max(sheet.rows for sheet in sheets)
    cells = sum(sheet.rows * sheet.columns for sheet in sheets)
    return Extent(rows, -(-cells // max(rows, 1)), sum(sheet.text for sheet in sheets))


@dataclass
class _Sheet:
    """Where the last cell with a value stands."""

    rows: int = 0
    columns: int = 0
    text: int = 0
    row: int = 0
    row_times: int = 1
    column: int = 0
    column_times: int = 1

    def add(self, tag: bytes, attributes: bytes, text: bytes) -> None:
        found = _REPEATED.search(attributes)
        times = int(found[1][:9]) if found else 1
        if tag == b"table-row":
            self.row, self.row_times, self.column = self.row + times, times, 0
        elif tag.endswith(b"table-cell"):
            self.column, self.column_times = self.column + times, times
            if b"value" in attributes:
                self.rows, self.columns = self.row, max(self.columns, self.column)
        else:
            self.rows, self.columns = self.row, max(self.columns, self.column)
            self.text += self.row_times * self.column_times * len(text)
