"""The records that point at a record: the first of them as a small table, the way to all, and to a new one."""

from __future__ import annotations

from urllib.parse import urlencode

from markupsafe import Markup

from engine.fields.locale import Locale
from engine.fields.reference import ReferenceField
from engine.fields.related import RelatedField
from engine.model import Entity, Section
from engine.query import Condition, Query, Sort
from engine.records import Record, Records
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.lists.generate import grid_for, readable_columns
from runtime_web.lists.grid import Wanted
from runtime_web.lists.words import adding
from runtime_web.views.card import Related

SHOWN = 20


def related(records: Records, locale: Locale, record: Record, section: Section) -> Related:
    """What a section of related records shows."""
    name = section.related or ""
    field = records.configuration.entities[record.entity].fields[name]
    assert isinstance(field, RelatedField)
    target = records.configuration.entities[field.of]
    view = records.configuration.view(field.of)[1]
    columns = readable_columns(
        records, field.of, section.grid_columns or tuple(key for key in view.columns if key != field.by)
    )
    if target.kind == "child":
        columns = (records.configuration.parent_of(field.of) or "", *columns)
    plural = target.plural_in(locale.language, field.of)
    grid = grid_for(records, locale, Wanted(field.of, columns, "mini_grid"), lambda: {"plural": plural})
    sort = tuple(map(Sort.parse, view.sort))
    pointing = (Condition(field.by, "any_of", (record.id,)),)
    page = records.page(Query(field.of, grid.columns, pointing, sort=sort, limit=SHOWN, where=section.where or ""))
    shown = locale.decimal_formatter(0)(page.count.number)
    return Related(
        name=name,
        label=field.label_in(locale.language, name),
        count=_("more than %(number)s", number=shown) if page.count.capped else shown,
        grid=grid.render(page) if page.rows else Markup(""),
        all_url=f"{addresses.list_of(field.of)}?f={field.by}:any_of:{record.id}" if page.count.number > SHOWN else "",
        add_url=_add_url(records, record, name, field, target),
        add_label=adding(target.label_in(locale.language, field.of)),
    )


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
