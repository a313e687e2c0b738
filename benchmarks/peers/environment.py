"""A virtual environment for a peer, made in the temporary folder at the first use and kept there."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path


class Absent(Exception):
    """The peer could not be installed; the measurement goes on without it."""


def python_with(name: str, *requirements: str) -> Path:
    """The interpreter of an environment that has these packages."""
    wanted = hashlib.sha256(repr(requirements).encode()).hexdigest()[:8]
    folder = Path(tempfile.gettempdir()) / f"kartoteka-benchmarks-{name}-{wanted}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = folder / "ready"
    if not ready.exists():
        venv.create(folder, with_pip=True, clear=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements]
        done = subprocess.run(install, check=False, capture_output=True, text=True)
        if done.returncode:
            raise Absent(f"{name} did not install with Python {sys.version.split()[0]}: {done.stderr.strip()[-300:]}")
        ready.touch()
    return python
