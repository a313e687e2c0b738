"""From the names of records to the records: by title, by a key, or by number as in "#12"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.exchange.columns import Target
from engine.exchange.findings import Findings
from engine.fields.locale import Locale
from engine.problems import Problem, Unfit, problem
from engine.records import Batch
from engine.storage.fold import fold

Ids = tuple[int, ...]
_NUMBERED = re.compile(r"#(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class Resolver:
    """Finds the records that one column names. Each name is looked up once, all in a few queries.

    Args:
        within: the records that the sheet itself brings, by key or folded title.
        held: the ids that the record of a row holds in this column, which decide where a name fits several records.
    """

    batch: Batch
    target: Target
    locale: Locale
    within: Mapping[Any, Ids]
    held: Callable[[int], Ids]

    def values(self, names: Sequence[tuple[str, ...] | None], cells: Sequence[object], findings: Findings) -> list[Any]:
        """The value of each row: an id or None, or a tuple of ids where the field takes several."""
        known = self._known(sorted({name for listed in names for name in listed or ()}))
        found = {listed: [known[name] for name in listed] for listed in set(names) if listed}
        doubtful = {listed for listed, ids in found.items() if any(len(one) != 1 for one in ids)}
        clear = {listed: self._value(ids) for listed, ids in found.items() if listed not in doubtful}
        values = [clear.get(listed) if listed else None for listed in names]
        if doubtful:
            for row, listed in enumerate(names):
                if listed in doubtful and listed:
                    values[row] = self._settled((row, cells[row]), listed, found[listed], findings)
        return values

    def _value(self, found: Sequence[Ids]) -> Any:
        ids = tuple(dict.fromkeys(one for (one,) in found))
        return ids if self.target.several else ids[0]

    def _settled(
        self, place: tuple[int, object], names: tuple[str, ...], found: Sequence[Ids], findings: Findings
    ) -> Any:
        """The value where names fit none or several records: those that the row's own record holds decide."""
        row, cell = place
        held = self.held(row) if any(len(ids) > 1 for ids in found) else ()
        chosen = [tuple(one for one in ids if one in held) or ids if len(ids) > 1 else ids for ids in found]
        for name, ids in zip(names, chosen, strict=True):
            if len(ids) != 1:
                findings.add(row, self.target, cell, self._complaint(name, ids))
                return None
        return self._value(chosen)

    def _complaint(self, name: str, ids: Ids) -> Problem:
        code = "reference-ambiguous" if ids else "reference-not-found"
        return problem(code, path=(self.target.name,), value=name[:100], entity=self.target.entity)

    def _known(self, names: list[str]) -> dict[str, Ids]:
        found = self._by_key(names) if self.target.key else self._by_title(names)
        numbered = {
            name: int(match[1]) for name in names if not found.get(name) and (match := _NUMBERED.fullmatch(name))
        }
        present = self.batch.find(self.target.entity, "id", list(numbered.values()))
        return {name: found.get(name) or present.get(numbered.get(name, 0), ()) for name in names}

    def _by_title(self, names: list[str]) -> dict[str, Ids]:
        found = {name: self.within.get(fold(name), ()) for name in names} if self.within else {}
        for name, ids in self.batch.find_titled(self.target.entity, names).items():
            found[name] = ids
            if len(ids) > 1:
                # Accents and capitals make no difference, unless they tell two records apart.
                titled = self.batch.titles(self.target.entity, ids)
                found[name] = tuple(one for one in ids if titled.get(one) == name) or ids
        return found

    def _by_key(self, names: list[str]) -> dict[str, Ids]:
        described = self.batch.configuration.entities[self.target.entity].fields[self.target.key]
        values: dict[str, Any] = {}
        for name in names:
            try:
                values[name] = described.parse(name, self.locale)
            except Unfit:
                continue  # what is no value of the key names no record
        found = self.batch.find(self.target.entity, self.target.key, list(dict.fromkeys(values.values())))
        return {name: found.get(value) or self.within.get(value, ()) for name, value in values.items()}
