"""Doing something with many records of a list: what, said with their number, and then the job that does it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.problems import Unfit
from engine.records import Missing, Records
from engine.records.handing_over import HandingOver
from runtime_web import addresses
from runtime_web.bulk.asking import Asked, Failed, bulk_page
from runtime_web.cards.inputs import told, typed_text
from runtime_web.kinds import BULK, BULK_UNDO
from runtime_web.lists.asked import listing_of, settled, state_of
from runtime_web.lists.editable import edits_cells
from runtime_web.request import current_jobs, current_locale, current_records
from runtime_web.told import can_undo

MOST = 500
"""How many records a form names; more are said by their list."""

blueprint = Blueprint("bulk", __name__)


@blueprint.post("/records/<entity>/bulk")
def ask(entity: str) -> ResponseReturnValue:
    """What shall be done with the records that are ticked, or with all of the list; nothing is done yet."""
    records = _records(entity)
    return _shown(records, _asked(records, entity, every="all" in request.form))


@blueprint.post("/records/<entity>/bulk/start")
def start(entity: str) -> ResponseReturnValue:
    """Have it done."""
    records = _records(entity)
    # What begins with a line below is ours: no field is called so, whatever it is that somebody keeps.
    asked = _asked(records, entity, every="_all" in request.form)
    action = request.form.get("_do", "")
    if asked.another:
        return _shown(records, asked), 409
    name = request.form.get("_of", "") if action != "delete" else ""
    if not _may(records, entity, action, name):
        abort(403)
    values: dict[str, str] = {}
    if name:
        described = records.configuration.entities[entity].fields[name]
        texts = tuple(request.form.getlist(name))
        values[name] = typed_text(described, texts)
        try:
            value = described.parse(values[name], current_locale())
            _need_value(action, value)
        except Unfit as unfit:
            failed = Failed(action, name, {name: texts}, told(unfit.at(name)))
            return _shown(records, asked, failed), 422
    params = {
        "entity": entity,
        "action": action,
        "values": values,
        "ids": list(asked.ids),
        "arguments": asked.arguments.removeprefix("?"),
        "language": current_locale().language,
        "count": asked.count,
    }
    return redirect(addresses.job(current_jobs().start(BULK, params)), 303)


@blueprint.post("/jobs/<int:job_id>/undo")
def undo(job_id: int) -> ResponseReturnValue:
    """Have what a job has done taken back."""
    jobs = current_jobs()
    try:
        job, acts = jobs.get(job_id), jobs.acts(job_id)
    except Missing:
        abort(404)
    if not can_undo(job):
        abort(404)
    params = {"entity": job.params["entity"], "acts": acts}
    return redirect(addresses.job(jobs.start(BULK_UNDO, params)), 303)


def _need_value(action: str, value: Any) -> None:
    """
    Raises:
        Unfit: nobody is named to whom records are handed over.
    """
    if action == "hand_over" and value is None:
        raise Unfit("required")


def _may(records: Records, entity: str, action: str, name: str) -> bool:
    if action == "change":
        return edits_cells(records, entity, name)
    if action == "hand_over":
        return name in HandingOver.through(records).fields(entity)
    return action == "delete" and records.rights.may("delete", entity)


def _records(entity: str) -> Records:
    records = current_records()
    if entity not in records.rights.readable or records.configuration.parent_of(entity):
        abort(404)
    return records


def _asked(records: Records, entity: str, *, every: bool) -> Asked:
    """Which records are meant, of those that this reader sees."""
    state = state_of(records, entity, request.args)
    back = state.arguments(records.configuration)
    arguments = settled(records, state)
    if every:
        query = replace(listing_of(records, current_locale(), state).exported, exact_count=True)
        count = records.count(query).number
        another = bool(state.unknown) or request.form.get("_count", str(count)) != str(count)
        return Asked(entity, arguments, (), count, back, another)
    texts = request.form.getlist("id")[:MOST]
    ids = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19]
    there = tuple(sorted(records.titles(entity, ids)))
    if not there:
        abort(redirect(addresses.list_of(entity) + arguments, 303))
    return Asked(entity, arguments, there, len(there), back)


def _shown(records: Records, asked: Asked, failed: Failed | None = None) -> str:
    return render_template("pages/bulk.html", page=bulk_page(records, current_locale(), asked, failed))
