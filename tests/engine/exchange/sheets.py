"""Files as people make them, and as attackers do."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
START = f'<worksheet xmlns="{MAIN}"><sheetData>'
END = "</sheetData></worksheet>"


def write_xlsx(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """A workbook with these cells; texts stay texts."""
    with xlsxwriter.Workbook(str(path), PLAIN) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    page.write(number, column, cell)
    return path


def write_csv(path: Path, rows: Iterable[Sequence[Any]], delimiter: str = ";") -> Path:
    """A text file with these cells."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def raw_xlsx(path: Path, *pieces: str, **members: str) -> Path:
    """A workbook whose first sheet is made of these pieces, whatever they are."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{WORKBOOK}"/></Types>',
        )
        archive.writestr("_rels/.rels", _relations("officeDocument", "xl/workbook.xml"))
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr("xl/_rels/workbook.xml.rels", _relations("worksheet", "worksheets/sheet1.xml"))
        for name, content in members.items():
            archive.writestr(f"xl/{name}.xml", content)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for piece in (START, *pieces, END):
                sheet.write(piece.encode())
    return path


def _relations(kind: str, target: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{LINKS}/{kind}" Target="{target}"/></Relationships>'


def raw_ods(path: Path, *tables: str) -> Path:
    """An ODS workbook with these tables."""
    names = " ".join(f'xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "table", "text"))
    sheets = "".join(
        f'<table:table table:name="T{number}">{table}</table:table>' for number, table in enumerate(tables)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>{sheets}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def ods_row(*cells: str, times: int = 1) -> str:
    """A row of an ODS table."""
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def ods_cell(text: str = "", times: int = 1) -> str:
    """A cell of an ODS table, blank without a text."""
    again = f'table:number-columns-repeated="{times}"'
    if not text:
        return f"<table:table-cell {again}/>"
    return f'<table:table-cell {again} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
