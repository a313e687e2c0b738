"""The demo data at its usual size, made once for all tests below."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from engine.demo import Batch, generate

Row = dict[str, Any]
Rows = dict[str, list[Row]]


@pytest.fixture(scope="session")
def batches() -> tuple[Batch, ...]:
    return tuple(generate())


@pytest.fixture(scope="session")
def rows(batches: tuple[Batch, ...]) -> Rows:
    """The rows of each entity by column; the row with number n stands at n - 1."""
    found: Rows = defaultdict(list)
    for batch in batches:
        found[batch.entity].extend(dict(zip(batch.columns, row, strict=True)) for row in batch.rows)
    return dict(found)
