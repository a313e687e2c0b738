"""A list as a file: the same records, columns, order and filters as on the screen, all of them."""

from __future__ import annotations

import io
import re
import tempfile
from typing import IO

from flask import Blueprint, Response, abort, request, send_file

from engine.exchange import export_csv, export_xlsx
from engine.query import Query
from engine.records import Records
from runtime_web.lists.page import Listing
from runtime_web.lists.state import read_state
from runtime_web.request import current_locale, current_records

blueprint = Blueprint("exports", __name__)

IN_MEMORY = 1024 * 1024
KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@blueprint.get("/records/<entity>/export")
def export(entity: str) -> Response:
    """A CSV file or a workbook of the list that the address describes.

    Written whole before it is sent, so that a slow reader keeps no transaction open and a failure is a page, not a
    file that ends in the middle.
    """
    records = current_records()
    kind = request.args.get("format", "csv")
    if entity not in records.rights.readable or kind not in KINDS:
        abort(404)
    state = read_state(records.configuration, entity, records.rights.readable[entity], request.args)
    query = Listing(records, current_locale(), state).exported
    out: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed with the response)
    try:
        _write(kind, records, query, out)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    response = send_file(out, KINDS[kind], as_attachment=True, download_name=_name(records, entity, kind))
    response.headers["Cache-Control"] = "no-store"
    response.call_on_close(out.close)
    return response


def _write(kind: str, records: Records, query: Query, out: IO[bytes]) -> None:
    if kind == "xlsx":
        export_xlsx(records, query, current_locale(), out)
    else:
        _write_csv(records, query, out)


def _write_csv(records: Records, query: Query, out: IO[bytes]) -> None:
    # The mark at the beginning is what tells Excel that the text is UTF-8.
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    export_csv(records, query, current_locale(), text)
    text.detach()


def _name(records: Records, entity: str, kind: str) -> str:
    """The list's own name with the day, without what file systems refuse."""
    locale = current_locale()
    plural = records.configuration.entities[entity].plural_in(locale.language, entity)
    plain = re.sub(r"[^\w .-]", "", plural).strip() or entity
    return f"{plain} {locale.today().isoformat()}.{kind}"
