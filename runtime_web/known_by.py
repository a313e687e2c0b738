"""By what somebody knows a record again beside its title: what its list shows first of it that speaks for itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from engine.fields import Field
from engine.fields.locale import Locale
from engine.query import Condition, Query
from engine.records import Found, Page, Records
from engine.storage.fold import fold
from runtime_web.lists.generate import readable_columns
from runtime_web.lists.words import target_of
from runtime_web.telling import Telling

SPEAKING = ("text", "sequence", "phone", "email", "tax_id", "date", "datetime", "reference", "user", "choice")
"""Types whose values mean something without the label of their field, and fit into a line."""
SHARED = ("choice",)
"""Those of them that many records have in common: they come after the others."""
MOST = 2
AT_ONCE = 20
"""So many records are asked for by one statement, which is kept."""

Hit = tuple[str, int]
"""A record by its entity and id."""


def known_by(records: Records, found: Iterable[Found], locale: Locale, text: str = "") -> Mapping[Hit, tuple[str, ...]]:
    """A few values of each record in words; where they hold what somebody has typed, these first."""
    titles: dict[str, dict[int, str]] = defaultdict(dict)
    for one in found:
        titles[one.entity][one.id] = one.title
    words = fold(text).split()
    return {
        (entity, record_id): _chosen(values, titles[entity][record_id], words)
        for entity in titles
        for record_id, values in _values(records, entity, tuple(titles[entity]), locale)
    }


def _chosen(values: Iterable[tuple[str, str]], title: str, words: Sequence[str]) -> tuple[str, ...]:
    """Of each type one, because two without labels would be mistaken for each other; nothing that the title says."""
    called, chosen = fold(title), dict[str, str]()
    news = [(kind, value) for kind, value in values if value and fold(value) not in called]
    for kind, value in sorted(news, key=lambda one: not any(word in fold(one[1]) for word in words)):
        chosen.setdefault(kind, value)
    return tuple(chosen.values())[:MOST]


def _values(
    records: Records, entity: str, ids: tuple[int, ...], locale: Locale
) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """What the columns say of each record, with their types, in their order."""
    columns = _columns(records, entity)
    fields = records.configuration.entities[entity].fields
    for start in range(0, len(ids) if columns else 0, AT_ONCE):
        portion = ids[start : start + AT_ONCE]
        # As many each time; asking for one twice changes nothing.
        portion += portion[-1:] * (AT_ONCE - len(portion))
        asked = (Condition("id", "any_of", portion),)
        page = records.page(Query(entity, columns, asked, limit=AT_ONCE, counted=False))
        telling = Telling(records.configuration, locale, _titles(page))
        for row in page.rows:
            record_id, *values = (load(item) if load else item for load, item in zip(page.loaders, row, strict=True))
            said = zip(columns, values, strict=True)
            yield record_id, [(fields[name].kind, _said(telling, fields[name], value)) for name, value in said]


def _columns(records: Records, entity: str) -> tuple[str, ...]:
    described = records.configuration.entities[entity]
    shown = readable_columns(records, entity, records.configuration.view(entity)[1].columns)
    speaking = [name for name in shown if described.fields[name].kind in SPEAKING and name != described.title_field]
    return tuple(sorted(speaking, key=lambda name: described.fields[name].kind in SHARED))


def _titles(page: Page) -> dict[tuple[str, int], str]:
    return {(target, key): title for target, named in page.titles.items() for key, title in named.items()}


def _said(telling: Telling, described: Field, value: Any) -> str:
    """A value in words; a reference to what may not be seen tells no record from another."""
    target = target_of(described)
    return "" if target and (target, value) not in telling.titles else telling.value(described, value)
