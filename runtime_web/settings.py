"""What one installation decides: database, folder, secret key, limits. A frozen value; pages never read the environment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from engine.accounts import Lifetime
from engine.model import Configuration

SHORTEST_KEY = 32
MEGABYTE = 1024 * 1024
LARGEST_FORM = 8 * MEGABYTE
"""What a form may hold beside its files."""

DEBUGGING = "FLASK_DEBUG is set, which would show the inside of the program to everybody. Unset it and start again."


class SettingsWrong(Exception):
    """The program cannot start with these settings; the text says what to change."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that `create_app` needs.

    `secret_key` signs tokens; `secure` says that people reach the program by https; `proxies` is the number of
    trusted proxies in front of it; `set_up_code` must be entered by whoever creates the first administrator from
    another computer.
    """

    database_url: str
    configuration: Configuration
    files: Path
    secret_key: str = field(repr=False)
    secure: bool = False
    proxies: int = 0
    largest_upload: int = 50 * MEGABYTE
    lifetime: Lifetime = field(default_factory=Lifetime)
    large_export: int = 50_000
    """A list of more records becomes a file behind the pages."""
    calls_per_minute: int = 600
    """How often a token may call each process."""
    set_up_code: str = field(default="", repr=False)
    source: Path | None = None
    """Where the files of the configuration are, for pages that change them; None where the server does not know."""
    testing: bool = False

    def __post_init__(self) -> None:
        if len(self.secret_key) < SHORTEST_KEY or len(set(self.secret_key)) < 8:
            raise SettingsWrong(
                f"The secret key is too short or too simple: at least {SHORTEST_KEY} random characters are needed."
            )

    @property
    def made(self) -> Path:
        """The folder of files that jobs make, beside that of attached files."""
        return self.files.with_name("made")

    @property
    def cookie(self) -> str:
        """The session cookie's name; the prefix makes browsers refuse it from anywhere but this host over https."""
        return "__Host-kartoteka" if self.secure else "kartoteka"

    @property
    def cookie_age(self) -> dt.timedelta:
        return self.lifetime.longest
