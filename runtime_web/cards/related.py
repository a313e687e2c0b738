"""The records that point at a record: the first of them as a small table that is searched and sorted, the way to all,
and to a new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from markupsafe import Markup

from engine.fields.label import text_in
from engine.fields.locale import Locale
from engine.fields.reference import ReferenceField
from engine.fields.related import RelatedField
from engine.model import Entity, Section, View
from engine.query import Condition, Query, Sort
from engine.records import Record, Records
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.lists.generate import grid_for, readable_columns
from runtime_web.lists.grid import Wanted
from runtime_web.lists.page import DIRECTIONS
from runtime_web.lists.words import adding
from runtime_web.views.card import Related

SHOWN = 20
FEW = 5
"""So many are seen at a glance."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which of the related records somebody wants to see, and in which order: words, a field with its minus, and the
    name of a view whose condition they meet.
    """

    search: str = ""
    sort: str = ""
    view: str = ""


USUAL = Asked()


@dataclass(frozen=True)
class Relation:
    """A section of related records on the card of one record. `at` is what the section is called there: 1.0."""

    records: Records
    locale: Locale
    record: Record
    section: Section
    at: str

    @property
    def name(self) -> str:
        return self.section.related or ""

    @cached_property
    def field(self) -> RelatedField:
        found = self.records.configuration.entities[self.record.entity].fields[self.name]
        assert isinstance(found, RelatedField)
        return found

    @cached_property
    def target(self) -> Entity:
        return self.records.configuration.entities[self.field.of]

    @cached_property
    def view(self) -> View:
        return self.records.configuration.view(self.field.of)[1]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        wanted = self.section.grid_columns or tuple(key for key in self.view.columns if key != self.field.by)
        columns = readable_columns(self.records, self.field.of, wanted)
        if self.target.kind == "child":
            return (self.records.configuration.parent_of(self.field.of) or "", *columns)
        return columns

    @property
    def here(self) -> str:
        return f"{addresses.card_of(self.record.entity, self.record.id or 0)}/related/{self.name}"

    def shown(self, asked: Asked = USUAL) -> Related:
        """What the section shows."""
        plural = self.target.plural_in(self.locale.language, self.field.of)
        wanted = Wanted(self.field.of, self.columns, "mini_grid")
        grid = grid_for(self.records, self.locale, wanted, lambda: {"plural": plural})
        sort = self._sort(asked)
        pointing = (Condition(self.field.by, "any_of", (self.record.id,)),)
        query = Query(self.field.of, grid.columns, pointing, asked.search, sort, limit=SHOWN, where=self._where(asked))
        page = self.records.page(query)
        narrowed = bool(asked.search or self._met(asked))
        number = self.locale.decimal_formatter(0)
        count = number(page.count.number)
        count = _("more than %(number)s", number=count) if page.count.capped else count
        heads = tuple(self._heads(asked, sort))
        return Related(
            name=self.name,
            label=self.field.label_in(self.locale.language, self.name),
            count=count,
            first=_("The first %(shown)s of %(count)s.", shown=number(len(page.rows)), count=count)
            if page.next
            else "",
            grid=grid.render(page, heads=heads) if page.rows else Markup(""),
            url=f"{self.here}?{urlencode({'at': self.at})}",
            search=asked.search,
            searches=page.count.number > FEW or narrowed,
            views=tuple(self._views(asked)),
            narrowed=narrowed,
            all_url=self._all_url(asked) if page.rows else "",
            add_url=_add_url(self.records, self.record, self.name, self.field, self.target),
            add_label=adding(self.target.label_in(self.locale.language, self.field.of)),
            in_place=not any(field.kind == "lines" for field in self.target.fields.values()),
        )

    def _met(self, asked: Asked) -> str:
        """The condition of the view asked for, where there is such a view."""
        view = self.target.views.get(asked.view)
        return (view.where or "") if view else ""

    def _where(self, asked: Asked) -> str:
        return " and ".join(f"({text})" for text in (self.section.where, self._met(asked)) if text)

    def _views(self, asked: Asked) -> Iterator[tuple[str, str, bool]]:
        """The views that choose among the records: name, label, and whether it is the one asked for."""
        for key, view in self.target.views.items():
            if view.where:
                yield key, text_in(view.label, self.locale.language, key), key == asked.view

    def _sort(self, asked: Asked) -> tuple[Sort, ...]:
        """The order asked for, where the table has such a column, else that of the list."""
        wanted = Sort.parse(asked.sort)
        if wanted.field in self.columns and self._sorts(wanted.field):
            return (wanted,)
        return tuple(map(Sort.parse, self.view.sort))

    def _sorts(self, name: str) -> bool:
        return name in self.target.fields and self.target.fields[name].sortable

    def _heads(self, asked: Asked, sort: tuple[Sort, ...]) -> Iterator[tuple[str, Markup]]:
        """For each column the section sorted by it, and its `aria-sort` attribute."""
        for name in self.columns:
            down = sort[0].descending if sort and sort[0].field == name else None
            said = {"at": self.at, "q": asked.search, "view": asked.view, "sort": f"-{name}" if down is False else name}
            yield f"{self.here}?{urlencode({key: text for key, text in said.items() if text})}", DIRECTIONS[down]

    def _all_url(self, asked: Asked) -> str:
        """The same as a list, with everything that lists have."""
        words = {"q": asked.search} if asked.search else {}
        if self._met(asked):
            words["view"] = asked.view
        pointing = f"{self.field.by}:any_of:{self.record.id}"
        return f"{addresses.list_of(self.field.of)}?{urlencode({**words, 'f': pointing}, safe=':')}"


def _add_url(records: Records, record: Record, name: str, field: RelatedField, target: Entity) -> str:
    """A new record that points here, and at what this record points at under the same name: an order's payment has its client."""
    if target.kind == "child" or not records.rights.may("create", field.of):
        return ""
    filled = {field.by: str(record.id)}
    own = records.configuration.entities[record.entity].fields
    for key, other in target.fields.items():
        mine = own.get(key)
        if (
            isinstance(other, ReferenceField)
            and isinstance(mine, ReferenceField)
            and mine.to == other.to
            and record.values.get(key)
        ):
            filled.setdefault(key, str(record.values[key]))
    filled["_return"] = f"{addresses.card_of(record.entity, record.id or 0)}?tab={name}"
    return f"{addresses.new_of(field.of)}?{urlencode(filled)}"
