"""What a posted card means: the texts as they were typed, and the Edit that follows from them.

Inputs are named after their fields, those of lines `lines.17.price` or, for a new line, `lines.n1.price`. Names that
begin with _ are the form's own: `_base` (the values that the form was opened with), `_token`, `_return`, `_do` (a
button that changes the form without saving it).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from werkzeug.datastructures import MultiDict

from engine.fields import Field
from engine.fields.lines import LinesField
from engine.fields.locale import Locale
from engine.model import Configuration, Entity
from engine.problems import Problem, Unfit, problem
from engine.records import Edit, LineEdit
from runtime_web.cards.inputs import Path, typed_text

MOST_LINES = 2000
TAKE = "_take."


@dataclass(frozen=True)
class Posted:
    """A posted form of one entity's card. `fields` are those on the card, lines among them."""

    configuration: Configuration
    entity: str
    fields: tuple[str, ...]
    form: MultiDict[str, str]
    locale: Locale

    @cached_property
    def described(self) -> Entity:
        return self.configuration.entities[self.entity]

    @cached_property
    def texts(self) -> Mapping[str, tuple[str, ...]]:
        """What was typed, by name of the input."""
        return {name: tuple(values) for name, values in self.form.lists() if not name.startswith("_")}

    @property
    def action(self) -> tuple[str, ...]:
        """The button that was pressed, if it was one that only changes the form: ("add", lines), ("delete", lines, key)."""
        return tuple(self.form.get("_do", "").split(".")) if self.form.get("_do") else ()

    @cached_property
    def base(self) -> Mapping[str, Any]:
        """The values that the form was opened with, in canonical form."""
        try:
            found = json.loads(self.form.get("_base", ""))
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def keys(self, lines: str) -> tuple[str, ...]:
        """The keys of the lines of a field, in the order in which they stand in the form."""
        paths = (name.split(".") for name in self.form if name.startswith(f"{lines}."))
        found = dict.fromkeys(path[1] for path in paths if len(path) == 3)
        return tuple(filter(is_key, found))[:MOST_LINES]

    @cached_property
    def reading(self) -> Reading:
        """Every value, parsed as the reader writes them; where somebody else's value is to be kept, that one."""
        reading = Reading(base=opened(self.described, self.base.get("values")))
        for name in self.fields:
            described = self.described.fields[name]
            if isinstance(described, LinesField):
                reading.lines[name] = tuple(self._lines(name, described.of, reading.problems))
            elif described.editable and name in self.texts and self.decided(name) != "theirs":
                self._value((name,), described, reading.values, reading.problems)
        return reading

    def decided(self, name: str) -> str:
        """Whose value is to be kept where two people changed it: "mine", "theirs", or "" where nobody has said."""
        return self._decided.get(name, "")

    @cached_property
    def _decided(self) -> Mapping[str, str]:
        return {name.removeprefix(TAKE): taken for name, taken in self.form.items() if name.startswith(TAKE)}

    def field_at(self, path: Path) -> Field | None:
        """The field at (field,) or (lines, key, field)."""
        found = self.described.fields.get(path[0])
        if len(path) == 1:
            return found
        child = self.configuration.entities[found.of] if isinstance(found, LinesField) and len(path) == 3 else None
        return child.fields.get(path[2]) if child else None

    def typed_at(self, path: Path) -> Any:
        """The value that was typed at a path."""
        line = self._line_at(path)
        return line.values.get(path[2]) if line else self.reading.values.get(path[0])

    def base_at(self, path: Path) -> Any:
        """The value that stood at a path when the form was opened."""
        line = self._line_at(path)
        return (line.base or {}).get(path[2]) if line else self.reading.base.get(path[0])

    def _line_at(self, path: Path) -> LineEdit | None:
        if len(path) != 3:
            return None
        return next((line for line in self.reading.lines.get(path[0], ()) if line.key == path[1]), None)

    def deleted(self, lines: str, key: str) -> bool:
        """Whether a line is marked to be deleted."""
        return bool(self.form.get(f"{lines}.{key}._deleted"))

    def _value(self, path: Path, described: Field, values: dict[str, Any], problems: list[Problem]) -> None:
        text = typed_text(described, self.texts[".".join(path)])
        try:
            values[path[-1]] = described.parse(text, self.locale)
        except Unfit as unfit:
            problems.append(unfit.at(*path))
            return
        # A blank may get its default when it is saved.
        if described.required and values[path[-1]] is None and described.default_formula is None:
            problems.append(problem("required", path=path))

    def base_lines(self, name: str) -> Mapping[str, Any]:
        """The lines that were there when the form was opened, by key, in canonical form."""
        lines = self.base.get("lines")
        found = lines.get(name) if isinstance(lines, dict) else None
        return found if isinstance(found, dict) else {}

    def _lines(self, name: str, child_name: str, problems: list[Problem]) -> Iterator[LineEdit]:
        child = self.configuration.entities[child_name]
        bases = self.base_lines(name)
        for key in self.keys(name):
            if key.startswith("n") and self.untouched(name, key, child):
                continue
            values: dict[str, Any] = {}
            found: list[Problem] = []
            for field_name, described in child.fields.items():
                input_name = f"{name}.{key}.{field_name}"
                if described.editable and input_name in self.texts and self.decided(input_name) != "theirs":
                    self._value((name, key, field_name), described, values, found)
            deleted = self.deleted(name, key)
            problems += () if deleted else found
            line_id = None if key.startswith("n") else int(key)
            base = None if line_id is None else opened(child, bases.get(key))
            yield LineEdit(line_id, values, base, deleted, key)

    def untouched(self, lines: str, key: str, child: Entity) -> bool:
        """Whether nothing was entered in a new line: it holds what new lines are opened with, or less."""
        blanks = self.base.get("blank")
        start = opened(child, blanks.get(lines) if isinstance(blanks, dict) else None)
        for name, described in child.fields.items():
            typed = self.texts.get(f"{lines}.{key}.{name}")
            if typed is None:
                continue
            text = typed_text(described, typed).strip()
            begun = described.entry(start.get(name, described.initial()), self.locale).strip()
            # No tick is an answer, where others are only left blank.
            if text != begun and (text or described.kind == "boolean"):
                return False
        return True


@dataclass(frozen=True)
class Opened(Mapping[str, Any]):
    """The values that a form was opened with, each read from its canonical form when it is asked for: few ever are.

    What is no value of its field is not there.
    """

    entity: Entity
    dumped: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        try:
            return self.entity.fields[name].load(self.dumped[name])
        except Unfit:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return (name for name in self.dumped if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def opened(entity: Entity, dumped: object) -> Mapping[str, Any]:
    """The values that a form carries of what it was opened with."""
    return Opened(entity, dumped) if isinstance(dumped, dict) else {}


@dataclass
class Reading:
    """The values of a form while it is read, and what is wrong with them."""

    values: dict[str, Any] = field(default_factory=dict)
    base: Mapping[str, Any] = field(default_factory=dict)
    lines: dict[str, tuple[LineEdit, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def edit(self, *, new: bool) -> Edit:
        """What is handed to the records."""
        return Edit(self.values, None if new else self.base, self.lines)


def is_key(text: str) -> bool:
    """Whether this is the key of a line: an id, or n and a number."""
    digits = text.removeprefix("n")
    return digits.isascii() and digits.isdigit() and len(digits) < 19


def dumped(entity: Entity, values: Mapping[str, Any], fields: Iterable[str] | None = None) -> dict[str, Any]:
    """Values in the canonical form in which a form carries them, of some fields or of all."""
    return {
        name: entity.fields[name].dump(values.get(name))
        for name in (entity.fields if fields is None else fields)
        if name in entity.fields and entity.fields[name].editable
    }
