"""A page as somebody sees it: the cells of its table, and what a browser would send with its form."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

INVISIBLE = {"template", "svg", "style", "script"}


@dataclass
class Seen:
    """What a page shows. `form` holds the values of the form with that id, as a browser would send them."""

    rows: list[list[str]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    form: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    """Texts of links and where they lead; of several alike the first."""
    text: str = ""


def seen(page: str, form: str = "card-form") -> Seen:
    """Read a page."""
    reader = _Reader(form)
    reader.feed(page)
    reader.close()
    reader.seen.text = " ".join(reader.words)
    return reader.seen


class _Reader(HTMLParser):
    def __init__(self, form: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = Seen()
        self.words: list[str] = []
        self._wanted = form
        self._forms: list[bool] = []
        self._cell: list[str] | None = None
        self._link: tuple[str, list[str]] | None = None
        self._select, self._several = "", False
        self._area: tuple[str, list[str]] | None = None
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._hidden += tag in INVISIBLE
        begin = getattr(self, f"_begin_{tag}", None)
        if begin and not self._hidden:
            begin(given)

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in INVISIBLE
        end = getattr(self, f"_end_{tag}", None)
        if end and not self._hidden:
            end()

    def _begin_form(self, given: dict[str, str]) -> None:
        self._forms.append(given.get("id") == self._wanted)

    def _end_form(self) -> None:
        self._forms.pop()

    def _begin_tr(self, _: dict[str, str]) -> None:
        self.seen.rows.append([])

    def _begin_td(self, _: dict[str, str]) -> None:
        self._cell = []

    _begin_th = _begin_td

    def _end_td(self) -> None:
        self.seen.rows[-1].append(_plain(self._cell))
        self._cell = None

    def _end_th(self) -> None:
        self.seen.heads.append(_plain(self._cell))
        self._cell = None

    def _begin_a(self, given: dict[str, str]) -> None:
        self._link = (given.get("href", ""), [])

    def _end_a(self) -> None:
        if self._link:
            self.seen.links.setdefault(_plain(self._link[1]), self._link[0])
        self._link = None

    def _begin_select(self, given: dict[str, str]) -> None:
        self._select, self._several = given.get("name", ""), "multiple" in given
        self._options: list[str] = []

    def _begin_option(self, given: dict[str, str]) -> None:
        # A browser sends the first option of a plain select where none is marked.
        if "selected" in given:
            self._options = [*(self._options if self._several else []), given.get("value", "")]
        elif not self._options and not self._several:
            self._options = [given.get("value", "")]

    def _end_select(self) -> None:
        for value in self._options:
            self._send(self._select, value)

    def _begin_textarea(self, given: dict[str, str]) -> None:
        self._area = (given.get("name", ""), [])

    def _end_textarea(self) -> None:
        if self._area:
            self._send(self._area[0], "".join(self._area[1]).removeprefix("\n"))
        self._area = None

    def _begin_input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        ticked = kind not in ("checkbox", "radio") or "checked" in given
        if ticked and kind not in ("submit", "button", "file"):
            self._send(given.get("name", ""), given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        for place in (self._cell, self._link and self._link[1], self._area and self._area[1]):
            if place is not None:
                place.append(data)
        if data.strip():
            self.words.append(" ".join(data.split()))

    def _send(self, name: str, value: Any) -> None:
        if name and self._forms and self._forms[-1]:
            self.seen.form.setdefault(name, []).append(value)


def _plain(parts: list[str] | None) -> str:
    return " ".join("".join(parts or ()).split())


def data_rows(page: str) -> list[list[str]]:
    """The rows of the page's table, without those of the head."""
    return [row for row in seen(page).rows if row]


def unmarked(page: str) -> str:
    """A page without the marks that a search sets where it found what was typed."""
    return page.replace("<mark>", "").replace("</mark>", "")
