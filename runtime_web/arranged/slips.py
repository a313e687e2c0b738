"""Records as slips: made by the same cells that fill tables, so that a value looks the same everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from engine.fields import Field
from engine.model import Entity, View
from engine.query import Criterion, Query, Sort
from engine.records import Page, Records
from runtime_web import addresses
from runtime_web.arranged.moving import movable
from runtime_web.lists.generate import grid_for
from runtime_web.lists.grid import Grid
from runtime_web.lists.page import Listing
from runtime_web.lists.state import ListState
from runtime_web.views.arranged import Slip

LEAD = "\x02lead\x03"
"""Stands in a row of a tree where its place there is told."""
CIRCLE = "\x02circle\x03"
"""Stands in a row of a tree where it is told that it stands above itself."""


@dataclass(frozen=True)
class Slips:
    """The records of a list that is laid out by a field."""

    listing: Listing
    row: str = "arranged/slip"

    @property
    def records(self) -> Records:
        return self.listing.records

    @property
    def state(self) -> ListState:
        return self.listing.state

    @property
    def view(self) -> View:
        return self.listing.view[1]

    @property
    def entity(self) -> Entity:
        return self.listing.entity

    @property
    def by(self) -> str:
        assert self.view.by is not None, "the configuration was checked"
        return self.view.by

    @property
    def field(self) -> Field:
        return self.entity.fields[self.by]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """What a slip says: not by what it stands where it stands."""
        told = {self.view.by, self.view.until}
        return tuple(name for name in self.listing.columns if name not in told) or self.listing.columns

    @cached_property
    def grid(self) -> Grid:
        wanted = replace(self.listing.wanted, columns=self.columns, picks=False, row=self.row, frame="arranged/region")
        return grid_for(
            self.records, self.listing.locale, wanted, lambda: {**self.listing.names(), "lead": LEAD, "circle": CIRCLE}
        )

    @cached_property
    def arguments(self) -> str:
        """The query string of this list, which goes along to cards and back."""
        return self.state.arguments(self.records.configuration)

    def url(self, *, at: str) -> str:
        """The same list with another part of it open."""
        here = replace(self.state, at=at)
        return addresses.list_of(self.state.entity) + here.arguments(self.records.configuration)

    def query(self, *conditions: Criterion, first: tuple[Sort, ...] = (), beside: tuple[str, ...] = ()) -> Query:
        """The list's query with conditions more, sorted by something first, with columns beside those shown."""
        query = self.state.query(self.grid.columns, self.view)
        rest = tuple(sort for sort in query.sort if sort.field not in {one.field for one in first})
        return replace(
            query,
            conditions=(*query.conditions, *conditions),
            columns=tuple(dict.fromkeys((*query.columns, *beside))),
            sort=(*first, *rest),
            offset=0,
            edge=None,
        )

    def of(self, page: Page) -> Iterator[Slip]:
        """The records of a page as slips."""
        ids = [row[0] for row in page.rows]
        free = movable(self.records, self.state.entity, self.view, ids)
        for record_id, content in zip(ids, self.grid.each(page, self.arguments), strict=True):
            yield Slip(record_id, Markup(content), self.move_url(record_id) if record_id in free else "")  # noqa: S704 (cells escape)

    def move_url(self, record_id: int) -> str:
        """What asks where a record is to be moved."""
        return addresses.move_of(self.state.entity, record_id) + self.arguments

    def new_url(self, value: str) -> str:
        """A new record at a place of this list; "" where none can be added there."""
        if not self.listing.new_url or not self.field.editable:
            return ""
        return addresses.begun(self.state.entity, {self.by: value}) if value else self.listing.new_url
