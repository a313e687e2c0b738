"""Finding records by what people call them, as whoever pastes or imports names writes them."""

from __future__ import annotations

from collections.abc import Sequence

from engine.records.batch import titled
from engine.records.door import Records


class Naming(Records):
    """The door to records, for finding them by their names."""

    @classmethod
    def through(cls, records: Records) -> Naming:
        """The same door, for the same principal."""
        return cls(records.database, records.tables, records.principal, records.origin)

    def named(self, entity: str, names: Sequence[str]) -> dict[str, tuple[int, ...]]:
        """The records that bear each of these names, of those that the principal may see."""
        with self._read() as connection:
            found = titled(self._reader, connection, entity, names)
            doubtful = [key for ids in found.values() if len(ids) > 1 for key in ids]
            # Accents and capitals make no difference, unless they tell two records apart.
            titles = self._reader.titles(connection, entity, doubtful) if doubtful else {}
        exact = {name: tuple(key for key in ids if titles.get(key) == name) for name, ids in found.items()}
        return {name: exact[name] or ids for name, ids in found.items()}
