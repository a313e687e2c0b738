"""LibreOffice, as the second program that reads the workbooks we write."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.surroundings import absent


def office() -> str:
    """LibreOffice's command."""
    return shutil.which("soffice") or absent("LibreOffice is not installed")


def converted(paths: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """The same workbooks as LibreOffice saves them, all in one run: it takes seconds to start."""
    words = [office(), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", kind]
    answered = folder / "converted"
    subprocess.run([*words, "--outdir", str(answered), *map(str, paths)], check=True, capture_output=True, timeout=240)
    return [answered / f"{path.stem}.{kind.partition(':')[0]}" for path in paths]
