"""What the generator takes and gives: how much data, and rows in batches."""

from __future__ import annotations

from dataclasses import dataclass

SIZE = 5_000
"""About so many rows make a batch."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much data; everything follows from the number of clients.

    A client has ten orders on average and an order five lines, so 200 clients make 2,000 orders and 10,000 lines,
    and 20,000 clients make 200,000 orders and a million lines.
    """

    clients: int = 200

    def __post_init__(self) -> None:
        if self.clients < 1:
            raise ValueError(f"At least one client is needed, not {self.clients}.")

    @property
    def orders(self) -> int:
        return self.clients * 10

    @property
    def events(self) -> int:
        return self.clients * 6

    @property
    def products(self) -> int:
        return max(60, min(self.clients // 10, 2_000))

    @property
    def employees(self) -> int:
        return min(8 + self.clients // 500, 60)


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one entity, ready for a bulk insert.

    The rows of an entity are numbered from 1 through all its batches; `first` is the number of this batch's first
    row. References hold such numbers, and refer only to rows that came before, so that a loader which gives ids in
    this order can insert batch by batch with foreign keys on. Fields of files and images hold tuples of numbers of
    `engine.demo.attachments`. A child entity's columns include its parent's name and `_position`, from 0.
    """

    entity: str
    first: int
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to store: `number` is what the rows refer to."""

    number: int
    name: str
    media_type: str
    content: bytes


class Table:
    """Collects the rows of one entity and numbers its batches."""

    def __init__(self, entity: str, *columns: str) -> None:
        self.entity = entity
        self.columns = columns
        self.rows: list[tuple[object, ...]] = []
        self._sent = 0

    @property
    def count(self) -> int:
        """Rows so far, sent ones too: the number of the last row."""
        return self._sent + len(self.rows)

    @property
    def full(self) -> bool:
        return len(self.rows) >= SIZE

    def batch(self) -> Batch:
        """All rows that were not sent yet."""
        batch = Batch(self.entity, self._sent + 1, self.columns, tuple(self.rows))
        self._sent += len(self.rows)
        self.rows = []
        return batch
