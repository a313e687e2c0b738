"""What the machine that runs the tests has, and what it must have."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}


def absent(reason: str) -> NoReturn:
    """Skip where a person's machine lacks what `reason` names; fail in CI, which must have it."""
    if IN_CI:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def write_into_memory() -> None:
    """Let all that tests write lie in memory where there is room: making and removing files costs them most."""
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 4 * 2**30:
        os.environ["TMPDIR"] = str(memory)
        tempfile.tempdir = None
