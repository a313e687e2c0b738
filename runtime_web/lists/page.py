"""A page of a list: from what its address asks to what the template says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from flask import current_app
from markupsafe import Markup

from engine.expressions.reached import Reached, reached
from engine.fields import Field
from engine.fields.label import text_in
from engine.fields.locale import Locale
from engine.grouping import Key
from engine.model import Configuration, Entity, View
from engine.query import TINT, Compound, Condition, Criterion, Edge, Query, Sort, leaves
from engine.records import Page, Records
from engine.records.acts import Acts
from engine.saved import Layout
from engine.saved.layout import USUAL
from engine.storage.tables import ERROR
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.lists.choosing import compared_fields
from runtime_web.lists.generate import asked_columns, grid_for, readable_columns
from runtime_web.lists.grid import Grid, Wanted
from runtime_web.lists.levels import Total, read_keys, read_totals
from runtime_web.lists.state import SIZES, ListState, joined
from runtime_web.lists.view_bar import view_bar
from runtime_web.lists.widths import sized
from runtime_web.lists.windowed import window_of
from runtime_web.lists.words import Titles, adding, counted, filter_text, path_label, span, target_of
from runtime_web.telling import Telling, act_said
from runtime_web.views.listing import Chip, Heading, ListPage, ListView, Size, ViewBar

PAGED = ("table", "gallery")
"""The kinds of views that show a page of their records."""
DIRECTIONS = {None: Markup(""), False: Markup(' aria-sort="ascending"'), True: Markup(' aria-sort="descending"')}
FURTHER = {None: Markup(""), False: Markup(' data-then="ascending"'), True: Markup(' data-then="descending"')}
"""What the headings after the first say by which a list is sorted: `aria-sort` stands on one only."""


@dataclass(frozen=True)
class Listing:
    """One list as one reader asks for it; made anew for each request, its table kept."""

    records: Records
    locale: Locale
    state: ListState
    layout: Layout = USUAL
    arranged: bool = False
    """Whether the layout is the reader's own."""

    @cached_property
    def entity(self) -> Entity:
        return self.records.configuration.entities[self.state.entity]

    @cached_property
    def view(self) -> tuple[str, View]:
        return self.records.configuration.view(self.state.entity, self.state.view or None)

    @cached_property
    def usual(self) -> tuple[str, ...]:
        """The columns of the view, as far as they are there for the reader."""
        return self._with_parent(self.view[1].columns)

    @cached_property
    def there(self) -> tuple[str, ...]:
        """All columns that the reader may choose from."""
        return self._with_parent(tuple(self.entity.fields))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return self.layout.arranged(self.usual, self.there)

    def _with_parent(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        shown = readable_columns(self.records, self.state.entity, columns)
        parent = self.records.configuration.parent_of(self.state.entity)
        return (parent, *shown) if parent else shown

    def label_of(self, column: str) -> str:
        """What a column is called."""
        language, field = self.locale.language, self.entity.fields.get(column)
        if field is None:
            return self.records.configuration.entities[column].label_in(language, column)
        return field.label_in(language, column)

    @cached_property
    def levels(self) -> tuple[Key, ...]:
        """By what the list is grouped; what of its view is not there for the reader is left out."""
        if self.state.group is not None:
            return self.state.group
        return read_keys(",".join(self.view[1].group_by), self.reached, []) or ()

    @cached_property
    def totals(self) -> tuple[Total, ...]:
        """What the list adds up."""
        if self.state.totals is not None:
            return self.state.totals
        said = (f"{name}:{aggregate}" for name, aggregate in self.view[1].totals.items())
        return read_totals(",".join(said), self.reached, []) or ()

    def reached(self, path: str) -> Reached | None:
        return reached(self.records.configuration, self.state.entity, path)

    @property
    def arguments(self) -> str:
        """The query string of this list, with its question mark."""
        return self.state.arguments(self.records.configuration)

    @cached_property
    def wanted(self) -> Wanted:
        frozen = min(self.layout.frozen, len(self.columns) - 1)
        return Wanted(self.state.entity, self.columns, "list_region", self._may_bulk, self.view[0], frozen)

    def _may(self, action: str) -> bool:
        """Whether this may be done with records of the list; lines are made and deleted with what they belong to."""
        alone = self.entity.kind != "child" or action in ("export", "print")
        return alone and self.records.rights.may(action, self.state.entity)

    @property
    def _may_bulk(self) -> bool:
        """Whether anything may be done with rows that are ticked."""
        return any(map(self._may, ("delete", "update", "hand_over")))

    @property
    def new_url(self) -> str:
        return addresses.new_of(self.state.entity) if self._may("create") else ""

    @cached_property
    def grid(self) -> Grid:
        return grid_for(self.records, self.locale, self.wanted, self.names)

    @property
    def query(self) -> Query:
        return self._query(self.grid.columns)

    @property
    def exported(self) -> Query:
        """The same for a file, which asks by itself for the errors that stand in place of values. Needs no request."""
        asked = asked_columns(self.records, self.locale, self.wanted)
        return self._query(tuple(name for name in asked if not name.endswith(ERROR) and name != TINT))

    def _query(self, columns: tuple[str, ...]) -> Query:
        return self.state.query(columns, self.view[1])

    def found(self) -> tuple[Listing, Page]:
        """The page asked for and its listing; the first or the last one where the address leads beyond the list."""
        page, state = self.records.page(self.query), self.state
        if state.page == 1 or (page.rows and page.previous):
            return self, page
        back = state.edge is not None and state.edge.backwards
        nearest = 1 if back else max(-(-page.count.number // state.size), 1)
        nearer = replace(self, state=state.turned(nearest, None))
        return nearer, self.records.page(nearer.query)

    def names(self) -> dict[str, object]:
        """What the table's frame says whatever its rows are."""
        language, name = self.locale.language, self.state.entity
        return {
            "filters": list(compared_fields(self.records.configuration, name, language)),
            "url": addresses.list_of(name),
            "new_url": self.new_url,
            "add_label": adding(self.entity.label_in(language, name)),
            "exports": self._may("export"),
            "prints": self._may("print"),
            "trash": self._may("delete"),
            "changes": self._may("update") or self._may("hand_over"),
            "imports": _has_page("/records/<entity>/import"),
            "plural": self.entity.plural_in(language, name),
            "entity_icon": self.entity.icon or "list",
            "kind": self.view[1].kind,
            "paged": self.view[1].kind in PAGED,
        }


def computing_mark() -> Markup:
    """What stands beside a computed field that a job is bringing up to date."""
    macros = current_app.jinja_env.get_template("parts/pill.html").module
    return Markup(macros.computing())  # type: ignore[attr-defined]  # noqa: S704 (made by an escaping template)


def _has_page(rule: str) -> bool:
    return any(known.rule == rule for known in current_app.url_map.iter_rules())


def list_view(listing: Listing, page: Page) -> ListView:
    """What the region says beside the records of a page."""
    return _Told(listing, page).view()


def list_page(listing: Listing, view: ListView, region: Markup) -> ListPage:
    """What the template says of a list, around its region."""
    name, language = listing.state.entity, listing.locale.language
    return ListPage(
        title=listing.entity.plural_in(language, name),
        count=view.count,
        new_url=listing.new_url,
        add_label=adding(listing.entity.label_in(language, name)),
        address=addresses.list_of(name) + view.arguments,
        region=region,
    )


@dataclass(frozen=True)
class _Told:
    listing: Listing
    page: Page

    @cached_property
    def state(self) -> ListState:
        return self.listing.state

    @property
    def configuration(self) -> Configuration:
        return self.listing.records.configuration

    @cached_property
    def here(self) -> str:
        return addresses.list_of(self.state.entity)

    @cached_property
    def pieces(self) -> dict[str, str]:
        """The parts of this list's address. Links to lists like it differ in some of them."""
        return self.state.pieces(self.configuration)

    def url(self, **changed: str) -> str:
        """This list with other parts; an empty one is left out."""
        return self.here + joined({**self.pieces, **changed})

    def view(self) -> ListView:
        state, count, rows = self.state, self.page.count, len(self.page.rows)
        return ListView(
            views=self.bar(),
            search=state.search,
            page=state.page,
            arguments=joined(self.pieces),
            kept=tuple(pair for pair in state.pairs(self.configuration) if pair[0] not in ("q", "page", "exact")),
            chips=tuple(self.chips()),
            clear_url=self.here + self.cleared().arguments(self.configuration),
            export_url=f"{self.here}/export{joined({**self.pieces, 'page': '', 'exact': '', 'format': 'format='})}",
            headings=tuple(self.headings()),
            order=",".join(map(str, self.order)),
            sized=bool(self.listing.layout.widths()),
            frozen=self.listing.layout.frozen,
            sizes=tuple(Size(str(size), self.url(size=f"size={size}", page=""), size == state.size) for size in SIZES),
            count=counted(count, self.listing.locale),
            span=span(self.first(), rows, count, self.listing.locale) if rows else "",
            exact_url=self.url(exact="exact=1") if count.capped else "",
            previous_url=self.turned(state.page - 1, self.page.previous) if state.page > 1 else "",
            next_url=self.turned(state.page + 1, self.page.next) if self.page.next else "",
            narrowed=self.narrowed() if not rows else "",
            unknown=self.unknown(),
            computing=self.being_computed(),
            grouped=False,
            levels=(),
            foot=Markup(""),
            window=window_of(self.configuration, self.listing.locale, self.state, self.page),
        )

    @cached_property
    def computing(self) -> frozenset[str]:
        """The columns that a job is computing."""
        keys = self.listing.records.computing()
        return frozenset(name for name in self.listing.columns if (self.state.entity, name) in keys)

    def being_computed(self) -> str:
        language, fields = self.listing.locale.language, self.listing.entity.fields
        labels = [fields[name].label_in(language, name) for name in self.listing.columns if name in self.computing]
        return _("Being computed: %(fields)s", fields=", ".join(labels)) if labels else ""

    def bar(self) -> ViewBar:
        listing = self.listing
        return view_bar(listing.records, listing.locale.language, self.state, arranged=listing.arranged)

    def cleared(self) -> ListState:
        """All records of the view, in the order that this list has."""
        first = self.state.turned(1, None)
        return replace(first, search="", conditions=(), report="", where="", act=None, exact=False)

    def turned(self, page: int, edge: Edge | None) -> str:
        """The address of another page of this list."""
        return self.url(page=self.state.turned(page, edge).pieces(self.configuration).get("page", ""))

    def first(self) -> int:
        """The number of the first row; it ends with the count even if the list has changed since the page before."""
        first, count = (self.state.page - 1) * self.state.size + 1, self.page.count
        if count.capped:
            return first
        latest = count.number - len(self.page.rows) + 1
        return min(first, latest - 1) if self.page.next else latest

    def chips(self) -> Iterator[Chip]:
        if self.state.report:
            text = self.report_text()
            yield Chip(text, "", self.url(report="", page=""), _("Remove the filter “%(filter)s”", filter=text))
        if self.state.act is not None:
            text = self.act_text(self.state.act)
            yield Chip(text, "", self.url(act="", page=""), _("Remove the filter “%(filter)s”", filter=text))
        for number, one in enumerate(self.state.conditions):
            rest = replace(self.state, conditions=self.state.conditions[:number] + self.state.conditions[number + 1 :])
            text = self.chip_text(one)
            form = "conditions" if isinstance(one, Compound) else f"filter/{one.field}"
            yield Chip(
                text,
                f"{self.here}/{form}{joined(self.pieces)}",
                self.url(f=rest.pieces(self.configuration).get("f", ""), page="", exact=""),
                _("Remove the filter “%(filter)s”", filter=text),
            )

    def report_text(self) -> str:
        """What a list says of the report behind which it was opened."""
        report, language = self.configuration.reports[self.state.report], self.listing.locale.language
        return _("Counted in “%(report)s”", report=text_in(report.label, language, self.state.report))

    def act_text(self, number: int) -> str:
        """What was done, and when: of which a list shows the records."""
        act = Acts(self.listing.records).known(number)
        assert act is not None, "a stranger's act is not in the state"
        return f"{act_said(act.kind)}, {Telling(self.configuration, self.listing.locale, {}).moment(act.at)}"

    def chip_text(self, one: Criterion, depth: int = 0) -> str:
        """A filter in words; of those that stand together the inner ones in brackets."""
        if not isinstance(one, Compound):
            return self.single_text(one)
        said = (_(" or ") if one.how == "any" else _(" and ")).join(
            self.chip_text(part, depth + 1) for part in one.parts
        )
        return f"({said})" if depth and len(one.parts) > 1 else said

    def single_text(self, condition: Condition) -> str:
        found = reached(self.configuration, self.state.entity, condition.field)
        assert found is not None
        label = path_label(self.configuration, found, self.listing.locale.language)
        return filter_text(condition, label, found.field, self.listing.locale, self.titles(condition, found.field))

    def titles(self, condition: Condition, described: Field) -> Titles:
        target = target_of(described)
        return {target: self.listing.records.titles(target, condition.values)} if target and condition.values else {}

    @cached_property
    def order(self) -> tuple[Sort, ...]:
        """By what the list is sorted: what its reader chose, or what its view says."""
        return self.state.sort or tuple(map(Sort.parse, self.listing.view[1].sort))

    def headings(self) -> Iterator[Heading]:
        filtered = {condition.field for condition in leaves(self.state.conditions)}
        mark = computing_mark() if self.computing else Markup("")
        widths = sized(self.listing.entity, self.listing.columns, self.listing.layout.widths())
        for name, width in zip(self.listing.columns, widths, strict=True):
            level = next((level for level, sort in enumerate(self.order) if sort.field == name), None)
            descending = None if level is None else self.order[level].descending
            yield Heading(
                self.url(sort=f"sort=-{name}" if level == 0 and not descending else f"sort={name}", page=""),
                FURTHER[descending] if level else DIRECTIONS[descending],
                str(level + 1) if level is not None and len(self.order) > 1 else "",
                " th-filtered" if name in filtered else "",
                mark if name in self.computing else Markup(""),
                width,
            )

    def narrowed(self) -> str:
        said = [self.chip_text(condition) for condition in self.state.conditions]
        if self.state.report:
            said.insert(0, self.report_text())
        if self.state.act is not None:
            said.insert(0, self.act_text(self.state.act))
        if self.state.search:
            said.insert(0, f"“{self.state.search}”")
        return _("No record matches %(filters)s.", filters="; ".join(said)) if said else ""

    def unknown(self) -> str:
        if not self.state.unknown:
            return ""
        return _(
            "Part of this address is not known here and was left out: %(parts)s", parts=", ".join(self.state.unknown)
        )
