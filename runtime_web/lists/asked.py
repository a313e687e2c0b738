"""The list that an address asks for, with what its reader has made of it. Needs no request, so that a worker can ask too."""

from __future__ import annotations

from dataclasses import replace

from engine.fields.locale import Locale
from engine.records import Records
from engine.records.acts import Acts
from engine.saved import Layouts
from engine.saved.layout import USUAL
from runtime_web.lists.page import Listing
from runtime_web.lists.saved import opened, saved_views, view_of_key
from runtime_web.lists.state import Arguments, ListState, read_state


def state_of(records: Records, entity: str, arguments: Arguments) -> ListState:
    """The state of a list that an address's arguments describe to this reader."""
    return _own(records, _asked(records, entity, arguments))


def _asked(records: Records, entity: str, arguments: Arguments) -> ListState:
    view = view_of_key(records, entity, arguments.get("view", ""))
    if view is not None:
        return opened(records, view, arguments)
    state = read_state(records.configuration, entity, records.rights.readable[entity], arguments)
    if arguments and not state.view and saved_views(records).first(entity):
        # Where one begins with another view, the first one has to be named.
        return replace(state, view=records.configuration.view(entity)[0])
    return state


def _own(records: Records, state: ListState) -> ListState:
    """The state without an act that is nobody's business here: others' are theirs."""
    if state.act is None or Acts(records).known(state.act):
        return state
    return replace(state, act=None, unknown=(*state.unknown, str(state.act)))


def settled(records: Records, state: ListState) -> str:
    """The query string by which a list stays what it is now, for work that is done later.

    A saved view may be another by then: what it says now is what somebody agrees to.
    """
    return replace(state, saved=None).arguments(records.configuration)


def begins_with(records: Records, entity: str) -> str:
    """The key of the view that opens where an address says nothing; "" for the first one."""
    key = saved_views(records).first(entity)
    if not key or key == records.configuration.view(entity)[0]:
        return ""
    there = key in records.configuration.entities[entity].views or view_of_key(records, entity, key)
    return key if there else ""


def layouts_of(records: Records) -> Layouts:
    """The door to how this reader lays out lists."""
    return Layouts(records.database, records.principal)


def view_key(records: Records, state: ListState) -> str:
    """What the view of a list is called where something is kept about it."""
    return state.saved.key if state.saved else records.configuration.view(state.entity, state.view or None)[0]


def listing_of(records: Records, locale: Locale, state: ListState) -> Listing:
    """The list as this reader has laid it out."""
    layout = layouts_of(records).get(state.entity, view_key(records, state))
    usual = state.saved.layout if state.saved else USUAL
    return Listing(records, locale, state, layout or usual, arranged=layout is not None)
