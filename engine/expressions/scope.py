"""What a formula may name: every entity's fields, with the types that they have in formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from engine.fields import Field
from engine.fields.choice import ChoiceField
from engine.fields.column import FILES, USERS
from engine.fields.decimal import Exact
from engine.fields.label import Label
from engine.fields.lines import LinesField
from engine.fields.money import MoneyField
from engine.fields.related import RelatedField
from engine.model import Configuration
from formulas.scope import USER, Member, Simple
from formulas.types import (
    BOOLEAN,
    DATE,
    DATETIME,
    DURATION,
    MONEY,
    NUMBER,
    TEXT,
    TIME,
    Type,
    list_of,
    money,
    record,
)

DIGITS = 15
"""Digits of a whole number, and those of a decimal one before its point."""
_TYPES: Mapping[str, Type] = MappingProxyType(
    {
        "text": TEXT,
        "integer": NUMBER,
        "boolean": BOOLEAN,
        "date": DATE,
        "time": TIME,
        "datetime": DATETIME,
        "duration": DURATION,
        "codes": list_of(TEXT),
    }
)
_USER = MappingProxyType({"name": Member(TEXT)})

Members = Mapping[str, Mapping[str, Member]]


def members_of(configuration: Configuration) -> Members:
    """What can be named in the records of each entity; whatever asks of a report asks for it many times."""
    found: Members = configuration.once("members", lambda: _members_of(configuration))
    return found


def _members_of(configuration: Configuration) -> Members:
    # Whose record it is changes with who asks, and so does all that is read by way of it.
    linked = {name: Member(record(name), volatile=True) for name in configuration.user_links}
    found: dict[str, Mapping[str, Member]] = {USERS: MappingProxyType({**_USER, **linked})}
    for name, entity in configuration.entities.items():
        members = {field_name: member for field_name, field in entity.fields.items() for member in _member(field)}
        parent = configuration.parent_of(name)
        if parent:
            members[parent] = Member(record(parent))
        found[name] = MappingProxyType(members)
    return MappingProxyType(found)


def asking(members: Members, entity: str, *, old: bool = False) -> Simple:
    """The scope of a formula of one entity that may ask who asks, by USER()."""
    return Simple(entity, {**members, entity: {**members[entity], USER: Member(record(USERS), volatile=True)}}, old)


def with_volatile(members: Members, keys: Iterable[tuple[str, str]]) -> Members:
    """The members, with these marked that change with the day or with who asks."""
    found = {entity: dict(named) for entity, named in members.items()}
    for entity, name in keys:
        found[entity][name] = replace(found[entity][name], volatile=True)
    return found


def type_of(field: Field) -> Type | None:
    """The type of a field's value in formulas; None for what they cannot name, such as files."""
    if isinstance(field, MoneyField):
        return money(field.fixed_currency) if field.fixed_currency else MONEY
    if isinstance(field, Exact):
        return NUMBER
    if isinstance(field, LinesField | RelatedField):
        return list_of(record(field.of))
    links = field.links()
    if links:
        return None if links.target == FILES else list_of(record(links.target))
    column = field.column()
    if column is None:
        return None
    return record(column.target) if column.kind == "reference" else _TYPES[column.kind]


def _member(field: Field) -> Iterator[Member]:
    kind = type_of(field)
    if kind is None:
        return
    labels = _texts(field.label)
    if isinstance(field, Exact):
        yield Member(kind, labels, digits=DIGITS + field.places, places=field.places)
    elif kind == NUMBER:
        yield Member(kind, labels, digits=DIGITS, places=0)
    elif isinstance(field, ChoiceField):
        yield Member(kind, labels, options=tuple(option.value for option in field.options))
    else:
        yield Member(kind, labels)


def _texts(label: Label | None) -> tuple[str, ...]:
    """What people may call a field, in any language."""
    if label is None:
        return ()
    return (label,) if isinstance(label, str) else tuple(label.values())
