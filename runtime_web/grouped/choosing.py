"""By what a list is grouped and what it adds up, as a form: the twin of dragging headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.expressions.reached import far_of, field_of, reached
from engine.fields.column import USERS
from engine.grouping import Key
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.lists.choosing import compared_fields
from runtime_web.lists.levels import DATES, MOST_LEVELS, NONE, fitting, is_grouping, read_keys, read_totals
from runtime_web.lists.page import Listing
from runtime_web.lists.state import Arguments, ListState
from runtime_web.lists.words import path_label
from runtime_web.reports.amounts import aggregate_words
from runtime_web.reports.periods import part_words
from runtime_web.views.grouped import GroupingForm, LevelChoice, Option, TotalChoice


def changed(listing: Listing, arguments: Arguments, act: str) -> ListState:
    """The list as the form says, after a step: `remove:1`, `up:1`, `down:0`; what is said of a new level adds it."""
    texts = [_level_text(listing, arguments, number) for number in range(MOST_LEVELS)]
    keys = list(dict.fromkeys(read_keys(",".join(filter(None, texts)), listing.reached, []) or ()))
    what, _colon, place = act.partition(":")
    at = int(place) if place.isascii() and place.isdigit() and len(place) < 3 else len(keys)
    if at < len(keys):
        key = keys.pop(at)
        if what != "remove":
            keys.insert(max(at - 1, 0) if what == "up" else at + 1, key)
    added = (f"{name}:{arguments.get(f'total.{name}')}" for name in listing.columns if arguments.get(f"total.{name}"))
    totals = read_totals(",".join(added) or NONE, listing.reached, [])
    state = listing.state.turned(1, None)
    return replace(state, group=tuple(keys), totals=totals)


def _level_text(listing: Listing, arguments: Arguments, number: int) -> str:
    """A level as addresses have it; by months where a date was chosen just now."""
    path, by = arguments.get(f"level.{number}", ""), arguments.get(f"by.{number}", "")
    if path != arguments.get(f"was.{number}"):
        found = listing.reached(path)
        by = "month" if found and found.field.kind in DATES else ""
    return f"{path}:{by}" if path and by else path


def grouping_form(listing: Listing) -> GroupingForm:
    """The form as the list is grouped now."""
    configuration, here = listing.records.configuration, addresses.list_of(listing.state.entity)
    plain = replace(listing.state.turned(1, None), group=(), totals=())
    levels = [_level(listing, number, key) for number, key in enumerate(listing.levels)]
    full = len(levels) >= MOST_LEVELS
    return GroupingForm(
        action=f"{here}/grouping",
        kept=tuple(
            pair for pair in listing.state.pairs(configuration) if pair[0] not in ("page", "exact", "group", "totals")
        ),
        levels=(*levels, *(() if full else (_level(listing, len(levels), None),))),
        full=full,
        totals=tuple(_totals(listing)),
        back_url=here + listing.arguments,
        clear_url=here + plain.arguments(configuration) if listing.levels or listing.totals else "",
    )


def _level(listing: Listing, number: int, key: Key | None) -> LevelChoice:
    found = listing.reached(key.path) if key else None
    parts: tuple[Option, ...] = ()
    if key and found and found.field.kind in DATES:
        moment = found.field.kind == "datetime"
        parts = tuple(
            Option(part, label, part == key.by) for part, label in part_words().items() if moment or part != "hour"
        )
    label = path_label(listing.records.configuration, found, listing.locale.language) if found else _("Add a level")
    return LevelChoice(label, number, tuple(_offered(listing, key.path if key else "")), parts)


def _offered(listing: Listing, chosen: str) -> Iterator[tuple[str, tuple[Option, ...]]]:
    """The fields of the records, and of what they refer to; a chosen one beyond these by itself."""
    configuration, entity, language = listing.records.configuration, listing.state.entity, listing.locale.language
    groups = [("", _options(listing, entity, "", chosen))]
    for one in compared_fields(configuration, entity, language):
        far = far_of(configuration, entity, one.name) if one.leads else ""
        if far not in ("", USERS):
            groups.append((one.label, _options(listing, far, f"{one.name}.", chosen)))
    if chosen and not any(option.chosen for _label, options in groups for option in options):
        found = reached(configuration, entity, chosen)
        if found:
            groups.append((_("Further"), (Option(chosen, path_label(configuration, found, language), True),)))
    yield from (group for group in groups if group[1])


def _options(listing: Listing, entity: str, before: str, chosen: str) -> tuple[Option, ...]:
    configuration = listing.records.configuration
    named = (
        (one, field_of(configuration, entity, one.name))
        for one in compared_fields(configuration, entity, listing.locale.language)
    )
    return tuple(
        Option(before + one.name, one.label, before + one.name == chosen)
        for one, field in named
        if field and is_grouping(field)
    )


def _totals(listing: Listing) -> Iterator[TotalChoice]:
    current = {total.field: total.aggregate for total in listing.totals}
    words = aggregate_words()
    for name in listing.columns:
        field = listing.entity.fields.get(name)
        if field is not None and (fit := fitting(field)):
            options = tuple(Option(one, words[one], current.get(name) == one) for one in fit)
            yield TotalChoice(name, listing.label_of(name), options)
