"""The currency of money fields that stands in another field."""

from __future__ import annotations

from collections.abc import Iterator

from engine.config.checks.codes import nearest_currency
from engine.config.draft import Draft
from engine.fields.currency import CurrencyField, known_currency
from engine.fields.money import MoneyField
from engine.problems import Problem, nearest


def named_fields(draft: Draft) -> Iterator[Problem]:
    """What is not written like a code names a currency field of the same entity."""
    for path, entity, field in draft.fields():
        where = (*path, "currency")
        if not isinstance(field, MoneyField) or not draft.written(where):
            continue
        name = field.currency
        if name is None or field.fixed_currency:
            continue
        other = entity.fields.get(name)
        if "." in name:
            yield draft.found("not-yet-supported", where, key=f"currency: {name}")
        elif name in draft.field_names(str(path[1])):
            if other and not isinstance(other, CurrencyField):
                yield draft.found("currency-field-wrong-type", where, name=name, type=other.kind)
        else:
            fields = [key for key, each in entity.fields.items() if isinstance(each, CurrencyField)]
            code = name.upper() if known_currency(name.upper()) else None
            near = code or nearest(name, fields) or nearest_currency(name)
            yield draft.found("currency-unknown", where, value=name, nearest=near)
