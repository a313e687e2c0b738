"""What a form says of records that are like the one being entered: they may be the same thing, entered twice."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template

from engine.records.alike import Alike, alike
from runtime_web import addresses
from runtime_web.cards.page import CardPage
from runtime_web.cards.posted import Posted
from runtime_web.i18n import gettext as _
from runtime_web.views.card import ShownAlike


def twins(page: CardPage, posted: Posted, record_id: int | None) -> Mapping[str, str]:
    """What stands below each field that another record shares, as HTML; of a record that is there, what was changed."""
    edit = posted.reading.edit(new=record_id is None)
    base = edit.base or {}
    typed = {name: value for name, value in edit.values.items() if record_id is None or value != base.get(name)}
    found: dict[str, list[ShownAlike]] = {}
    for one in alike(page.records, page.name, typed, record_id):
        if one.field in page.fields:
            shown = ShownAlike(_said(page, one), one.title, addresses.card_of(page.name, one.id), equal=not one.similar)
            found.setdefault(one.field, []).append(shown)
    return {name: render_template("parts/alike.html", alike=listed) for name, listed in found.items()}


def _said(page: CardPage, one: Alike) -> str:
    if one.similar:
        return _("There is something of a similar name:")
    if one.by != one.field:
        return _("The same stands in “%(field)s” of:", field=page.path_label((one.by,)))
    return _("The same stands in:")
