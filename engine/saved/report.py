"""A saved report: the same specification as in the configuration, with a name, an owner, and whom it is shared with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic import ValidationError

from engine.model import Report
from engine.model.role import EVERYONE
from engine.problems import Problem, problem
from engine.storage.saved import Kept

LONGEST_NAME = 100
LONGEST_HELP = 500
LONGEST = 30_000
"""So many characters of JSON are kept of one report."""


@dataclass(frozen=True, slots=True)
class Described:
    """What somebody says about a report that is kept: its name, a sentence, and the roles that it is shared with."""

    name: str
    help: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class SavedReport:
    """A report that somebody keeps. `report` is None where another version of the program has written it."""

    id: int
    owner: int
    owner_name: str
    described: Described
    report: Report | None
    changed_at: dt.datetime
    trashed_at: dt.datetime | None = None

    @property
    def name(self) -> str:
        return self.described.name

    @property
    def shared(self) -> bool:
        return bool(self.described.roles)


def opened(kept: Kept) -> SavedReport:
    """A row as the value that pages use; the report is called what it was saved as."""
    described = Described(kept.name, kept.help, kept.roles)
    return SavedReport(kept.id, kept.owner, kept.owner_name, described, _read(kept), kept.changed_at, kept.trashed_at)


def called(report: Report, described: Described) -> Report:
    """The report under the name that it is saved as."""
    return report.model_copy(update={"label": described.name, "help": described.help or None, "roles": ()})


def content_of(report: Report) -> str:
    """What is kept of a report: what it is called and who sees it stands beside it."""
    plain = report.model_copy(update={"label": None, "help": None, "roles": ()})
    return plain.model_dump_json(exclude_defaults=True)


def tidied(described: Described) -> Described:
    """Without spaces that nobody meant, and everyone holds all other roles."""
    roles = frozenset({EVERYONE}) if EVERYONE in described.roles else described.roles
    return Described(" ".join(described.name.split()), " ".join(described.help.split()), roles)


def wrong_words(described: Described) -> Iterator[Problem]:
    """What is wrong with how a report is called."""
    if not described.name.strip():
        yield problem("required", path=("name",))
    for key, text, longest in (
        ("name", described.name, LONGEST_NAME),
        ("help", described.help, LONGEST_HELP),
    ):
        if len(text) > longest:
            yield problem("too-long", path=(key,), length=len(text), maximum=longest)
        elif not text.isprintable():
            yield problem("text-invalid", path=(key,))


def _read(kept: Kept) -> Report | None:
    try:
        report = Report.model_validate_json(kept.content)
    except ValidationError:
        return None
    return called(report, Described(kept.name, kept.help))
