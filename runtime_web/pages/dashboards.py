"""Dashboards: which there are, the frames of one, and what stands in each tile.

The page has the frames alone, and asks for each tile by itself: a slow one holds up no other.
"""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from engine.fields.label import text_in
from engine.saved import Board, Described
from runtime_web import addresses
from runtime_web.dashboards.kept import adding_to, saved_dashboards
from runtime_web.dashboards.tiles import content_of, frame_of
from runtime_web.i18n import gettext as _
from runtime_web.i18n import ngettext
from runtime_web.reports.saving import NEW, OWN, Typed, saving_form
from runtime_web.reports.shapes import Room
from runtime_web.request import current_language, current_locale, current_records
from runtime_web.sharing import sharing_words
from runtime_web.views.dashboard import DashboardEntry, DashboardPage, DashboardSection, DashboardsPage
from runtime_web.views.saving import SavingForm

blueprint = Blueprint("dashboards", __name__)
NARROWEST, WIDEST, LOWEST, HIGHEST, STEP = 240, 1600, 120, 1200, 20
"""Between which sizes a chart is drawn, in steps of so much."""
USUAL = 560, 300


@blueprint.get("/dashboards")
def listed() -> str:
    """Every dashboard that the person has."""
    return list_page()


def list_page(typed: Typed | None = None) -> str:
    """The list, with what was entered for a new one that could not be made."""
    door, rights = saved_dashboards(), current_records().rights
    sections = (
        DashboardSection(_("Mine"), tuple(map(_entry, door.mine()))),
        DashboardSection(_("Shared with me"), tuple(map(_entry, door.shared()))),
        DashboardSection(_("Ready made"), tuple(map(_entry, door.configured()))),
    )
    may = rights.may_anywhere("report") and not rights.looking
    new = saving_form(NEW, _("New dashboard"), addresses.DASHBOARDS, Described(""), typed) if may else None
    page = DashboardsPage(tuple(section for section in sections if section.entries), new)
    return render_template("pages/dashboards.html", page=page)


@blueprint.get("/dashboards/<key>")
def one(key: str) -> str:
    """A dashboard: its tiles without what stands in them."""
    return board_page(_found(key))


def board_page(board: Board, typed: Typed | None = None) -> str:
    """The page of a dashboard, with what was entered about its name and sharing that could not be taken."""
    records, language, url = current_records(), current_language(), addresses.dashboard(board.key)
    frames = tuple(frame_of(records.configuration, board.key, key, one, language) for key, one in board.tiles.items())
    looking = records.rights.looking
    page = DashboardPage(
        title=_title(board),
        help=text_in(board.help, language, ""),
        said=_said(board),
        url=url,
        tiles=frames,
        mine=board.mine,
        arranged=board.arranged,
        arranging="arrange" in request.args,
        adding=None if looking else adding_to(records),
        describing=_describing(board, typed) if board.mine and not looking else None,
    )
    return render_template("pages/dashboard.html", page=page)


def _describing(board: Board, typed: Typed | None) -> SavingForm:
    described = Described(_title(board), text_in(board.help, current_language(), ""), board.roles)
    return saving_form(OWN, _("Name and sharing"), addresses.dashboard(board.key), described, typed)


def _title(board: Board) -> str:
    return text_in(board.label, current_language(), board.key)


def _said(board: Board) -> str:
    """With whom one that people have made is shared, or by whom."""
    return sharing_words(board.owner_name, board.roles, mine=board.mine) if board.owner_name else ""


@blueprint.get("/dashboards/<key>/_tile/<tile>")
def tile(key: str, tile: str) -> str:
    """What stands in a tile; the address says how large a chart is to be."""
    placed = _found(key).tiles.get(tile)
    if placed is None:
        abort(404)
    found = content_of(current_records(), tile, placed, current_locale(), _room())
    return render_template("parts/tile.html", tile=found)


def _found(key: str) -> Board:
    board = saved_dashboards().get(key)
    if board is None:
        abort(404)
    return board


def _room() -> Room:
    width, height = (
        request.args.get(name, usual, type=int) for name, usual in zip(("width", "height"), USUAL, strict=True)
    )
    return _between(NARROWEST, width, WIDEST), _between(LOWEST, height, HIGHEST)


def _between(least: int, wanted: int, most: int) -> int:
    return max(least, min(wanted, most)) // STEP * STEP


def _entry(board: Board) -> DashboardEntry:
    language, count = current_language(), len(board.tiles)
    return DashboardEntry(
        label=_title(board),
        help=text_in(board.help, language, ""),
        url=addresses.dashboard(board.key),
        tiles=ngettext("%(num)s tile", "%(num)s tiles", count),
        note=_said(board),
    )
