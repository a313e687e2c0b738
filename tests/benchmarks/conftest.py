"""A data set small enough to be made in a moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.data import Data, Size, prepare
from benchmarks.facts import Facts
from benchmarks.product import load

TINY = Size("tiny", clients=90, products=12, orders=600, imported=40)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    """The tiny data set, to be read only."""
    return load.prepare(prepare(TINY, tmp_path_factory.mktemp("benchmarks")))


@pytest.fixture
def facts(data: Data) -> Iterator[Facts]:
    """What is true of it."""
    told = Facts(data)
    yield told
    told.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where one side of a row may work."""
    return tmp_path
