"""What the page of the audit log shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line: when, what, who did it to whom, and what else is known."""

    when: str
    moment: str
    said: str
    who: str
    whom: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """The audit log as it was asked for. `events` and `people` are what may be chosen: value, label, chosen."""

    lines: tuple[AuditLine, ...]
    events: tuple[tuple[str, str, bool], ...]
    people: tuple[tuple[str, str, bool], ...]
    since: str
    until: str
    filtered: bool
    older_url: str
