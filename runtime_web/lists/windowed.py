"""The pages of a list as a script shows them below each other, as many as somebody looks at."""

from __future__ import annotations

from markupsafe import Markup

from engine.fields.locale import Locale
from engine.model import Configuration
from engine.query import Edge
from engine.records import Page
from engine.storage.select import Count
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.lists.state import ListState, joined
from runtime_web.views.listing import Window

ATTRIBUTE = Markup(' data-%s="%s"')


def window_of(configuration: Configuration, locale: Locale, state: ListState, page: Page) -> Window:
    """What a page says of those around it."""
    pieces = {**state.pieces(configuration), "page": "", "exact": ""}
    return Window(
        count=page.count.number,
        size=state.size,
        rows=f"{addresses.list_of(state.entity)}/rows{joined(pieces) or '?'}",
        around=around(configuration, state, page),
        text=_text(page.count, locale),
    )


def around(configuration: Configuration, state: ListState, page: Page) -> Markup:
    """The attributes of a page's rows: where it is, and where the rows before and after them are."""
    here = addresses.list_of(state.entity)

    def rows(number: int, edge: Edge | None) -> str:
        return f"{here}/rows{state.turned(number, edge).arguments(configuration) or '?'}"

    found = {"url": here + state.arguments(configuration)}
    if page.next:
        found["next"] = rows(state.page + 1, page.next)
    if state.page > 1:
        found["previous"] = rows(state.page - 1, page.previous)
    return Markup("").join(ATTRIBUTE % pair for pair in found.items())


def _text(count: Count, locale: Locale) -> str:
    said = {"first": "{first}", "last": "{last}", "number": locale.decimal_formatter(0)(count.number)}
    if count.capped:
        return _("%(first)s to %(last)s of more than %(number)s", **said)
    return _("%(first)s to %(last)s of %(number)s", **said)
