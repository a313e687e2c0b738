"""Dashboards that people make for themselves and for each other, and how they arrange those of others."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from pydantic import TypeAdapter, ValidationError

from engine.fields.label import text_in
from engine.model.dashboard import Show
from engine.problems import Refused
from engine.saved import Board, Place
from engine.saved.arrangement import MOST_TILES
from runtime_web import addresses
from runtime_web.dashboards.kept import SHOWS, saved_dashboards
from runtime_web.i18n import gettext as _
from runtime_web.i18n import problem_text
from runtime_web.notices import notify
from runtime_web.pages.account import errors_of
from runtime_web.pages.dashboards import board_page, list_page
from runtime_web.reports.saving import NEW, OWN, Typed
from runtime_web.request import current_language
from runtime_web.sharing import described_in_form

blueprint = Blueprint("dashboards_edit", __name__, url_prefix=addresses.DASHBOARDS)
LAYOUT = TypeAdapter(tuple[Place, ...])


@blueprint.post("")
def make() -> ResponseReturnValue:
    """Make a dashboard of one's own."""
    described = described_in_form()
    try:
        board = saved_dashboards().make(described)
    except Refused as refused:
        return list_page(Typed(NEW, described, errors_of(refused))), 422
    return redirect(addresses.arranging(board.key), 303)


@blueprint.post("/<key>")
def describe(key: str) -> ResponseReturnValue:
    """Call one's own dashboard otherwise, and say who sees it."""
    described = described_in_form()
    try:
        board = _found(saved_dashboards().describe(key, described))
    except Refused as refused:
        return board_page(_found(saved_dashboards().get(key)), Typed(OWN, described, errors_of(refused))), 422
    notify(_("Saved: %(what)s", what=_called(board)))
    return redirect(addresses.arranging(key), 303)


@blueprint.post("/<key>/_layout")
def arrange(key: str) -> ResponseReturnValue:
    """Keep the order and the sizes of the tiles that the page shows; those that it no longer names are left out."""
    try:
        layout = LAYOUT.validate_json(request.get_data())
    except ValidationError:
        abort(400)
    if len(layout) > 2 * MOST_TILES:
        abort(400)
    _found(saved_dashboards().arrange(key, layout))
    return "", 204


@blueprint.post("/<key>/_tiles")
def add(key: str) -> ResponseReturnValue:
    """Add a tile with a report."""
    show = request.form.get("show", "")
    if show and show not in SHOWS:
        abort(400)
    try:
        _found(saved_dashboards().add(key, request.form.get("report", ""), cast("Show", show) if show else None))
    except Refused as refused:
        notify(problem_text(refused.problems[0]), kind="wrong")
    return redirect(addresses.arranging(key), 303)


@blueprint.post("/<key>/_original")
def forget(key: str) -> ResponseReturnValue:
    """Show a dashboard that is not one's own again as it is for everybody."""
    _found(saved_dashboards().forget(key))
    return redirect(addresses.dashboard(key), 303)


@blueprint.post("/<key>/delete")
def delete(key: str) -> ResponseReturnValue:
    """Put one's own dashboard into the trash."""
    board = _found(saved_dashboards().delete(key))
    notify(_("Deleted: %(what)s", what=_called(board)), undo=f"{addresses.dashboard(key)}/restore")
    return redirect(addresses.DASHBOARDS, 303)


@blueprint.post("/<key>/restore")
def restore(key: str) -> ResponseReturnValue:
    """Bring one's own dashboard back from the trash."""
    board = _found(saved_dashboards().restore(key))
    notify(_("Restored: %(what)s", what=_called(board)))
    return redirect(addresses.dashboard(key), 303)


def _found(board: Board | None) -> Board:
    if board is None:
        abort(404)
    return board


def _called(board: Board) -> str:
    return text_in(board.label, current_language(), board.key)
