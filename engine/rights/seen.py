"""The configuration as somebody sees it: without the entities and fields that they may not read.

What would be shown by a value that they may not read, such as the rows of a view or the colour of a row, goes too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from engine.expressions.conditions import compiled_condition, looked_at
from engine.expressions.dashboards import report_of
from engine.expressions.needs import needs_of, with_user
from engine.expressions.reports import faults
from engine.expressions.routes import EXISTS, inputs_of
from engine.expressions.scope import members_of
from engine.fields import AnyField
from engine.fields.column import USERS
from engine.model import Configuration, Dashboard, Entity, Layout, Report, Section, Tab, View
from engine.rights.rights import EntityRights, Rights
from engine.rights.rule import NEVER
from formulas import Compiled
from formulas.tree import Node


def seen_by(
    configuration: Configuration, entities: Mapping[str, EntityRights], roles: AbstractSet[str] = frozenset()
) -> Configuration:
    """What is left of a configuration for somebody with these rights, which come from these roles."""
    return _Seen(configuration, entities, roles).configuration_left()


def may_make(rights: Rights, report: Report) -> bool:
    """Whether somebody may make a report, and everything that it names is there for them."""
    return rights.may("report", report.of) and next(faults(rights.configuration, report), None) is None


class _Seen:
    def __init__(
        self, configuration: Configuration, entities: Mapping[str, EntityRights], roles: AbstractSet[str]
    ) -> None:
        self.configuration = configuration
        self.roles = roles
        self.entities = entities
        self.members = members_of(configuration)

    def configuration_left(self) -> Configuration:
        left = {name: self._entity(name) for name in self.configuration.entities if name in self.entities}
        kept = {name: getattr(self.configuration, name) for name in type(self.configuration).model_fields}
        found = Configuration.model_construct(
            **{**kept, "entities": left, "roles": {}, "reports": {}, "dashboards": {}}
        )
        reports = {name: report for name, report in self.configuration.reports.items() if self._report(found, report)}
        found = found.model_copy(update={"reports": reports})
        boards = {name: self._dashboard(found, board) for name, board in self.configuration.dashboards.items()}
        return found.model_copy(update={"dashboards": {name: board for name, board in boards.items() if board}})

    def _dashboard(self, left: Configuration, board: Dashboard) -> Dashboard | None:
        """The tiles of a dashboard whose reports are there; None where none is, or others have it."""
        if board.roles and not self.roles & set(board.roles):
            return None
        asked = {name: report_of(left, tile) for name, tile in board.tiles.items()}
        tiles = {name: board.tiles[name] for name, report in asked.items() if report and self._report(left, report)}
        return board.model_copy(update={"tiles": tiles}) if tiles else None

    def _report(self, left: Configuration, report: Report) -> bool:
        """Whether a report may be made, and everything that it names is there."""
        if report.of not in self.entities or (report.roles and not self.roles & set(report.roles)):
            return False
        may = not self.entities[report.of].rows.get("report", NEVER).never
        return may and next(faults(left, report), None) is None

    def can_tell(self, entity: str, tree: Node) -> bool:
        """Whether all that a condition reads is there, in some records at least."""
        return all(
            key[0] == USERS
            or (
                key[0] in self.entities
                and (
                    key[1] in (EXISTS, self.configuration.parent_of(key[0])) or key[1] in self.entities[key[0]].readable
                )
            )
            for key in (one.key for one in inputs_of(self.configuration, entity, with_user(needs_of([tree]))))
        )

    def _tells(self, entity: str, text: str | None, *, safe: bool = True) -> bool:
        if text is None:
            return True
        compiled = compiled_condition if safe else looked_at
        found = compiled(self.members, entity, text)
        return isinstance(found, Compiled) and self.can_tell(entity, found.tree)

    def _entity(self, name: str) -> Entity:
        entity, rights = self.configuration.entities[name], self.entities[name]
        changes = {
            "fields": {key: self._field(name, field) for key, field in entity.fields.items() if key in rights.readable},
            "title": self._title(entity, rights),
            "card": self._tabs(name, entity.card),
            "cards": {
                key: card for key, each in entity.cards.items() if (card := self._layout(name, each)) is not None
            },
            "colors": tuple(tint for tint in entity.colors if self._tells(name, tint.where)),
            "views": {key: left for key, view in entity.views.items() if (left := self._view(name, view)) is not None},
        }
        kept = {key: getattr(entity, key) for key in type(entity).model_fields}
        return Entity.model_construct(**{**kept, **changes})

    def _title(self, entity: Entity, rights: EntityRights) -> str | None:
        if rights.title.never:
            return rights.called or "''"
        return entity.title_field or entity.title_formula

    def _field(self, entity: str, field: AnyField) -> AnyField:
        """A field without conditions that would tell something about what is hidden; they hold when one saves."""
        keys = ("visible_if", "readonly_if", "required_if")
        untold = {key: None for key in keys if not self._tells(entity, getattr(field, key), safe=False)}
        return field.model_copy(update=untold) if untold else field

    def _view(self, name: str, view: View) -> View | None:
        readable = self.entities[name].readable
        columns = tuple(key for key in view.columns if key in readable)
        by = {key for key in (view.by, view.until) if key is not None}
        if not columns or not by <= readable.keys() or not self._tells(name, view.where):
            return None
        sort = tuple(key for key in view.sort if key.removeprefix("-") in readable)
        return view.model_copy(update={"columns": columns, "sort": sort})

    def _layout(self, name: str, layout: Layout) -> Layout | None:
        """Another card, where it is for this reader, who may know when it is shown."""
        if (layout.roles and not self.roles & set(layout.roles)) or not self._tells(name, layout.where, safe=False):
            return None
        tabs = self._tabs(name, layout.tabs)
        return layout.model_copy(update={"roles": (), "tabs": tabs}) if tabs else None

    def _tabs(self, name: str, tabs: Iterable[Tab]) -> tuple[Tab, ...]:
        return tuple(tab for tab in (self._tab(name, tab) for tab in tabs) if tab.sections)

    def _tab(self, name: str, tab: Tab) -> Tab:
        sections = tuple(left for section in tab.sections if (left := self._section(name, section)) is not None)
        shown = tab.visible_if if self._tells(name, tab.visible_if, safe=False) else None
        return tab.model_copy(update={"sections": sections, "visible_if": shown})

    def _section(self, name: str, section: Section) -> Section | None:
        readable = self.entities[name].readable
        several = section.lines or section.related
        shown = section.visible_if if self._tells(name, section.visible_if, safe=False) else None
        if several:
            of = self._of(name, several) if several in readable else None
            if of is None or not self._tells(of, section.where):
                return None
            columns = _kept(section.columns, self.entities[of].readable)
        else:
            columns = _kept(section.columns, readable)
            if not any(columns):
                return None
            kept = [isinstance(item, tuple) or item in readable for item in section.columns]
            widths = tuple(width for width, left in zip(section.widths, kept, strict=False) if left)
            section = section.model_copy(update={"widths": widths})
        return section.model_copy(update={"columns": columns, "visible_if": shown})

    def _of(self, name: str, several: str) -> str | None:
        of: str = getattr(self.configuration.entities[name].fields[several], "of", "")
        return of if of in self.entities else None


def _kept(
    columns: Iterable[tuple[str, ...] | str], readable: Mapping[str, object]
) -> tuple[tuple[str, ...] | str, ...]:
    """The names that are left, column by column."""
    found: list[tuple[str, ...] | str] = []
    for item in columns:
        if isinstance(item, str):
            found += [item] if item in readable else []
        else:
            found.append(tuple(name for name in item if name in readable))
    return tuple(found)
