"""Which keys do what."""

from __future__ import annotations

from flask import Blueprint, render_template

from runtime_web.i18n import gettext as _
from runtime_web.request import is_htmx

Keys = tuple[tuple[tuple[str, ...], str], ...]

blueprint = Blueprint("keys", __name__)


@blueprint.get("/keys")
def keys() -> str:
    """The list of keys; as a part it fills a dialog."""
    return render_template("parts/keys.html" if is_htmx() else "pages/keys.html", groups=key_groups())


def key_groups() -> tuple[tuple[str, Keys], ...]:
    """Groups of (keys, what they do)."""
    control, enter, escape = _("Ctrl"), _("Enter"), _("Esc")
    everywhere = (
        ((control, "K"), _("Search, go somewhere, begin something")),
        (("/",), _("The same, outside of fields")),
        ((control, enter), _("From the search: all results")),
        ((escape,), _("Close what is open")),
        (("?",), _("Show these keys")),
    )
    moving = (
        (("↑", "↓", "←", "→"), _("Go from record to record; in a tree, open and close")),
        ((control, "←"), _("Move the record to the column or day before")),
        ((control, "→"), _("Move the record to the next column or day")),
        ((control, "Z"), _("Undo")),
    )
    return (
        (_("Everywhere"), everywhere),
        (_("In a list"), _in_lists()),
        (_("In a calendar, on a board"), moving),
        (_("In a card"), _in_cards()),
    )


def _in_lists() -> Keys:
    control, shift, enter = _("Ctrl"), _("Shift"), _("Enter")
    return (
        (("↑", "↓"), _("Go from row to row")),
        (("←", "→"), _("Go from cell to cell")),
        (("Home", "End"), _("Go to the first or the last column")),
        ((control, "Home"), _("Go to the first record of the list")),
        ((control, "End"), _("Go to the last record of the list")),
        (("PgUp", "PgDn"), _("Go up or down by a windowful")),
        (("F2",), _("Edit the cell; typing does so too")),
        ((shift, "↓"), _("Choose several cells")),
        ((control, "A"), _("Choose all cells of the page")),
        ((control, "C"), _("Copy the cells")),
        ((control, "V"), _("Paste, also from a spreadsheet program")),
        ((control, "D"), _("Fill down")),
        ((control, "Z"), _("Undo")),
        ((control, "Y"), _("Do it again")),
        ((enter,), _("Open the record")),
        ((_("Space"),), _("Tick the row")),
        (("Alt", "↓"), _("Menu of a column, at its heading")),
        (("Ins",), _("Add a record")),
        (("F4",), _("Details of the row beside the list")),
        (("F9",), _("Copy the record")),
        (("Del",), _("Delete the rows that are ticked, or empty the cells")),
    )


def _in_cards() -> Keys:
    control, shift, enter, escape = _("Ctrl"), _("Shift"), _("Enter"), _("Esc")
    return (
        (("F2",), _("Edit")),
        (("PgUp",), _("Previous record")),
        (("PgDn",), _("Next record")),
        (("Alt", "PgUp"), _("Previous record, from inside a field")),
        (("Alt", "PgDn"), _("Next record, from inside a field")),
        ((control, "S"), _("Save")),
        ((control, enter), _("Save")),
        ((control, shift, enter), _("Save and add another")),
        ((escape,), _("Back to the list; asks if something has changed")),
        (("F9",), _("Copy the record")),
        ((enter,), _("Next field; in lines, the next line")),
        ((shift, "Tab"), _("Previous field")),
        ((control, "Del"), _("Delete the line")),
        ((control, "D"), _("In lines: fill down")),
        ((shift, "↓"), _("In lines: choose several cells")),
        ((control, "Z"), _("In lines: undo what was pasted, filled or cleared")),
        (("Alt", "↑"), _("Move the line up")),
        (("Alt", "↓"), _("Move the line down")),
    )
