"""What a failure of a command says to a person."""

from __future__ import annotations

import datetime as dt
import secrets
import sys
import tempfile
import traceback
from pathlib import Path

from engine.storage import Collided, Unavailable
from runtime_web.cli.place import Place
from runtime_web.settings import SettingsWrong
from runtime_web.vendor import AssetsMissing

LOG = "errors.log"


def sentence_of(error: Exception) -> str:
    """One sentence for a failure that has to do with this computer or with what was asked, or "" for a mistake of ours."""
    if isinstance(error, Unavailable):
        return f"The database cannot be used: {error}."
    if isinstance(error, Collided):
        return "Somebody else has changed the same records in this moment. Nothing was changed; try it again."
    if isinstance(error, AssetsMissing | SettingsWrong):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}."
    if isinstance(error, MemoryError):
        return "This computer has not enough memory for that."
    return ""


def write_down(place: Place, error: Exception) -> tuple[str, Path]:
    """Add an unexpected failure to the log in the data folder; the number under which it stands, and where."""
    number = secrets.token_hex(4)
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    text = f"\n{now} {number} kartoteka {' '.join(sys.argv[1:])}\n" + "".join(traceback.format_exception(error))
    spare = Path(tempfile.gettempdir()) / f"kartoteka-{LOG}"
    for path in (place.data / LOG, spare) if place.exists else (spare,):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as log:
                log.write(text)
        except OSError:
            continue
        return number, path
    return number, Path(LOG)
