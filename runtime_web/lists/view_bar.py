"""The views of a list as tabs, and what may be done with the one that is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from engine.fields.label import text_in
from engine.model.view import ViewKind
from engine.records import Records
from engine.saved import Pin, Pins, SavedView
from runtime_web import addresses
from runtime_web.lists.saved import saved_views, views_there
from runtime_web.lists.state import ListState
from runtime_web.sharing import sharing_words
from runtime_web.views.listing import Tab, ViewBar

ICONS: dict[ViewKind, str] = {"calendar": "calendar", "kanban": "columns", "gallery": "photo", "tree": "list-tree"}
"""How views look that are no tables."""


def view_bar(records: Records, language: str, state: ListState, *, arranged: bool) -> ViewBar:
    """What stands above a list. `arranged` tells whether its reader has laid out its columns for themselves."""
    return _Bar(records, language, state, arranged).bar()


def view_label(records: Records, language: str, entity: str, key: str) -> str:
    """What a view of the configuration is called."""
    name, view = records.configuration.view(entity, key or None)
    return text_in(view.label, language, name)


@dataclass(frozen=True)
class _Bar:
    records: Records
    language: str
    state: ListState
    arranged: bool

    @cached_property
    def views(self) -> tuple[SavedView, ...]:
        return views_there(self.records, self.state.entity)

    @cached_property
    def first(self) -> str:
        """The key of the view with which the reader begins."""
        return saved_views(self.records).first(self.state.entity)

    @cached_property
    def current(self) -> SavedView | None:
        saved = self.state.saved
        return next((view for view in self.views if saved and view.key == saved.key), None)

    @cached_property
    def changed(self) -> bool:
        return self.current is not None and (self.arranged or self.state.is_changed(self.records.configuration))

    @property
    def key(self) -> str:
        """The key of the open view, the first one too."""
        if self.current is not None:
            return self.current.key
        return self.records.configuration.view(self.state.entity, self.state.view or None)[0]

    def bar(self) -> ViewBar:
        entity, view = self.state.entity, self.current
        mine = view is not None and saved_views(self.records).owns(view)
        may = not self.records.rights.looking
        arguments = self.state.arguments(self.records.configuration)
        own = addresses.saved_view(entity, view.id) if view and mine and may else ""
        return ViewBar(
            tabs=tuple(self.tabs()),
            said=sharing_words(view.owner_name, view.described.roles, mine=mine) if view else "",
            new_url=addresses.new_view_of(entity) + arguments if may else "",
            save_url=f"{own}/save{arguments}" if own and self.changed else "",
            describe_url=own,
            delete_url=f"{own}/delete" if own else "",
            back_url=f"{addresses.saved_view(entity, view.id)}/back" if view and may and self.changed else "",
            first_url=addresses.first_view_of(entity) if may else "",
            first_key=self.key,
            **self.pins(arguments) if may else {},
            first=self.key == (self.first or self.records.configuration.view(entity)[0]),
        )

    def pins(self, arguments: str) -> dict[str, Any]:
        """What may be pinned is the view as others open it too, not what one has made of it since."""
        if self.changed or self.narrowed:
            return {}
        entity, name = self.state.entity, f"{self.state.entity}.{self.key}"
        pinned = Pin("view", name) in Pins(self.records.database, self.records.principal).all()
        return {
            "pin_url": addresses.pin("view", name),
            "pinned": pinned,
            "here": addresses.list_of(entity) + arguments,
            "number_url": addresses.numbers_of(entity, self.key),
        }

    @property
    def narrowed(self) -> bool:
        """Whether the list is less than a view of the configuration."""
        said = {name for name, _ in self.state.pairs(self.records.configuration)}
        return self.state.saved is None and bool(said & {"q", "f", "report"})

    def tabs(self) -> Iterator[Tab]:
        configuration, entity = self.records.configuration, self.state.entity
        begins = configuration.view(entity)[0]
        for key in configuration.entities[entity].views or (begins,):
            # Without a view an address means the one with which its reader begins.
            url = addresses.viewed(entity, key if key != begins or self.first else "")
            current = self.current is None and key == self.key
            yield Tab(view_label(self.records, self.language, entity, key), url, current, icon=self._icon(key))
        for view in self.views:
            current = view is self.current
            icon = self._icon(dict(parse_qsl(view.content.arguments)).get("view"))
            yield Tab(view.name, addresses.viewed(entity, view.key), current, current and self.changed, icon)

    def _icon(self, key: str | None) -> str:
        return ICONS.get(self.records.configuration.view(self.state.entity, key)[1].kind, "")
