"""What turns the values of a column into the content of its cells: closures, made once a page, called once a cell.

A cell that is more than text has a source in templates/html/cells, with holes in braces: {value} is what is stored,
{text} what people read; files also have {more}. Everything that goes into a hole is escaped here, unless it cannot hold markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup
from markupsafe import escape as markup_escape

from engine.fields import Field
from engine.fields.choice import Choosing
from engine.fields.locale import Locale
from engine.fields.rating import RatingField
from engine.records import Page
from formulas.values import ERROR_CODES
from runtime_web.i18n import gettext as _
from runtime_web.lists.words import error_reason, target_of

Show = Callable[..., Any]
Maker = Callable[[Page], Show]
Drawings = Mapping[Any, str]
NOTHING: Mapping[int, Any] = {}
HARMLESS = frozenset({"integer", "decimal", "money", "percent", "date", "time", "datetime", "duration"})
"""Types whose values are shown with digits and signs that mean nothing in HTML."""
LONGEST = 300
"""So many characters of a long text go into a cell."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Text with holes, filled by the % of Python, which is the fastest that there is. `holes` names them in order."""

    text: str
    holes: tuple[str, ...]

    @classmethod
    def of(cls, source: str) -> Pattern:
        """Read a text whose holes are names in braces."""
        holes = tuple(re.findall(r"\{(\w+)\}", source))
        return cls(re.sub(r"\{\w+\}", "%s", source.replace("%", "%%")), holes)

    def filled(self, names: Mapping[str, Any]) -> str:
        """The text with each hole filled by its name."""
        return self.text % tuple(names[hole] for hole in self.holes)


def without_braces(text: object) -> Markup:
    """A text for HTML that can be mistaken neither for a hole nor for a part of a template."""
    return Markup(str(markup_escape(text)).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704 (escaped here)


@dataclass(frozen=True, slots=True)
class Drawn:
    """How values of few kinds look: the macros of templates/html/parts/pill.html, and the mark of a yes."""

    pill: Callable[[str, str | None], str]
    stars: Callable[[int, int, str], str]
    error: Callable[[str, str], str]


def drawings_of(described: Field, locale: Locale, drawn: Drawn) -> Drawings:
    """Every value of a field that has few, as it stands in a cell."""
    if isinstance(described, Choosing):
        return {
            option.value: str(drawn.pill(option.label_in(locale.language), option.color))
            for option in described.options
        }
    if isinstance(described, RatingField):
        most = described.max
        return {value: str(drawn.stars(value, most, f"{value}/{most}")) for value in range(1, most + 1)}
    return {}


def maker_of(name: str, described: Field | None, locale: Locale, pattern: Pattern | None, drawings: Drawings) -> Maker:
    """What makes the closure of a column for the values of a page."""
    target = target_of(described) if described else name
    if described is not None and described.links():
        return lambda page: _linked(page, name, target, pattern)
    if target:
        return lambda page: _reference(page.titles.get(target, NOTHING), pattern)
    assert described is not None
    if described.kind == "multi_choice":
        return lambda page: _several(drawings)
    if described.kind == "boolean":
        mark = pattern.text % () if pattern else ""
        return lambda page: lambda value: mark if value else ""
    if drawings:
        return lambda page: lambda value: "" if value is None else drawings.get(value) or escape(str(value))
    show = described.formatter(locale) if described.kind != "long_text" else _beginning
    shown = show if described.kind in HARMLESS else lambda value: escape(show(value))
    if pattern and pattern.holes:
        return lambda page: _patterned(pattern.text, shown)
    return lambda page: _text(shown)


def _beginning(text: str) -> str:
    """As much of a long text as a row can ever show."""
    line = " ".join(text[:LONGEST].split())
    return line + "…" if len(text) > LONGEST else line


def opening(make: Maker) -> Maker:
    """The same for the cell that opens the card: it also takes the id, which it shows where there is nothing else."""

    def opened(page: Page) -> Show:
        show = make(page)
        return lambda value, record_id: show(value) or f"#{record_id}"

    return opened


def with_errors(make: Maker, errors: Drawings) -> Maker:
    """The same for a computed field: it also takes the number of the error that stands in place of a value."""

    def checked(page: Page) -> Show:
        show = make(page)
        return lambda value, *more: show(value, *more[:-1]) if more[-1] is None else errors[more[-1]]

    return checked


def errors_of(drawn: Drawn) -> Drawings:
    """Every error value by its number, as it stands in a cell."""
    return {number: str(drawn.error(code, error_reason(code))) for number, code in enumerate(ERROR_CODES, 1)}


def with_currency(make: Maker, pattern: Pattern) -> Maker:
    """The same for an amount whose currency stands in another column of its row."""

    def priced(page: Page) -> Show:
        show, text = make(page), pattern.text
        return lambda value, currency: (
            text % (show(value), escape(str(currency))) if value is not None and currency else show(value)
        )

    return priced


def _reference(titles: Mapping[int, str], pattern: Pattern | None) -> Show:
    named = _named(titles, pattern)
    return lambda value: "" if value is None else named(value)


def _linked(page: Page, name: str, target: str, pattern: Pattern | None) -> Show:
    links = page.links.get(name, NOTHING)
    if not target:
        return _attached(links, pattern or Pattern.of("{text}"))
    named = _named(page.titles.get(target, NOTHING), pattern)
    return lambda record_id: ", ".join(map(named, links.get(record_id, ())))


def _named(titles: Mapping[int, str], pattern: Pattern | None) -> Show:
    """What records are called; of one that the reader may not see, that there is one."""
    text, unseen = pattern.text if pattern else None, escape(_("(not shown)"))

    def named(key: int) -> str:
        title = titles.get(key)
        if title is None:
            return unseen
        return text % (key, escape(title)) if text else escape(title)

    return named


def _attached(links: Mapping[int, tuple[int, ...]], pattern: Pattern) -> Show:
    """Files: {text} is how many there are, {value} the first of them, {more} how many others."""

    def show(record_id: int) -> str:
        ids = links.get(record_id)
        if not ids:
            return ""
        said = {"text": len(ids), "value": ids[0], "more": f"+{len(ids) - 1}" if len(ids) > 1 else ""}
        return pattern.text % tuple(said[hole] for hole in pattern.holes)

    return show


def _several(drawings: Drawings) -> Show:
    return lambda values: " ".join(drawings.get(value) or escape(str(value)) for value in values or ())


def _patterned(text: str, shown: Callable[[Any], Any]) -> Show:
    return lambda value: "" if value is None else text % (escape(str(value)), shown(value))


def _text(shown: Callable[[Any], Any]) -> Show:
    return lambda value: "" if value is None else shown(value)
