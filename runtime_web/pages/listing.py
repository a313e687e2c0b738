"""The list of an entity, and the small forms that filter it."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.expressions.reached import reached
from engine.query import Query
from engine.records import Records
from runtime_web import addresses
from runtime_web.arranged.page import shown_page
from runtime_web.lists.asked import begins_with, listing_of, state_of
from runtime_web.lists.building import Builder, acted, branch_of, criteria_of, read_branch
from runtime_web.lists.choosing import filter_fields
from runtime_web.lists.filters import filter_form, typed_in, understood
from runtime_web.lists.state import ListState
from runtime_web.live import is_live, live
from runtime_web.request import current_locale, current_records, is_htmx

blueprint = Blueprint("listing", __name__)


@blueprint.get("/records/<entity>")
def listed(entity: str) -> ResponseReturnValue:
    """A page of a list; only its region when a filter, a sort or a search within it was clicked."""
    records = current_records()
    described = records.configuration.entities.get(entity)
    if described is None or entity not in records.rights.readable:
        abort(404)
    if described.kind == "settings":
        return redirect(_only_record(records, entity))
    if not request.args and (key := begins_with(records, entity)):
        return redirect(addresses.viewed(entity, key))
    return _page(records, state_of(records, entity, request.args))


@blueprint.get("/records/<entity>/filter/<name>")
def filtered(entity: str, name: str) -> ResponseReturnValue:
    """The form that filters by one field; once it is sent, the list that it makes."""
    records = current_records()
    found = reached(records.configuration, entity, name)
    if found is None or not found.comparisons:
        abort(404)
    state = state_of(records, entity, request.args)
    locale = current_locale()
    if "op" not in request.args:
        return _form(filter_form(records, state, found, locale), 200)
    typed, condition = understood(found, typed_in(request.args), locale)
    if typed.error:
        return _form(filter_form(records, state, found, locale, typed), 422)
    wanted = state.filtered(condition) if condition else state.without(name)
    if is_htmx():
        return _page(records, wanted)
    return redirect(addresses.list_of(entity) + wanted.arguments(records.configuration), 303)


@blueprint.get("/records/<entity>/conditions")
def conditions(entity: str) -> ResponseReturnValue:
    """The form in which the whole filter is put together, after each of its steps; once it is sent, the list."""
    records = current_records()
    if entity not in records.configuration.entities or entity not in records.rights.readable:
        abort(404)
    state = state_of(records, entity, request.args)
    builder = Builder(records, current_locale(), state)
    act = request.args.get("do", "")
    if not act:
        present = branch_of(records.configuration, state, builder.locale)
        # Whoever opens it wants a condition: where there is none yet, the first one stands there to be filled in.
        return _built(builder.form(present if present.parts else acted(present, "add:", builder.first)))
    branch = acted(read_branch(request.args), act, builder.first)
    if act != "apply":
        return _built(builder.form(branch))
    branch, good = builder.checked(branch)
    if not good:
        return _built(builder.form(branch), 422)
    wanted = state.filtering(criteria_of(branch))
    if is_htmx():
        return _page(records, wanted)
    return redirect(addresses.list_of(entity) + wanted.arguments(records.configuration), 303)


@blueprint.get("/records/<entity>/filter-by/<path>")
def fields(entity: str, path: str) -> ResponseReturnValue:
    """The fields of what the records of a list refer to, to choose one to filter by."""
    records = current_records()
    if entity not in records.configuration.entities:
        abort(404)
    state = state_of(records, entity, request.args)
    chooser = filter_fields(records.configuration, state, path, current_locale().language)
    if chooser is None:
        abort(404)
    return render_template("parts/filter_fields.html" if is_htmx() else "pages/filter_fields.html", chooser=chooser)


def _page(records: Records, state: ListState) -> Response:
    if is_live():
        return live(records, state.entity, lambda: _region(records, state))
    if is_htmx():
        return list_part(records, state)
    with records.reading():
        page = shown_page(listing_of(records, current_locale(), state))
    response = make_response(render_template("pages/list.html", page=page))
    response.vary.add("HX-Request")
    return response


def list_part(records: Records, state: ListState) -> Response:
    """The region of a list alone, for the page that shows the list already."""
    with records.reading():
        page = shown_page(listing_of(records, current_locale(), state))
    response = make_response(render_template("parts/list_part.html", page=page))
    if request.method == "GET" and "HX-History-Restore-Request" not in request.headers:
        response.headers["HX-Push-Url"] = page.address
    response.headers["HX-Retarget"] = "#list"
    response.headers["HX-Reswap"] = "outerMorph show:none"
    response.vary.add("HX-Request")
    return response


def _built(form: object, status: int = 200) -> ResponseReturnValue:
    template = "parts/filter_builder.html" if is_htmx() else "pages/filter_builder.html"
    return render_template(template, form=form), 200 if is_htmx() else status


def _region(records: Records, state: ListState) -> str:
    with records.reading():
        page = shown_page(listing_of(records, current_locale(), state))
    return render_template("parts/list_part.html", page=page)


def _form(form: object, status: int) -> ResponseReturnValue:
    template = "parts/filter_form.html" if is_htmx() else "pages/filter.html"
    # A browser reports each refusal of a part in its console; the form says itself what is wrong.
    return render_template(template, form=form), 200 if is_htmx() else status


def _only_record(records: Records, entity: str) -> str:
    """Where the one record of a settings entity is edited."""
    rows = records.page(Query(entity, limit=1)).rows
    return addresses.card_of(entity, rows[0][0]) if rows else addresses.new_of(entity)
