"""Which parts of an XLSX workbook hold what: the members of a sheet, the styles that show a percentage."""

from __future__ import annotations

import posixpath
import re
import zipfile

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_SHEET_ID = re.compile(rb":id\s*=\s*[\"']([^\"']*)")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ID = re.compile(rb"\sId\s*=\s*[\"']([^\"']*)")
_TARGET = re.compile(rb"\sTarget\s*=\s*[\"']([^\"']*)")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s[^>]*>")
_FORMAT_ID = re.compile(rb"\snumFmtId\s*=\s*[\"'](\d+)")
_FORMAT_CODE = re.compile(rb"\sformatCode\s*=\s*\"([^\"]*)")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b(.*?)</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
# In a number format, what stands in quotes or after a backslash is text.
_LITERAL = re.compile(rb"&quot;.*?&quot;|\\.")
_USUAL_PERCENTAGES = {b"9", b"10"}


def sheet_members(archive: zipfile.ZipFile, number: int) -> list[str]:
    """The members that may be sheet `number`, from 0; none where the workbook does not say it as programs do."""
    sheets = _SHEET.findall(_read(archive, "xl/workbook.xml"))
    wanted = _SHEET_ID.search(sheets[number]) if number < len(sheets) else None
    if not wanted:
        return []
    relations = _RELATION.findall(_read(archive, "xl/_rels/workbook.xml.rels"))
    targets = [_TARGET.search(one) for one in relations if (found := _ID.search(one)) and found[1] == wanted[1]]
    members = [_member(target[1].decode(errors="replace")) for target in targets if target]
    return members if all(member in archive.NameToInfo for member in members) else []


def percent_styles(archive: zipfile.ZipFile) -> tuple[bytes, ...]:
    """The numbers of the cell styles that show a fraction as a percentage."""
    content = _read(archive, "xl/styles.xml")
    formats = set(_USUAL_PERCENTAGES)
    for one in _FORMAT.findall(content):
        number, code = _FORMAT_ID.search(one), _FORMAT_CODE.search(one)
        if number and code and b"%" in _LITERAL.sub(b"", code[1]):
            formats.add(number[1])
    styles = _STYLES.search(content)
    listed = _STYLE.findall(styles[1]) if styles else []
    shown = [_FORMAT_ID.search(style) for style in listed]
    return tuple(str(place).encode() for place, found in enumerate(shown) if found and found[1] in formats)


def _member(target: str) -> str:
    plain = target.replace("\\", "/")
    return posixpath.normpath(plain[1:] if plain.startswith("/") else f"xl/{plain}")


def _read(archive: zipfile.ZipFile, member: str) -> bytes:
    return archive.read(member) if member in archive.NameToInfo else b""
