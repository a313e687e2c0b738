"""A list as a file: written while somebody waits, or by a worker. Knows no request."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import IO
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from engine.exchange import export_csv, export_xlsx
from engine.fields.locale import Locale
from engine.jobs import Outcome, Work
from engine.query import Query
from engine.records import Records
from engine.saved import Layout
from engine.saved.layout import Shown
from runtime_web.lists.asked import listing_of, settled, state_of
from runtime_web.lists.page import Listing

KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
"""The media types of the files that there are, by the ends of their names."""


def _quiet(done: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Export:
    """One list as one reader wants it in a file: `arguments` is the query string that says what is in it, `columns` are
    those of it that are still there for the reader.
    """

    records: Records
    locale: Locale
    entity: str
    kind: str
    arguments: str
    columns: tuple[str, ...]

    @classmethod
    def of(cls, listing: Listing, kind: str) -> Export:
        """A list as it is at this moment."""
        records, state = listing.records, listing.state
        return cls(records, listing.locale, state.entity, kind, settled(records, state), listing.columns)

    @property
    def query(self) -> Query:
        arguments = MultiDict(parse_qsl(self.arguments.removeprefix("?"), keep_blank_values=True))
        listing = listing_of(self.records, self.locale, state_of(self.records, self.entity, arguments))
        shown = Layout(columns=tuple(Shown(field=name) for name in self.columns))
        return replace(listing, layout=shown.without(listing.usual)).exported

    @property
    def name(self) -> str:
        """The list's own name with the day, without what file systems refuse."""
        plural = self.records.configuration.entities[self.entity].plural_in(self.locale.language, self.entity)
        plain = re.sub(r"[^\w .-]", "", plural).strip() or self.entity
        return f"{plain} {self.locale.today().isoformat()}.{self.kind}"

    def write(self, out: IO[bytes], progress: Callable[[int], None] = _quiet) -> int:
        """Write the file; how many records.

        Raises:
            Refused: a workbook cannot hold them.
        """
        if self.kind == "xlsx":
            return export_xlsx(self.records, self.query, self.locale, out, progress=progress)
        # The mark at the beginning is what tells Excel that the text is UTF-8.
        text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
        count = export_csv(self.records, self.query, self.locale, text, progress=progress)
        text.detach()
        return count


def export_job(work: Work) -> Outcome:
    """The list that the params describe as a file, as whoever asked may see it now."""
    params = work.params
    records = work.records().doing("export", params["entity"])
    locale = Locale(params["language"], records.configuration.timezone)
    columns = tuple(params["columns"])
    export = Export(records, locale, params["entity"], params["format"], params["arguments"], columns)
    path = work.new_file(f".{export.kind}")
    total = params["count"]
    with path.open("xb") as out:
        # There may be more of them by now.
        count = export.write(out, lambda done: work.progress(done, max(done, total)))
    return Outcome("export-done", {"count": count}, path.name, export.name)
