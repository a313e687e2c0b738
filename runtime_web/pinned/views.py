"""Views that are pinned to the home page: as doors to them, and as numbers of what they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from engine.fields import Field
from engine.fields.locale import Locale
from engine.grouping import Amount, Grouping
from engine.model.report import Aggregate, Measure, Report
from engine.records import Records
from engine.records.reporting import Adding
from engine.saved import Pin
from engine.saved.view import MARK
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.lists.asked import listing_of, state_of
from runtime_web.lists.page import Listing
from runtime_web.lists.saved import view_of_key
from runtime_web.lists.state import Arguments
from runtime_web.lists.view_bar import view_label
from runtime_web.pinned.reports import pin_key
from runtime_web.reports.amounts import writer_of
from runtime_web.shell import entity_icon
from runtime_web.views.home import NumberCard, PinnedDoor

COUNT = "count"
ADDED = ("integer", "decimal", "money", "duration")
"""Types of fields whose values add up."""
BETWEEN = ("percent", "rating")
"""Types whose values do not, and have an average all the same."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """A view that a pin names, and for a number what is counted there: records, or how a field is added up."""

    entity: str
    key: str
    label: str
    aggregate: str = COUNT
    field: str = ""


def pinned_view(records: Records, language: str, pin: Pin) -> Pinned | None:
    """What a pin means, None where it is not there for this reader."""
    entity, _dot, rest = pin.name.partition(".")
    key, _dot, counted = rest.partition(".")
    described = records.configuration.entities.get(entity)
    if described is None or entity not in records.rights.readable or described.kind == "settings":
        return None
    label = _label(records, language, entity, key)
    if label is None or (pin.kind == "view") != (not counted):
        return None
    aggregate, _dot, field = counted.partition(".")
    found = Pinned(entity, key, label, aggregate or COUNT, field)
    return found if f"{found.aggregate}.{field}".rstrip(".") in dict(countable(records, language, entity)) else None


def _label(records: Records, language: str, entity: str, key: str) -> str | None:
    """What a view is called, None where there is none of this key."""
    if key.startswith(MARK):
        view = view_of_key(records, entity, key)
        return view.name if view else None
    there = records.configuration.entities[entity].views or (records.configuration.view(entity)[0],)
    return view_label(records, language, entity, key) if key in there else None


def countable(records: Records, language: str, entity: str) -> Iterator[tuple[str, str]]:
    """What can be counted of a list, with its words: the records, and columns that add up."""
    yield COUNT, _("Number of records")
    for name, field in records.configuration.entities[entity].fields.items():
        if not records.rights.may_read(entity, name) or field.column() is None:
            continue
        aggregate = _aggregate_of(field)
        if aggregate == "sum":
            yield f"sum.{name}", _("Sum of “%(field)s”", field=field.label_in(language, name))
        elif aggregate:
            yield f"average.{name}", _("Average of “%(field)s”", field=field.label_in(language, name))


def _aggregate_of(field: Field) -> str:
    return "sum" if field.kind in ADDED else "average" if field.kind in BETWEEN else ""


def view_door(records: Records, language: str, pin: Pin) -> PinnedDoor | None:
    """The door to a view; None where it is not there for this reader."""
    found = pinned_view(records, language, pin)
    if found is None:
        return None
    described = records.configuration.entities[found.entity]
    return PinnedDoor(
        label=found.label,
        help="",
        of=described.plural_in(language, found.entity),
        icon=entity_icon(described),
        url=addresses.viewed(found.entity, found.key),
        pin_url=addresses.pin(pin.kind, pin.name),
        key=pin_key(pin),
    )


def number_card(records: Records, locale: Locale, pin: Pin) -> NumberCard | None:
    """The number that a pin counts, of what its reader sees; None where its view or its column is not there."""
    found = pinned_view(records, locale.language, pin)
    if found is None:
        return None
    described = records.configuration.entities[found.entity]
    of = described.plural_in(locale.language, found.entity)
    if found.field:
        of = f"{of} · {dict(countable(records, locale.language, found.entity))[f'{found.aggregate}.{found.field}']}"
    listing = listing_of(records, locale, state_of(records, found.entity, Arguments([("view", found.key)])))
    return NumberCard(
        label=found.label,
        of=of,
        text=_counted(listing, found),
        unit=described.fields[found.field].unit_in(locale.language) if found.field else "",
        url=addresses.viewed(found.entity, found.key),
        pin_url=addresses.pin(pin.kind, pin.name),
        key=pin_key(pin),
    )


def _counted(listing: Listing, pinned: Pinned) -> str:
    """The number as its reader writes it; none of a view of which a part means nothing to them any more."""
    if listing.state.unknown:
        return "–"
    records, locale = listing.records, listing.locale
    query = replace(listing.state.query((), listing.view[1]), exact_count=True)
    if not pinned.field:
        return locale.decimal_formatter(0)(records.count(query).number)
    aggregate = cast("Aggregate", pinned.aggregate)
    asked = Grouping(
        pinned.entity,
        (),
        (Amount(aggregate, pinned.field),),
        ((),),
        query.conditions,
        query.where,
        search=query.search,
    )
    groups = Adding(records.database, records.tables, records.rights).answer(asked).groups[()]
    report = Report(of=pinned.entity, values={"n": Measure(field=pinned.field, aggregate=aggregate)})
    write = writer_of(records.configuration, report, "n", locale)
    value = groups[()][0].value if groups else None
    return write(0 if value is None and aggregate == "sum" else value) or "–"
