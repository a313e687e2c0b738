"""An empty archive on each database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archive import Archive, open_archive


@pytest.fixture
def archive(database_url: str, tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive(database_url, tmp_path / "files")
    yield opened
    opened.database.close()
