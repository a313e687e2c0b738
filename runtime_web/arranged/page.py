"""A list that is no table: what its region shows, by the kind of its view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from markupsafe import Markup

from engine.model.view import ViewKind
from engine.records import Page
from runtime_web.arranged.calendar import Calendar
from runtime_web.arranged.gallery import Gallery
from runtime_web.arranged.kanban import Kanban
from runtime_web.arranged.slips import Slips
from runtime_web.arranged.tree import WIDEST, Tree
from runtime_web.grouped.page import tabular_page
from runtime_web.lists.page import Listing, list_page, list_view
from runtime_web.parts import part
from runtime_web.views.listing import ListPage

Draw = Callable[[Slips, Page], Markup]


def shown_page(listing: Listing) -> ListPage:
    """The page of a list in whatever view."""
    if listing.view[1].kind != "table":
        return arranged_page(listing)
    return tabular_page(listing)


def arranged_page(listing: Listing) -> ListPage:
    """The page of a list that is no table."""
    kind = listing.view[1].kind
    slips = Slips(listing, "arranged/tree_row" if kind == "tree" else "arranged/slip")
    slips, page = _found(slips, kind)
    view = list_view(slips.listing, page)
    body = DRAWN[kind](slips, page) if page.rows or kind == "calendar" else Markup("")
    return list_page(slips.listing, view, Markup(slips.grid.frame.render(rows=body, v=view)))  # noqa: S704 (an escaping template)


def _found(slips: Slips, kind: ViewKind) -> tuple[Slips, Page]:
    """The records of the list's page: those shown, but where a view shows them in its own way."""
    if kind != "gallery":
        return slips, slips.records.page(replace(slips.query(), limit=WIDEST if kind == "tree" else 1))
    state, turned = slips.state, slips.listing.query
    page = slips.records.page(replace(slips.query(beside=(slips.by,)), offset=turned.offset, edge=turned.edge))
    if page.rows or state.page == 1:
        return slips, page
    return _found(Slips(replace(slips.listing, state=state.turned(1, None))), kind)


def _calendar(slips: Slips, _page: Page) -> Markup:
    return part("arranged/calendar", calendar=Calendar(slips).view())


def _kanban(slips: Slips, _page: Page) -> Markup:
    return part("arranged/kanban", board=Kanban(slips).board())


def _gallery(slips: Slips, page: Page) -> Markup:
    return part("arranged/gallery", pictures=Gallery(slips).pictures(page))


def _tree(slips: Slips, page: Page) -> Markup:
    return Tree(slips).rows(page)


DRAWN: Mapping[str, Draw] = {"calendar": _calendar, "kanban": _kanban, "gallery": _gallery, "tree": _tree}
