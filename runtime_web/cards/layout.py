"""The layout of a card: what the configuration says, or a sensible one where it says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from engine.fields.label import text_in
from engine.model import Entity, Section, Tab

WIDE = frozenset({"long_text", "file", "image"})
"""Types that read best across the whole card."""
ELSEWHERE = frozenset({"lines", "related"})
NEW_LINE = "n0"
"""The key of the line that a script copies; it is inside a <template>, so it is never sent."""


def tabs_of(name: str, entity: Entity, layout: str = "") -> tuple[Tab, ...]:
    """The tabs of an entity's card, or of another one of its cards."""
    if layout in entity.cards:
        return entity.cards[layout].tabs
    return entity.card or tuple(_usual(name, entity))


def fields_on(name: str, entity: Entity) -> tuple[str, ...]:
    """The fields that stand on any of an entity's cards."""
    every = (tabs_of(name, entity, layout) for layout in ("", *entity.cards))
    return tuple(dict.fromkeys(field for tabs in every for field in fields_of(tabs)))


def layout_for(name: str, entity: Entity, hidden: AbstractSet[str], *, new: bool) -> str:
    """Which of an entity's cards a record has, given what its conditions hide; "" is the usual one."""
    for key, layout in entity.cards.items():
        # One that is for some roles stands here without them, where its reader has one.
        if not layout.roles and f"{key}:" not in hidden and not (new and _lacks(entity, layout.tabs)):
            return key
    return ""


def _lacks(entity: Entity, tabs: tuple[Tab, ...]) -> bool:
    """Whether something must be filled in that does not stand there, so that nobody could save a new record."""
    shown = set(fields_of(tabs))
    return any(
        field.required and name not in shown and field.initial() is None and field.default_formula is None
        for name, field in entity.fields.items()
        if field.editable or field.kind == "lines"
    )


def fields_of(tabs: tuple[Tab, ...]) -> tuple[str, ...]:
    """The fields that stand on a card, lines among them, in reading order."""
    names: dict[str, None] = {}
    for tab in tabs:
        for section in tab.sections:
            names |= dict.fromkeys(field for column in section.side_by_side for field in column)
            if section.lines:
                names[section.lines] = None
    return tuple(names)


def line_columns(section: Section, child: Entity) -> tuple[str, ...]:
    """The columns of a section of lines: those it names, or all that can be typed."""
    named = section.grid_columns or tuple(name for name, field in child.fields.items() if field.kind not in ELSEWHERE)
    return tuple(name for name in named if name in child.fields)


def _usual(name: str, entity: Entity) -> Iterator[Tab]:
    """Fields in two columns, what is long below them, then lines; related records have a tab each."""
    short = [key for key, field in entity.fields.items() if field.kind not in WIDE | ELSEWHERE]
    half = (len(short) + 1) // 2
    sections = (
        [Section(columns=tuple(column for column in (tuple(short[:half]), tuple(short[half:])) if column))]
        if short
        else []
    )
    wide = tuple(key for key, field in entity.fields.items() if field.kind in WIDE)
    if wide:
        sections.append(Section(columns=(wide,)))
    for key, field in entity.fields.items():
        if field.kind == "lines":
            sections.append(Section(label=field.label or text_in(None, "", key), lines=key))
    if sections:
        yield Tab(tab=entity.label or text_in(None, "", name), sections=tuple(sections))
    for key, field in entity.fields.items():
        if field.kind == "related":
            yield Tab(tab=field.label or text_in(None, "", key), sections=(Section(related=key),))
