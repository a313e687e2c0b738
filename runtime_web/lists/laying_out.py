"""The panel in which one chooses the columns of a list, and what it sends."""

from __future__ import annotations

from collections.abc import Iterator

from werkzeug.datastructures import MultiDict

from engine.saved import Layout, Shown
from engine.saved.layout import LEAST_WIDTH, MOST_COLUMNS, MOST_FROZEN, MOST_WIDTH
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.lists.page import Listing
from runtime_web.views.listing import ColumnChoice, ColumnsPanel


def sent_layout(listing: Listing, form: MultiDict[str, str]) -> Layout | None:
    """The layout that a form names, `column` once for each or `columns` with commas; None where nothing is left of it."""
    columns = tuple(_sent_columns(listing, form))
    if not columns:
        return None
    frozen = form.get("frozen", "1")
    count = min(int(frozen), MOST_FROZEN) if frozen.isascii() and frozen.isdigit() and len(frozen) < 4 else 1
    return Layout(columns=columns, frozen=count).without(listing.usual)


def _sent_columns(listing: Listing, form: MultiDict[str, str]) -> Iterator[Shown]:
    """Those that this reader may see, each once; written as its name, or with a width as name:180."""
    seen: set[str] = set()
    sent = [*form.getlist("column"), *form.get("columns", "").split(",")]
    for text in sent[:MOST_COLUMNS]:
        name, _colon, width = text.partition(":")
        if name in listing.there and name not in seen:
            seen.add(name)
            yield Shown(field=name, width=_width(width))


def _width(text: str) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        return None
    return min(max(int(text), LEAST_WIDTH), MOST_WIDTH)


def columns_panel(listing: Listing) -> ColumnsPanel:
    """What the panel says: first the columns that are shown, then the others as the fields stand."""
    shown = listing.columns
    rest = tuple(name for name in listing.there if name not in shown)
    widths = listing.layout.widths()
    here, arguments = addresses.list_of(listing.state.entity), listing.arguments
    return ColumnsPanel(
        title=_("Columns"),
        action=f"{here}/columns{arguments}",
        back_url=here + arguments,
        choices=tuple(
            ColumnChoice(name, listing.label_of(name), name in shown, str(widths.get(name, "")))
            for name in (*shown, *rest)
        ),
        frozen=tuple((number, number == listing.layout.frozen) for number in range(MOST_FROZEN + 1)),
        arranged=listing.arranged,
    )
