"""Deleting records, which is undoable, and the trash from which they come back."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engine.problems import Problem, Refused
from engine.query import PAGE_SIZE, Query, Sort
from engine.records import Records
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.i18n import ngettext, problem_hint, problem_text
from runtime_web.lists.asked import state_of
from runtime_web.lists.generate import grid_for, readable_columns
from runtime_web.lists.grid import Wanted
from runtime_web.lists.words import counted
from runtime_web.notices import notify
from runtime_web.request import current_locale, current_records
from runtime_web.views.listing import TrashPage

MOST = 500
"""How many records one form may delete or restore."""

blueprint = Blueprint("trash", __name__)


@blueprint.post("/records/<entity>/<int:record_id>/delete")
def delete_one(entity: str, record_id: int) -> ResponseReturnValue:
    """Put one record into the trash and go back to the list."""
    records = _records(entity)
    title = records.titles(entity, [record_id]).get(record_id, f"#{record_id}")
    arguments = _arguments(records, entity)
    if not _delete(records, entity, [record_id], title):
        return redirect(addresses.card_of(entity, record_id) + arguments, 303)
    return redirect(addresses.list_of(entity) + arguments, 303)


@blueprint.post("/records/<entity>/delete")
def delete_many(entity: str) -> ResponseReturnValue:
    """Put the records that are ticked into the trash."""
    records = _records(entity)
    if "all" in request.form:
        # More than a form can name: it is asked first, with the number, and done by a worker.
        return redirect(f"{addresses.list_of(entity)}/bulk{_arguments(records, entity)}", 307)
    ids = _ids(request.form.getlist("id"))
    if ids:
        _delete(records, entity, ids, ngettext("%(num)s record", "%(num)s records", len(ids)))
    return redirect(addresses.list_of(entity) + _arguments(records, entity), 303)


@blueprint.post("/records/<entity>/restore")
def restore(entity: str) -> ResponseReturnValue:
    """Bring records back from the trash."""
    records = _records(entity)
    ids = _ids(request.form.getlist("id") or request.args.get("ids", "").split(","))
    try:
        count = records.restore(entity, ids) if ids else 0
    except Refused as refused:
        _say(records, refused)
        return redirect(addresses.trash_of(entity), 303)
    if count:
        notify(ngettext("%(num)s record is back.", "%(num)s records are back.", count))
    return redirect(addresses.list_of(entity) + _arguments(records, entity), 303)


@blueprint.get("/records/<entity>/trash")
def trash(entity: str) -> ResponseReturnValue:
    """What was deleted, the latest first."""
    records, locale = _records(entity), current_locale()
    described = records.configuration.entities[entity]
    view = records.configuration.view(entity)[1]
    plural = described.plural_in(locale.language, entity)
    wanted = Wanted(entity, readable_columns(records, entity, view.columns), "trash_grid", picks=True)
    grid = grid_for(records, locale, wanted, lambda: {"plural": plural})
    number = request.args.get("page", 1, int)
    number = min(max(number, 1), 10_000)
    query = Query(
        entity,
        grid.columns,
        sort=(Sort("_trashed_at", descending=True),),
        offset=(number - 1) * PAGE_SIZE,
        trashed=True,
    )
    found = records.page(query)
    here = addresses.trash_of(entity)
    page = TrashPage(
        title=_("Trash: %(list)s", list=plural),
        list_url=addresses.list_of(entity),
        list_label=plural,
        restore_url=f"{addresses.list_of(entity)}/restore",
        grid=grid.render(found, "/history") if found.rows else Markup(""),
        count=counted(found.count, locale),
        previous_url=f"{here}?page={number - 1}" if number > 1 else "",
        next_url=f"{here}?page={number + 1}" if number * PAGE_SIZE < found.count.number else "",
    )
    return render_template("pages/trash.html", page=page)


def _records(entity: str) -> Records:
    records = current_records()
    if entity not in records.rights.readable or records.configuration.parent_of(entity):
        abort(404)
    if not records.rights.may("delete", entity):
        abort(403)
    return records


def _arguments(records: Records, entity: str) -> str:
    state = state_of(records, entity, request.args)
    return state.arguments(records.configuration)


def _ids(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19][:MOST]


def _delete(records: Records, entity: str, ids: list[int], what: str) -> bool:
    try:
        count = records.delete(entity, ids)
    except Refused as refused:
        _say(records, refused)
        return False
    if count:
        arguments = _arguments(records, entity).replace("?", "&", 1)
        notify(_("Deleted: %(what)s", what=what), undo=addresses.restore_of(entity, ids) + arguments)
    return True


def _say(records: Records, refused: Refused) -> None:
    for problem in refused.problems[:3]:
        told = _labelled(records, problem)
        notify(f"{problem_text(told)} {problem_hint(told)}".strip(), kind="wrong")


def _labelled(records: Records, problem: Problem) -> Problem:
    """The Problem with names of entities as people read them."""
    name = problem.params.get("entity")
    described = records.configuration.entities.get(str(name)) if name else None
    if described is None:
        return problem
    language = current_locale().language
    field = described.fields.get(str(problem.params.get("field")))
    labels = {"entity": described.plural_in(language, str(name))}
    if field:
        labels["field"] = field.label_in(language, str(problem.params["field"]))
    return replace(problem, params={**problem.params, **labels})
