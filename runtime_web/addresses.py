"""Where things are: the one place that knows how addresses of records look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

from werkzeug.routing import IntegerConverter

FILES = "/files"
"""What the address of every attached file begins with."""


LARGEST = 2**63 - 1
"""The largest number that a database can hold; no record has it."""


class Key(IntegerConverter):
    """The number of a record in an address: a larger one than can be is answered like any other that nobody has."""

    def to_python(self, value: str) -> int:
        return min(int(super().to_python(value)), LARGEST)


def list_of(entity: str) -> str:
    """The list of an entity."""
    return f"/records/{entity}"


def card_of(entity: str, record_id: int) -> str:
    """The card of one record."""
    return f"/records/{entity}/{record_id}"


def viewed(entity: str, key: str) -> str:
    """The list of an entity in one of its views; in the first one where the key is ""."""
    return list_of(entity) + (f"?view={key}" if key else "")


def saved_view(entity: str, number: int) -> str:
    """What a saved view of a list is called, and who sees it."""
    return f"/records/{entity}/views/{number}"


def new_view_of(entity: str) -> str:
    """Where a list is saved as a view."""
    return f"/records/{entity}/views/new"


def numbers_of(entity: str, key: str) -> str:
    """What can be counted of a view of a list, for the home page."""
    return f"/records/{entity}/views/numbers?view={key}"


def first_view_of(entity: str) -> str:
    """Where a POST says with which view of a list somebody begins."""
    return f"/records/{entity}/views/first"


def new_of(entity: str) -> str:
    """The card of a record that does not exist yet."""
    return f"/records/{entity}/new"


def begun(entity: str, values: Mapping[str, str]) -> str:
    """The card of a new record in which some fields are filled in."""
    return f"{new_of(entity)}?{urlencode(values)}"


def move_of(entity: str, record_id: int) -> str:
    """Where a record can be moved in a view, and where a POST moves it."""
    return f"/records/{entity}/{record_id}/move"


def preview_of(entity: str, record_id: int | None) -> str:
    """Where a POST computes what a form would give."""
    return f"/records/{entity}/preview" if record_id is None else f"/records/{entity}/{record_id}/preview"


def pasting_of(entity: str, lines: str) -> str:
    """Where a POST says what texts mean that are pasted into the lines of a form."""
    return f"/records/{entity}/lines/{lines}/read"


def alike_of(entity: str, record_id: int | None) -> str:
    """Where a POST finds the records that are like what a form holds."""
    return f"/records/{entity}/alike" if record_id is None else f"/records/{entity}/{record_id}/alike"


def explain_of(entity: str, record_id: int | str, field: str) -> str:
    """Why a computed field of a record has its value."""
    return f"/records/{entity}/{record_id}/explain/{field}"


def history_of(entity: str, record_id: int | str) -> str:
    """What was done to a record."""
    return f"/records/{entity}/{record_id}/history"


def timeline_of(entity: str, record_id: int) -> str:
    """What was written on a record and done to it."""
    return f"/records/{entity}/{record_id}/timeline"


def notes_of(entity: str, record_id: int) -> str:
    """Where a POST writes on a record."""
    return f"/records/{entity}/{record_id}/notes"


def note(number: int) -> str:
    """Where a POST changes a note."""
    return f"/notes/{number}"


ACTS = "/done"
"""What was done, and can be undone."""


def undo_of(kind: str, number: int | None) -> str:
    """What undoing an act would do, and where a POST does it; `kind` is action or change."""
    return f"{ACTS}/{kind}/{number}/undo"


HAND_OVER = "/hand-over"
"""Handing over the records of somebody who leaves."""


def hand_over_from(leaver: int, receiver: int | None = None) -> str:
    """What there is to hand over from somebody, and to whom."""
    return f"{HAND_OVER}?from={leaver}" + (f"&to={receiver}" if receiver is not None else "")


def then_of(entity: str, record_id: int) -> str:
    """A record as it was at a moment, which a query string names."""
    return f"/records/{entity}/{record_id}/then"


def who_of(entity: str, record_id: int) -> str:
    """Who may see a record, and what else they may do with it."""
    return f"/rights/who?entity={entity}&record={record_id}"


REPORTS = "/reports"
"""The list of reports."""


def report(name: str) -> str:
    """A report of the configuration."""
    return f"{REPORTS}/{name}"


def saved_report(number: int) -> str:
    """A report that somebody keeps."""
    return f"{REPORTS}/{number}"


def pin(kind: str, name: str) -> str:
    """Where a POST pins something to the home page."""
    return f"/pins/{kind}/{name}"


def new_report_of(entity: str) -> str:
    """A report that is to be made of an entity's records."""
    return f"{REPORTS}/new/{entity}"


def report_file(packed: str, form: str) -> str:
    """A report as a file."""
    return f"{REPORTS}/_file?{urlencode({'format': form, 'r': packed})}"


DASHBOARDS = "/dashboards"
"""The list of dashboards."""


def dashboard(key: str) -> str:
    """A page of tiles."""
    return f"{DASHBOARDS}/{key}"


def arranging(key: str) -> str:
    """A dashboard, ready to be arranged."""
    return f"{dashboard(key)}?arrange=1"


def tile(key: str, name: str) -> str:
    """What stands in a tile of a dashboard."""
    return f"{dashboard(key)}/_tile/{name}"


def list_searched(entity: str, text: str) -> str:
    """What the search in a list finds."""
    return f"{list_of(entity)}?q={quote(text)}"


def search_for(text: str) -> str:
    """The page with everything that quick search finds."""
    return f"/search?q={quote(text)}"


def job(job_id: int) -> str:
    """The page of something that is done behind the pages."""
    return f"/jobs/{job_id}"


def edit_of(entity: str, record_id: int) -> str:
    """The card of one record, open for changes."""
    return f"/records/{entity}/{record_id}/edit"


def trash_of(entity: str) -> str:
    """What was deleted from a list."""
    return f"/records/{entity}/trash"


def restore_of(entity: str, ids: Iterable[int]) -> str:
    """Where a POST brings records back from the trash."""
    return f"/records/{entity}/restore?ids={','.join(map(str, ids))}"


def lookup_of(target: str) -> str:
    """The records that a reference may point at, as a picker asks for them."""
    return f"/lookup/{target}"


def upload_of(entity: str, field: str) -> str:
    """Where a POST adds files to a field."""
    return f"{FILES}/{entity}/{field}"


def file_of(file_id: int, name: str) -> str:
    """An attached file."""
    return f"{FILES}/{file_id}/{quote(name, safe='')}"


def small_picture_of(file_id: int, size: int) -> str:
    """A small copy of an attached picture."""
    return f"{FILES}/{file_id}/thumb/{size}"
