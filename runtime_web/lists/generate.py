"""Generates tables from their sources in templates/html/parts and templates/html/cells, once for each view and language.

Square brackets in the sources are filled in here; double braces with each request; single braces with each row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import current_app
from jinja2 import Environment, TemplateNotFound

from engine.fields import Field
from engine.fields.label import text_in
from engine.fields.locale import Locale
from engine.fields.money import MoneyField
from engine.model import Entity
from engine.query import TINT
from engine.records import Records
from engine.storage.tables import ERROR
from runtime_web import addresses
from runtime_web.assets import asset
from runtime_web.lists.cells import (
    Drawn,
    Pattern,
    drawings_of,
    errors_of,
    maker_of,
    opening,
    with_currency,
    with_errors,
    without_braces,
)
from runtime_web.lists.editable import edits_cells
from runtime_web.lists.grid import Cell, Grid, Wanted
from runtime_web.lists.words import target_of
from runtime_web.person import workspace

UNFIT_TO_OPEN = frozenset(
    {"reference", "user", "multi_reference", "email", "phone", "url", "file", "image", "boolean", "color"}
)
"""Types whose cells are links of their own, or too small to click on."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column while the table is generated. `hole` is what its cell is called in the row."""

    name: str
    label: str
    hole: str
    css: str
    url: str
    unit: str
    sortable: bool
    filterable: bool
    align_end: bool
    opens: bool
    computed: bool
    edits: str
    """The type of the field, where cells of it are edited in place."""


def grid_for(records: Records, locale: Locale, wanted: Wanted, names: Callable[[], Mapping[str, Any]]) -> Grid:
    """The generated table, made when it is first wanted in this language with these rights.

    Args:
        names: gives what the frame's template needs beyond the columns; the same for the same `wanted`.
    """
    key = ("grid", records.rights.key, locale, wanted)
    return workspace().grids.once(key, lambda: _Generator(records, locale, wanted).grid(names()))


def asked_columns(records: Records, locale: Locale, wanted: Wanted) -> tuple[str, ...]:
    """The columns that the table asks for: those shown, and those that cells need beside them."""
    return _Generator(records, locale, wanted).asked


def readable_columns(records: Records, entity: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of a view that this reader may see and a cell can show."""
    fields = records.configuration.entities[entity].fields
    shown = [name for name in columns if name in fields and (fields[name].column() or fields[name].links())]
    return tuple(name for name in shown if records.rights.may_read(entity, name))


@dataclass(frozen=True)
class _Generator:
    records: Records
    locale: Locale
    wanted: Wanted

    @cached_property
    def described(self) -> Entity:
        return self.records.configuration.entities[self.wanted.entity]

    @cached_property
    def parent(self) -> str | None:
        return self.records.configuration.parent_of(self.wanted.entity)

    @cached_property
    def environment(self) -> Environment:
        return workspace().once("generating environment", _generating_environment)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The columns of the query: those shown, and those that cells need beside them."""
        shown = self.wanted.columns
        beside = (self._currency_of(name) for name in shown)
        wrong = (self._error_of(name) for name in shown)
        tint = (TINT,) if self.described.colors else ()
        extra = (*((self.parent,) if self.parent else ()), *beside, *wrong, *tint)
        return tuple(dict.fromkeys((*shown, *(name for name in extra if name))))

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Where columns stand in a raw row."""
        fields = self.described.fields
        stored = [name for name in self.asked if name not in fields or fields[name].column()]
        return {name: number for number, name in enumerate(stored, 1)}

    @cached_property
    def opener(self) -> str:
        """The column whose cell opens the card."""
        title = self.described.title_field
        if title in self.wanted.columns:
            return str(title)
        fit = [name for name in self.wanted.columns if self._kind(name) not in UNFIT_TO_OPEN]
        return next(iter(fit or self.wanted.columns), "")

    def grid(self, names: Mapping[str, Any]) -> Grid:
        columns = {f"c{number}": self.column(name, f"c{number}") for number, name in enumerate(self.wanted.columns)}
        opened = self.parent or self.wanted.entity
        every = {
            **names,
            "columns": list(columns.values()),
            "picks": self.wanted.picks,
            "tinted": bool(self.described.colors),
            "edited": any(one.edits for one in columns.values()),
            "open_url": addresses.list_of(opened),
        }
        frame = self.environment.get_template(f"parts/{self.wanted.frame}.html").render(every)
        row = self.environment.get_template(f"parts/{self.wanted.row}.html").render(every)
        return Grid(
            columns=self.asked,
            frame=current_app.jinja_env.from_string(frame),
            row=Pattern.of(row),
            cells={**{hole: self.cell(column) for hole, column in columns.items()}, **self._tint()},
            opens_at=self.positions[self.parent] if self.parent else 0,
            edited={one.name: self.positions.get(one.name, 0) for one in columns.values() if one.edits},
        )

    def column(self, name: str, hole: str) -> Column:
        field = self.described.fields.get(name)
        kind, language = self._kind(name), self.locale.language
        target = target_of(field) if field else name
        opens = name == self.opener
        css = [*(["end"] if field and field.align_end else []), *(["opens"] if opens else []), f"cell-{kind}"]
        at = self.wanted.columns.index(name) + 1
        css += ["frozen", f"frozen-{at}"] if at <= self.wanted.frozen else []
        owner = self.records.configuration.entities[name] if field is None else None
        return Column(
            name=name,
            label=field.label_in(language, name) if field else (owner.label_in(language, name) if owner else name),
            hole=hole,
            css=" ".join(css),
            url=addresses.list_of(target) if target and target != "_user" else "",
            unit=field.unit_in(language) if field and kind != "percent" else "",
            sortable=bool(field and field.sortable),
            filterable=bool(field and field.operators),
            align_end=bool(field and field.align_end),
            opens=opens,
            computed=bool(field and field.formula is not None),
            edits=kind if edits_cells(self.records, self.wanted.entity, name) else "",
        )

    def cell(self, column: Column) -> Cell:
        """What fills a column; a cell that opens the card holds no link of its own."""
        field, name = self.described.fields.get(column.name), column.name
        pattern = None if column.opens else self._pattern(column)
        drawings = drawings_of(field, self.locale, drawn()) if field else {}
        currency = self._currency_of(name)
        make = maker_of(name, field, self.locale, None if currency else pattern, drawings)
        needs = [self.positions.get(name, 0)]
        if column.opens:
            make, needs = opening(make), [*needs, 0]
        elif currency and pattern:
            make, needs = with_currency(make, pattern), [*needs, self.positions[currency]]
        error = self._error_of(name)
        if error:
            make, needs = with_errors(make, errors_of(drawn())), [*needs, self.positions[error]]
        return Cell(tuple(needs), make)

    def _tint(self) -> dict[str, Cell]:
        """What says in a row which colour it has, and what that means."""
        if not self.described.colors:
            return {}
        said: dict[Any, str] = {None: ""}
        for number, tint in enumerate(self.described.colors):
            means = text_in(tint.label, self.locale.language, "") if tint.label else ""
            title = f' title="{without_braces(means)}"' if means else ""
            said[number] = f' class="tinted pill-{tint.color}"{title}'
        return {"tint": Cell((self.positions[TINT],), lambda page: said.__getitem__)}

    def _pattern(self, column: Column) -> Pattern | None:
        """The source of a type's cell; none where it is plain text, as an amount in a fixed currency is."""
        kind = self._kind(column.name)
        if kind == "money" and not self._currency_of(column.name):
            return None
        try:
            return Pattern.of(self.environment.get_template(f"cells/{kind}.html").render(column=column))
        except TemplateNotFound:
            return None

    def _kind(self, name: str) -> str:
        field = self.described.fields.get(name)
        return field.kind if field else "reference"

    def _error_of(self, name: str) -> str:
        """The column beside a computed field that says which error stands in place of its value."""
        field: Field | None = self.described.fields.get(name)
        return name + ERROR if field and field.formula is not None else ""

    def _currency_of(self, name: str) -> str:
        """The field that holds the currency of an amount, if it differs from record to record."""
        field: Field | None = self.described.fields.get(name)
        if not isinstance(field, MoneyField) or field.fixed_currency or not field.currency:
            return ""
        return field.currency if self.records.rights.may_read(self.wanted.entity, field.currency) else ""


def drawn() -> Drawn:
    """How values of few kinds look."""
    macros = current_app.jinja_env.get_template("parts/pill.html").module
    return Drawn(macros.pill, macros.stars, macros.error)  # type: ignore[attr-defined]


def _generating_environment() -> Environment:
    """Fills in square brackets. It leaves braces alone, and lets nothing that it fills in have any."""
    environment = current_app.jinja_env.overlay(
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
        finalize=without_braces,
        cache_size=100,
    )
    environment.globals["sprite"] = asset("vendor/icons.svg")
    return environment
