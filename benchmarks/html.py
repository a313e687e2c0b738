"""Reading a page as a person would: its tables, what is filled into its forms, what stands in a named place."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
Cells = tuple[str, ...]
Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """The parts of an HTML page that matter here. Blank templates for scripts are not part of what people see."""

    tables: tuple[tuple[Cells, ...], ...]
    forms: dict[str, Fields]
    """What each form that has an id would send, buttons left out."""
    encodings: dict[str, str]
    """How each says that it wants to be sent, "" for the usual way."""
    text: dict[str, str]
    """The text of each element that has an id, and of each chosen option by the name of its select."""
    links: dict[str, str]
    """Where each link leads that has an id."""


def read(body: bytes) -> Page:
    """The tables (rows without cells left out), forms and texts of a page."""
    reader = _Reader()
    reader.feed(body.decode())
    tables = tuple(tuple(tuple(map(_joined, row)) for row in table if row) for table in reader.tables)
    text = {name: _joined(pieces) for name, pieces in reader.text.items()}
    return Page(tables, reader.forms, reader.encodings, text, reader.links)


def _joined(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[list[str]]]] = []
        self.forms: dict[str, Fields] = {}
        self.encodings: dict[str, str] = {}
        self.text: dict[str, list[str]] = {}
        self.links: dict[str, str] = {}
        self.open: list[tuple[str, list[str]]] = []
        self.form: Fields = []
        self.select = ""
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {key: value or "" for key, value in attrs}
        self.hidden += tag == "template"
        if not self.hidden:
            self._enter(tag, named)
        if tag not in VOID:
            self.open.append((tag, self._place(tag, named)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag == "template"
        while self.open and self.open.pop()[0] != tag:
            continue

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            for _, pieces in self.open:
                pieces.append(data)

    def _enter(self, tag: str, named: dict[str, str]) -> None:
        if tag == "form":
            self.form = self.forms.setdefault(named.get("id", ""), [])
            self.encodings[named.get("id", "")] = named.get("enctype", "")
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag == "input" and "name" in named:
            self.form.append((named["name"], named.get("value", "")))
        elif tag == "a" and "id" in named:
            self.links[named["id"]] = named.get("href", "")
        elif tag == "select":
            self.select = named.get("name", "")
            self.form.append((self.select, ""))
        elif tag == "option" and "selected" in named:
            self.form[-1] = (self.select, named.get("value", ""))

    def _place(self, tag: str, named: dict[str, str]) -> list[str]:
        """Where the text of an element goes: to its id, to its cell, or nowhere."""
        if self.hidden:
            return []
        if tag == "option":
            return self.text.setdefault(self.select, []) if "selected" in named else []
        pieces = self.text.setdefault(named["id"], []) if "id" in named else []
        if tag == "td" and self.tables and self.tables[-1]:
            self.tables[-1][-1].append(pieces)
        return pieces
