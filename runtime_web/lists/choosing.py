"""By what a list can be filtered: the fields of its records, and along references those of what they refer to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.expressions.reached import MOST_STEPS, far_of, field_of, reached
from engine.fields.column import USERS
from engine.model import Configuration
from runtime_web import addresses
from runtime_web.lists.state import ListState
from runtime_web.lists.words import path_label
from runtime_web.views.listing import FilterField, FilterFields


@dataclass(frozen=True, slots=True)
class Compared:
    """A field by which records can be told: its name and label, and whether it leads to others with their own."""

    name: str
    label: str
    leads: bool


def compared_fields(configuration: Configuration, entity: str, language: str) -> Iterator[Compared]:
    """The fields of an entity by which its records can be told; of lines first what they belong to."""
    parent = configuration.parent_of(entity)
    for name in (*([parent] if parent else []), *configuration.entities[entity].fields):
        field = field_of(configuration, entity, name)
        if field is not None and field.operators:
            leads = far_of(configuration, entity, name) not in ("", USERS)
            yield Compared(name, field.label_in(language, name), leads)


def filter_fields(configuration: Configuration, state: ListState, path: str, language: str) -> FilterFields | None:
    """The fields at the end of a path of references, None where it does not lead to any."""
    found = reached(configuration, state.entity, path)
    far = far_of(configuration, found.entity, found.name) if found else ""
    if found is None or far in ("", USERS):
        return None
    here, arguments = addresses.list_of(state.entity), state.arguments(configuration)
    deepest = len(found.way) + 1 == MOST_STEPS
    return FilterFields(
        title=path_label(configuration, found, language),
        fields=tuple(
            FilterField(
                one.label,
                f"{here}/filter/{path}.{one.name}{arguments}",
                f"{here}/filter-by/{path}.{one.name}{arguments}" if one.leads and not deepest else "",
            )
            for one in compared_fields(configuration, far, language)
        ),
        back_url=here + arguments,
    )
