"""Saved views of lists as their readers open them. Needs no request, so that a worker can open them too."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from engine.records import Records
from engine.saved import Content, SavedView, SavedViews
from engine.saved.view import LONGEST_ARGUMENTS, MARK
from runtime_web.lists.state import PASSING, Arguments, ListState, Pairs, Usual, read_state

NUMBERED = re.compile(re.escape(MARK) + r"([0-9]{1,18})", re.ASCII)
"""The key of a saved view."""


def saved_views(records: Records) -> SavedViews:
    """The door to saved views for whoever reads these records."""
    return SavedViews(records.database, records.tables.configuration, records.principal)


def views_there(records: Records, entity: str) -> tuple[SavedView, ...]:
    """The saved views of a list that are there for its reader: their own, and those of others all of which they may see."""
    return tuple(view for view in saved_views(records).of(entity) if _is_there(records, view))


def every_view_there(records: Records) -> tuple[SavedView, ...]:
    """The saved views of all lists that are there for this reader."""
    return tuple(view for view in saved_views(records).all() if _is_there(records, view))


def view_of_key(records: Records, entity: str, key: str) -> SavedView | None:
    """The saved view that an address names, None where it names none that is there for this reader."""
    said = NUMBERED.fullmatch(key)
    view = saved_views(records).get(int(said[1])) if said else None
    return view if view is not None and view.entity == entity and _is_there(records, view) else None


def _is_there(records: Records, view: SavedView) -> bool:
    if view.entity not in records.rights.readable:
        return False
    return saved_views(records).owns(view) or not as_saved(records, view).unknown


def as_saved(records: Records, view: SavedView) -> ListState:
    """The list that a view describes to this reader, as if no view had been saved."""
    return _read(records, view.entity, tuple(parse_qsl(view.content.arguments, keep_blank_values=True)))


def opened(records: Records, view: SavedView, arguments: Arguments) -> ListState:
    """The list of an address that names a saved view: what the address does not say is as the view has it."""
    usual = as_saved(records, view)
    own = tuple(usual.own_pairs(records.configuration))
    asked = tuple(pair for pair in arguments.items(multi=True) if pair[0] != "view")
    state = _read(
        records, view.entity, (*(pair for pair in own if pair[0] not in arguments or pair[0] == "view"), *asked)
    )
    saved = Usual(view.key, own, view.content.layout, saved_views(records).owns(view))
    return replace(state, saved=saved, unknown=tuple(dict.fromkeys((*usual.unknown, *state.unknown))))


def content_of(records: Records, state: ListState, content: Content) -> Content:
    """What is kept of a list with the columns of `content`.

    Raises:
        ValueError: its address is too long; the beginning of it would be another list.
    """
    pairs = [pair for pair in state.own_pairs(records.configuration) if pair[0] not in PASSING]
    arguments = urlencode(pairs, safe=":,-")
    if len(arguments) > LONGEST_ARGUMENTS:
        raise ValueError(arguments[:100])
    return content.model_copy(update={"arguments": arguments})


def _read(records: Records, entity: str, pairs: Pairs) -> ListState:
    return read_state(records.configuration, entity, records.rights.readable[entity], MultiDict(pairs))
