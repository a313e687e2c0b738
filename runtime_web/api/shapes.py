"""Records as JSON: values in the canonical form of their fields, what the program itself knows under an underscore.

    {"id": 7, "_version": "1f0c…", "_title": "ORD-2026-0007", "total": "120.00", "client": 3,
     "lines": [{"id": 21, "product": 5, "price": "60.00"}], "_titles": {"client": {"3": "Acme"}}}

`_version` changes with what people enter and this caller may read, and with nothing else: whoever may not see a field
is not told that it has changed either.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from engine.expressions.results import error_code
from engine.fields.column import USERS
from engine.fields.datetime import DateTimeField
from engine.model import Configuration
from engine.records import Page, Record
from engine.rights import Rights
from engine.storage.tables import ERROR
from runtime_web.api.answers import Shape

MOMENT = DateTimeField(type="datetime")
Covers = Callable[[str], bool]


class Shapes:
    """Turns records into JSON for one caller.

    Args:
        covers: whether records of an entity may be named here.
    """

    def __init__(self, configuration: Configuration, rights: Rights, covers: Covers) -> None:
        self._entities = configuration.entities
        self._rights = rights
        self._covers = covers

    def record(self, record: Record) -> Shape:
        """A record with its lines, and the titles of what it names."""
        return {
            "id": record.id,
            "_version": self.version(record),
            "_title": record.title,
            "_created_at": MOMENT.dump(record.created_at),
            "_created_by": record.created_by,
            "_updated_at": MOMENT.dump(record.updated_at),
            "_updated_by": record.updated_by,
            **self._values(record),
            **{name: [self._line(line) for line in lines] for name, lines in self._lines(record)},
            "_titles": self._titles(_by_target(record.titles)),
            "_errors": dict(record.errors),
        }

    def _lines(self, record: Record) -> Iterator[tuple[str, tuple[Record, ...]]]:
        return ((name, lines) for name, lines in record.lines.items() if self._rights.may_read(record.entity, name))

    def version(self, record: Record) -> str:
        """What changes with what people enter and this caller may read."""
        content = [
            self._entered(record),
            {name: [self._entered(line) for line in lines] for name, lines in self._lines(record)},
        ]
        text = json.dumps(content, sort_keys=True).encode()
        return hashlib.blake2b(text, digest_size=8).hexdigest()

    def page(self, entity: str, page: Page) -> list[Shape]:
        """The rows of a list."""
        fields = self._entities[entity].fields
        linked = [name for name in page.links if name in fields]
        found = []
        for row in page.rows:
            values = [load(item) if load else item for load, item in zip(page.loaders, row, strict=True)]
            shape: Shape = {}
            errors: dict[str, str] = {}
            for name, value in zip(page.columns, values, strict=True):
                if name.endswith(ERROR):
                    errors |= {name.removesuffix(ERROR): error_code(value)} if value else {}
                elif name in fields:
                    shape[name] = fields[name].dump(value)
                else:
                    shape[name] = MOMENT.dump(value) if name.endswith("_at") else value
            shape |= {name: fields[name].dump(page.links[name].get(row[0])) for name in linked}
            found.append({**shape, "_title": shape.get("_title") or f"#{row[0]}", "_errors": errors})
        return found

    def page_titles(self, page: Page) -> Shape:
        """The titles of what a page's rows name."""
        return self._titles(page.titles)

    def value(self, entity: str, path: tuple[str, ...], value: Any) -> Any:
        """One value at the path that a Problem or a clash names: a field, or a lines field, a line and its field."""
        field = self._entities[entity].fields.get(path[0])
        if len(path) == 3 and field is not None:
            field = self._entities[getattr(field, "of", entity)].fields.get(path[2])
        return field.dump(value) if field else None

    def _line(self, line: Record) -> Shape:
        return {"id": line.id, **self._values(line), "_errors": dict(line.errors)}

    def _values(self, record: Record) -> Shape:
        fields = self._entities[record.entity].fields
        return {
            name: field.dump(record.values.get(name))
            for name, field in fields.items()
            if self._rights.may_read(record.entity, name) and (field.column() or field.links())
        }

    def _entered(self, record: Record) -> Shape:
        fields = self._entities[record.entity].fields
        values = self._values(record)
        return {"id": record.id, **{name: value for name, value in values.items() if fields[name].editable}}

    def _titles(self, titles: Mapping[str, Mapping[int, str]]) -> Shape:
        return {
            target: {str(key): title for key, title in named.items()}
            for target, named in titles.items()
            if named and (target == USERS or self._covers(target))
        }


def _by_target(titles: Mapping[tuple[str, int], str]) -> Mapping[str, Mapping[int, str]]:
    found: dict[str, dict[int, str]] = {}
    for (target, key), title in titles.items():
        found.setdefault(target, {})[key] = title
    return found


def stored_columns(configuration: Configuration, entity: str, names: Iterable[str]) -> tuple[str, ...]:
    """The columns of these fields, with the error codes of those that are computed."""
    fields = configuration.entities[entity].fields
    errors = (name + ERROR for name in names if fields[name].formula is not None)
    parent = configuration.parent_of(entity)
    return ("_title", *((parent,) if parent else ()), *names, *errors)
