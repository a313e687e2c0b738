"""A list as a file: the same records, columns, order and filters as on the screen, all of them."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from typing import IO

from flask import Blueprint, abort, redirect, request, send_file
from flask.typing import ResponseReturnValue

from runtime_web import addresses
from runtime_web.kinds import EXPORT
from runtime_web.lists.asked import listing_of, state_of
from runtime_web.lists.export import KINDS, Export
from runtime_web.request import current_jobs, current_locale, current_records, workspace

blueprint = Blueprint("exports", __name__)

IN_MEMORY = 1024 * 1024


@blueprint.get("/records/<entity>/export")
def export(entity: str) -> ResponseReturnValue:
    """A CSV file or a workbook of the list that the address describes; of a large one, the job that makes it.

    Written whole before it is sent, so that a slow reader keeps no transaction open and a failure is a page, not a
    file that ends in the middle.
    """
    records = current_records()
    kind = request.args.get("format", "csv")
    if entity not in records.rights.readable or kind not in KINDS:
        abort(404)
    if not records.rights.may("export", entity):
        abort(403)
    records = records.doing("export", entity)
    wanted = Export.of(listing_of(records, current_locale(), state_of(records, entity, request.args)), kind)
    count = records.count(replace(wanted.query, exact_count=True)).number
    if count > workspace().settings.large_export:
        return redirect(addresses.job(_asked(wanted, count)), 303)
    return _sent(wanted)


def _asked(wanted: Export, count: int) -> int:
    """The job that makes the file. Whoever asks again while it is being made gets the same one."""
    params = {
        "entity": wanted.entity,
        "format": wanted.kind,
        "arguments": wanted.arguments,
        "columns": list(wanted.columns),
        "language": wanted.locale.language,
    }
    jobs = current_jobs()
    for job in jobs.own():
        if job.kind == EXPORT and not job.ended and {**job.params, "count": 0} == {**params, "count": 0}:
            return job.id
    return jobs.start(EXPORT, {**params, "count": count})


def _sent(wanted: Export) -> ResponseReturnValue:
    out: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed with the response)
    try:
        wanted.write(out)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    response = send_file(out, KINDS[wanted.kind], as_attachment=True, download_name=wanted.name)
    response.headers["Cache-Control"] = "no-store"
    response.call_on_close(out.close)
    return response
