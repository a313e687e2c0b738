"""Which keys do what."""

from __future__ import annotations

from flask import Blueprint, render_template

from runtime_web.i18n import gettext as _
from runtime_web.request import is_htmx

blueprint = Blueprint("keys", __name__)


@blueprint.get("/keys")
def keys() -> str:
    """The list of keys; as a part it fills a dialog."""
    return render_template("parts/keys.html" if is_htmx() else "pages/keys.html", groups=key_groups())


def key_groups() -> tuple[tuple[str, tuple[tuple[tuple[str, ...], str], ...]], ...]:
    """Groups of (keys, what they do)."""
    control, shift, enter, escape = _("Ctrl"), _("Shift"), _("Enter"), _("Esc")
    everywhere = (
        (("/",), _("Search everywhere")),
        ((control, "K"), _("The same, from inside a field")),
        ((escape,), _("Close what is open")),
        (("?",), _("Show these keys")),
    )
    lists = (
        (("↑", "↓"), _("Go from row to row")),
        ((enter,), _("Open the record")),
        (("Ins",), _("Add a record")),
        (("F9",), _("Copy the record")),
        (("Del",), _("Delete what is selected")),
    )
    cards = (
        (("F2",), _("Edit")),
        (("PgUp",), _("Previous record")),
        (("PgDn",), _("Next record")),
        ((control, "S"), _("Save")),
        ((control, enter), _("Save")),
        ((escape,), _("Back to the list; asks if something has changed")),
        (("F9",), _("Copy the record")),
        ((enter,), _("Next field; in lines, the next line")),
        ((shift, "Tab"), _("Previous field")),
        (("F2",), _("Edit")),
        ((control, "Del"), _("Delete the line")),
        (("Alt", "↑"), _("Move the line up")),
        (("Alt", "↓"), _("Move the line down")),
    )
    return (_("Everywhere"), everywhere), (_("In a list"), lists), (_("In a card"), cards)
