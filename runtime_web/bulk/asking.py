"""What can be done with many records of a list, as its page offers it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from engine.fields.locale import Locale
from engine.records import Records
from engine.records.handing_over import HandingOver
from runtime_web import addresses
from runtime_web.cards.inputs import Filling
from runtime_web.cards.widgets import widgets_of
from runtime_web.i18n import ngettext
from runtime_web.lists.editable import edits_cells
from runtime_web.views.bulk import BulkField, BulkPage


@dataclass(frozen=True, slots=True)
class Asked:
    """Which records are meant: those of these numbers, or all of the list of a query string.

    `back` is the query string of the list from which somebody came; `another` says that all of it are no longer those
    that they were told of.
    """

    entity: str
    arguments: str
    ids: tuple[int, ...]
    count: int
    back: str = ""
    another: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """What was typed into which field, and why it does not fit."""

    action: str
    name: str
    texts: Mapping[str, tuple[str, ...]]
    said: str


def bulk_page(records: Records, locale: Locale, asked: Asked, failed: Failed | None = None) -> BulkPage:
    """The page that asks what to do with them."""
    described = records.configuration.entities[asked.entity]
    number = locale.decimal_formatter(0)(asked.count)
    changed = [name for name in described.fields if edits_cells(records, asked.entity, name)]
    here = addresses.list_of(asked.entity)
    offering = _Offering(records, locale, asked.entity, failed)
    return BulkPage(
        title=described.plural_in(locale.language, asked.entity),
        count=ngettext("%(number)s record", "%(number)s records", asked.count, number=number),
        number=number,
        many=asked.count,
        action_url=f"{here}/bulk/start{asked.arguments}",
        back_url=here + asked.back,
        ids=asked.ids,
        changed=tuple(offering.fields("change", changed)),
        handed=tuple(offering.fields("hand_over", HandingOver.through(records).fields(asked.entity))),
        deletes=records.rights.may("delete", asked.entity),
    )


@dataclass(frozen=True)
class _Offering:
    """The fields that can be given a value, with what was typed into one that did not fit."""

    records: Records
    locale: Locale
    entity: str
    failed: Failed | None

    def fields(self, action: str, names: Iterable[str]) -> Iterator[BulkField]:
        widgets = widgets_of(self.records.configuration, self.records.rights, self.entity, self.locale)
        for name in names:
            wrong = self.failed if self.failed and (self.failed.action, self.failed.name) == (action, name) else None
            filling = Filling(self.locale, {}, wrong.texts if wrong else {}, prefix=f"{action}-")
            one = filling.edit(widgets[name], {}, (name,))
            yield BulkField(
                name, widgets[name].label, replace(one, problem=wrong.said if wrong else ""), wrong is not None
            )
