"""Views that people save of lists: saved, renamed, shared, deleted and brought back, and which of them opens first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.problems import Refused
from engine.records import Records
from engine.saved import Content, Described, SavedView
from engine.saved.view import MARK
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.lists.asked import begins_with, layouts_of, listing_of, state_of, view_key
from runtime_web.lists.page import Listing
from runtime_web.lists.saved import content_of, saved_views, view_of_key
from runtime_web.notices import notify
from runtime_web.pages.account import errors_of
from runtime_web.pinned.views import countable
from runtime_web.request import current_locale, current_records, is_htmx
from runtime_web.sharing import described_in_form, share_choices, who_sees
from runtime_web.views.listing import NumbersForm, ViewForm

blueprint = Blueprint("saved_views", __name__, url_prefix="/records/<entity>/views")


@dataclass(frozen=True)
class _Entered:
    """What somebody says of a view: its name, who sees it, whether they begin with it; and what is wrong with that."""

    described: Described
    first: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def in_form(cls) -> _Entered:
        return cls(described_in_form(), "first" in request.form)


@blueprint.get("/new")
def ask(entity: str) -> ResponseReturnValue:
    """What a new view is to be called."""
    listing = _listing(entity)
    return _form(_new_form(listing, _Entered(Described(_proposed(listing)))))


@blueprint.post("/new")
def add(entity: str) -> ResponseReturnValue:
    """Save the list of this address as a view."""
    listing, entered = _listing(entity), _Entered.in_form()
    try:
        view = saved_views(listing.records).add(entity, _content(listing), entered.described)
    except Refused as refused:
        return _form(_new_form(listing, replace(entered, errors=errors_of(refused)))), 422
    _begin(listing.records, view, first=entered.first)
    notify(_("Saved: %(what)s", what=view.name))
    return redirect(addresses.viewed(entity, view.key), 303)


@blueprint.get("/<int:number>")
def one(entity: str, number: int) -> ResponseReturnValue:
    """What one's own view is called and who sees it."""
    records = current_records()
    view = _own(records, entity, number)
    return _form(_own_form(records, view, _Entered(view.described, begins_with(records, entity) == view.key)))


@blueprint.post("/<int:number>")
def describe(entity: str, number: int) -> ResponseReturnValue:
    """Rename one's own view, and share it or keep it to oneself."""
    records, entered = current_records(), _Entered.in_form()
    view = _own(records, entity, number)
    try:
        saved_views(records).describe(number, entered.described)
    except Refused as refused:
        return _form(_own_form(records, view, replace(entered, errors=errors_of(refused)))), 422
    _begin(records, view, first=entered.first)
    return redirect(addresses.viewed(entity, view.key), 303)


@blueprint.post("/<int:number>/save")
def save(entity: str, number: int) -> ResponseReturnValue:
    """Save the list of this address in the place of one's own view."""
    listing = _listing(entity)
    view = _own(listing.records, entity, number)
    saved_views(listing.records).change(number, _content(listing))
    layouts_of(listing.records).forget(entity, view.key)
    notify(_("Saved: %(what)s", what=view.name))
    return redirect(addresses.viewed(entity, view.key), 303)


@blueprint.post("/<int:number>/back")
def back(entity: str, number: int) -> ResponseReturnValue:
    """A view as it was saved, its columns too, which one has laid out for oneself since."""
    records = current_records()
    view = view_of_key(records, entity, f"{MARK}{number}")
    if view is None:
        abort(404)
    layouts_of(records).forget(entity, view.key)
    return redirect(addresses.viewed(entity, view.key), 303)


@blueprint.post("/<int:number>/delete")
def delete(entity: str, number: int) -> ResponseReturnValue:
    """Put one's own view into the trash."""
    records = current_records()
    view = _own(records, entity, number)
    saved_views(records).delete(number)
    notify(_("Deleted: %(what)s", what=view.name), undo=f"{addresses.saved_view(entity, number)}/restore")
    return redirect(addresses.list_of(entity), 303)


@blueprint.post("/<int:number>/restore")
def restore(entity: str, number: int) -> ResponseReturnValue:
    """Bring one's own view back from the trash."""
    view = saved_views(current_records()).restore(number)
    if view is None or view.entity != entity:
        abort(404)
    notify(_("Restored: %(what)s", what=view.name))
    return redirect(addresses.viewed(entity, view.key), 303)


@blueprint.get("/numbers")
def numbers(entity: str) -> ResponseReturnValue:
    """Which number of a view one wants on the home page."""
    listing = _listing(entity)
    key, language = view_key(listing.records, listing.state), listing.locale.language
    form = NumbersForm(
        title=_("Number on the home page"),
        action=addresses.pin("number", f"{entity}.{key}"),
        back_url=addresses.viewed(entity, key),
        choices=tuple(countable(listing.records, language, entity)),
    )
    return render_template("parts/numbers_form.html" if is_htmx() else "pages/numbers_form.html", form=form)


@blueprint.post("/first")
def first(entity: str) -> ResponseReturnValue:
    """Begin with a view of this list from now on."""
    records, key = current_records(), request.form.get("key", "")
    described = records.configuration.entities.get(entity)
    if described is None or entity not in records.rights.readable:
        abort(404)
    usual = records.configuration.view(entity)[0]
    if key != usual and key not in described.views and view_of_key(records, entity, key) is None:
        abort(404)
    saved_views(records).begin_with(entity, "" if key == usual else key)
    notify(_("This list opens with this view now."))
    return redirect(addresses.viewed(entity, "" if key == usual else key), 303)


def _listing(entity: str) -> Listing:
    records = current_records()
    described = records.configuration.entities.get(entity)
    if described is None or entity not in records.rights.readable or described.kind == "settings":
        abort(404)
    return listing_of(records, current_locale(), state_of(records, entity, request.args))


def _own(records: Records, entity: str, number: int) -> SavedView:
    view = saved_views(records).get(number)
    if view is None or view.entity != entity or not saved_views(records).owns(view):
        abort(404)
    return view


def _content(listing: Listing) -> Content:
    try:
        return content_of(listing.records, listing.state, Content(layout=listing.layout))
    except ValueError:
        abort(414)


def _begin(records: Records, view: SavedView, *, first: bool) -> None:
    """Begin with a view, or no longer."""
    begins = begins_with(records, view.entity) == view.key
    if first != begins:
        saved_views(records).begin_with(view.entity, view.key if first else "")


def _proposed(listing: Listing) -> str:
    """How a copy of somebody's view is called unless one says otherwise; another list has no name yet."""
    saved = listing.state.saved
    view = view_of_key(listing.records, listing.state.entity, saved.key) if saved else None
    return _("%(name)s (copy)", name=view.name) if view else ""


def _new_form(listing: Listing, entered: _Entered) -> ViewForm:
    entity, arguments = listing.state.entity, listing.arguments
    action, back = addresses.new_view_of(entity) + arguments, addresses.list_of(entity) + arguments
    return _view_form(listing.records, entered, title=_("Save as a view"), action=action, back=back)


def _own_form(records: Records, view: SavedView, entered: _Entered) -> ViewForm:
    action, back = addresses.saved_view(view.entity, view.id), addresses.viewed(view.entity, view.key)
    return _view_form(records, entered, title=_("Name and sharing"), action=action, back=back)


def _view_form(records: Records, entered: _Entered, *, title: str, action: str, back: str) -> ViewForm:
    roles = entered.described.roles
    return ViewForm(
        title=title,
        action=action,
        back_url=back,
        name=entered.described.name,
        who=who_sees(roles),
        roles=share_choices(saved_views(records).sharing.roles_to_share_with(), roles),
        first=entered.first,
        errors=entered.errors,
    )


def _form(form: ViewForm) -> str:
    return render_template("parts/view_form.html" if is_htmx() else "pages/view_form.html", form=form)
