"""kartoteka doctor: is everything in order here?"""

from __future__ import annotations

import platform
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import click

from engine.files import Files
from engine.model import Configuration
from engine.problems import Problem
from engine.rights import SYSTEM
from engine.schema import applied, plan, row_counts
from engine.storage import Database, Unavailable
from engine.storage.check import integrity_faults, server_faults, sqlite_version
from engine.storage.tables import describe_tables
from runtime_web.cli.place import Place
from runtime_web.cli.say import plural, say_json
from runtime_web.vendor import AssetsMissing, check_vendor

LEAST_SPACE = 500 * 1024 * 1024
LEAST_SQLITE = (3, 35)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    fine: bool
    text: str


@click.command()
@click.pass_obj
def doctor(place: Place) -> None:
    """Look whether all is in order.

    At the program, the configuration, the database, the attached files, the disk. Ends with 1 when something is wrong.
    """
    findings = []
    for finding in _findings(place):
        findings.append(finding)
        if not place.as_json:
            mark = click.style("✓", fg="green") if finding.fine else click.style("✗", fg="red")
            click.echo(f"{mark} {finding.subject}: {finding.text}")
    if place.as_json:
        say_json([asdict(finding) for finding in findings])
    if not all(finding.fine for finding in findings):
        raise SystemExit(1)


def _findings(place: Place) -> Iterator[Finding]:
    yield Finding("Python", True, platform.python_version())
    version = sqlite_version()
    yield Finding("SQLite", version >= LEAST_SQLITE, ".".join(map(str, version)))
    yield _assets()
    configuration, problems = place.read_configuration()
    yield _configuration(configuration, problems)
    yield _space(place)
    if place.key_file.is_file():
        yield _key(place)
    if not place.has_database:
        yield Finding("Database", False, "nothing has been set up yet; run kartoteka apply.")
        return
    try:
        yield from _database(place, place.open_database(), configuration)
    except Unavailable as error:
        yield Finding("Database", False, f"cannot be used: {error}.")


def _assets() -> Finding:
    try:
        check_vendor()
    except AssetsMissing as error:
        return Finding("Browser libraries", False, str(error))
    return Finding("Browser libraries", True, "present")


def _configuration(configuration: Configuration | None, problems: tuple[Problem, ...]) -> Finding:
    if configuration is None:
        return Finding("Configuration", False, f"{plural(len(problems), 'problem')}; run kartoteka check to see them.")
    return Finding("Configuration", True, plural(len(configuration.entities), "entity", "entities"))


def _space(place: Place) -> Finding:
    folder = place.data
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    return Finding("Disk", free >= LEAST_SPACE, f"{free / 1024**3:,.1f} GB free")


def _key(place: Place) -> Finding:
    """On Windows the rights of the folder decide, which Python does not show."""
    mode = place.key_file.stat().st_mode
    if sys.platform != "win32" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding("Secret key", False, f"others may read {place.key_file}; run chmod 600 on it.")
    return Finding("Secret key", True, "only its owner may read it")


def _database(place: Place, database: Database, wanted: Configuration | None) -> Iterator[Finding]:
    yield from (Finding("Server", False, fault) for fault in server_faults(database))
    before = applied(database)
    if before is None:
        yield Finding("Database", False, "nothing has been set up yet; run kartoteka apply.")
        return
    records = sum(row_counts(database, before).values())
    faults = integrity_faults(database)
    yield Finding("Database", not faults, "; ".join(faults) if faults else plural(records, "record"))
    if wanted is not None:
        same = plan(before, wanted).empty
        text = "the one in force" if same else "changed since it was applied; run kartoteka plan to see how."
        yield Finding("Applied configuration", same, text)
    yield _files(place, database, before)


def _files(place: Place, database: Database, configuration: Configuration) -> Finding:
    files = Files(database, describe_tables(configuration), place.files, SYSTEM)
    swept, gone = files.sweep(), files.missing()
    if gone:
        text = f"{plural(len(gone), 'attached file')} not found in {place.files}; bring that folder back from a backup."
        return Finding("Files", False, text)
    cleared = f"; {plural(swept.files, 'upload')} that nobody saved cleared away" if swept.files else ""
    return Finding("Files", True, f"every attached file is there{cleared}")
