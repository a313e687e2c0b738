"""How the values of a field stand in the cells of an exported file, so that an import reads the same values back.

A CSV file has numbers with a point, dates and moments in ISO form, percentages with their sign; a workbook has typed
cells, and text where a typed cell would lose something.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from engine.exchange.guard import guarded
from engine.fields import Field
from engine.fields.choice import Choosing
from engine.fields.decimal import Exact
from engine.fields.integer import Whole
from engine.fields.locale import Locale
from engine.fields.text import Worded

Cell = Callable[[Any], Any]
"""From a value that is not blank to what stands in the cell."""

_FIRST_DAY = dt.date(1900, 3, 1)
"""Before this, spreadsheet programs disagree about which number is which day: 1900 was no leap year."""


def csv_cell(field: Field, locale: Locale) -> Cell:
    """What a value is in a text file."""
    show = _text(field, locale)
    if isinstance(field, Exact | Whole):
        return show
    if isinstance(field, Worded):
        return guarded
    return lambda value: guarded(show(value))


def xlsx_cell(field: Field, locale: Locale) -> Cell:
    """What a value is in a workbook: a number, a date, a time, a truth, or text."""
    if isinstance(field, Exact):
        return float  # fields keep fifteen digits at most, which is what a cell can hold
    if field.kind in ("integer", "rating", "boolean", "time"):
        return lambda value: value
    if field.kind == "duration":
        show = _text(field, locale)
        return lambda value: value if value >= dt.timedelta(0) else show(value)
    if field.kind == "date":
        return lambda value: value if value >= _FIRST_DAY else value.isoformat()
    if field.kind == "datetime":
        return _moment(field, locale)
    return _text(field, locale)


def joined(texts: Iterable[str]) -> str:
    """Several names in one cell; semicolons part them, or line ends where a name has a semicolon itself."""
    listed = list(texts)
    return ("\n" if any(";" in text for text in listed) else "; ").join(listed)


def _text(field: Field, locale: Locale) -> Callable[[Any], str]:
    if isinstance(field, Exact):
        return _percentage(field.shown_places) if field.kind == "percent" else _decimal(field.places, pads=field.pads)
    if isinstance(field, Choosing):
        return _choices(field, locale)
    if field.kind == "duration":
        clock = field.formatter(locale)
        return lambda value: clock(value).replace("\u2212", "-")
    if field.kind == "boolean":
        return lambda value: "true" if value else "false"
    if isinstance(field, Worded | Whole):
        return str
    return lambda value: str(field.dump(value))


def _decimal(places: int, *, pads: bool) -> Callable[[Decimal], str]:
    """Digits with a point. Never exactly three after it: some languages would take that for a thousand."""
    shape = f".{places}f"

    def short(value: Decimal) -> str:
        text = format(value, shape)
        if not pads and places:
            text = text.rstrip("0").removesuffix(".")
        return text + "0" if text[-4:-3] == "." else text

    return short if places and (places == 3 or not pads) else lambda value: format(value, shape)


def _percentage(places: int) -> Callable[[Decimal], str]:
    show = _decimal(places, pads=False)
    return lambda value: show(value.scaleb(2)) + "%"


def _choices(field: Choosing, locale: Locale) -> Callable[[Any], str]:
    """The labels of the locale, but the value itself where a label would be read as another one."""
    labels = {option.value: option.label_in(locale.language) for option in field.options}
    shown = {
        value: label if field.means(label) and field.chosen(label) == value else value
        for value, label in labels.items()
    }
    if field.kind == "multi_choice":
        return lambda value: joined(shown.get(part, part) for part in value)
    return lambda value: shown.get(value, value)


def _moment(field: Field, locale: Locale) -> Cell:
    def cell(value: dt.datetime) -> Any:
        local = value.astimezone(locale.zone)
        # The hour that comes twice when clocks are set back can only be told in full.
        if local.fold or local.date() < _FIRST_DAY:
            return field.dump(value)
        return local.replace(tzinfo=None)

    return cell
