"""Reports over the API: which there are, what one of them gives, and what one gives that is sent along.

    {"title": "Sales by city", "records": 4, "labels": 1, "head": [["City", "Total, €"]],
     "rows": [["Oslo", "1010.50"], ["Total", "1010.50"]], "notes": []}

What leaves by the API is what its caller may export, as with files; a token for some entities reaches those reports only
that name no others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request
from pydantic import ValidationError

from engine.accounts.tokens import READ
from engine.expressions.reports import entities_named
from engine.fields.label import text_in
from engine.model import Report
from engine.problems import Refused, Unfit, nearest, problem
from runtime_web.api import door
from runtime_web.api.answers import Halt, Shape, answer, nothing_here
from runtime_web.api.bodies import json_body, read_json
from runtime_web.api.records import no_arguments
from runtime_web.reports.asking import taken_out
from runtime_web.reports.files import as_shape
from runtime_web.reports.given import UnknownFilter, with_filters
from runtime_web.reports.offered import is_there, offered, unfit
from runtime_web.reports.saving import named_report, saved_reports
from runtime_web.reports.table import report_label
from runtime_web.request import current_language, current_locale

blueprint = Blueprint("api_reports", __name__, url_prefix="/_reports")
COST = 4
"""A report does as much as so many calls more."""
KEYS = ("report", "params")
PARAMS = "params"


@blueprint.get("")
def listed() -> Response:
    """The reports that the caller may take out: of the configuration, one's own, and those that others share."""
    door.need(READ)
    no_arguments()
    records, saved = door.records(), saved_reports()
    kept = [(str(one.id), one.report) for one in (*saved.mine(), *saved.shared()) if one.report is not None]
    ready = [(name, report, False) for name, report in offered(records)]
    found = (*ready, *((name, report, True) for name, report in kept if is_there(records, report)))
    return answer({"items": [_entry(name, report, kept) for name, report, kept in found if _reaches(report)]})


@blueprint.get("/<name>")
def one(name: str) -> Response:
    """What a report gives, with its filters set by `?params={"period":"2026-10"}`."""
    door.need(READ)
    for key in request.args:
        if key != PARAMS:
            raise Halt(400, _unknown(key, (PARAMS,)))
    report = named_report(door.records(), name)
    if report is None or not _covered(report):
        raise nothing_here()
    return _given(report, _params_in_address())


@blueprint.post("")
def ask() -> Response:
    """What a report gives that is sent along."""
    door.need(READ)
    no_arguments()
    body = json_body()
    for key in body:
        if key not in KEYS:
            raise Halt(400, _unknown(key, KEYS))
    report = _sent(body.get("report"))
    if not is_there(door.records(), report) or not _covered(report):
        raise nothing_here()
    return _given(report, _params(body.get(PARAMS, {})))


def _entry(name: str, report: Report, saved: bool) -> Shape:
    records, language = door.records(), current_language()
    return {
        "name": name,
        "label": report_label(records.configuration, report, language),
        "help": text_in(report.help, language, "") if report.help else "",
        "of": report.of,
        "saved": saved,
        "params": [
            {"name": key, "field": one.field, "label": text_in(one.label, language, key), "ask": one.ask}
            for key, one in report.filters.items()
        ],
    }


def _reaches(report: Report) -> bool:
    return door.records().rights.may("export", report.of) and _covered(report)


def _covered(report: Report) -> bool:
    """Whether the token reaches every entity of which the report tells something."""
    return all(map(door.covers, entities_named(door.records().configuration, report)))


def _given(report: Report, params: Mapping[str, str]) -> Response:
    records = door.records()
    wrong = unfit(records, report)
    if wrong:
        raise Refused(wrong)
    try:
        report = with_filters(records.configuration, report, params)
        door.charge(COST)
        return answer(as_shape(taken_out(records, report, current_locale(), "json")))
    except UnknownFilter as unknown:
        raise Halt(400, _unknown(str(unknown), tuple(report.filters), PARAMS)) from None
    except Unfit as misfit:
        raise Refused([misfit.at(PARAMS)]) from None


def _sent(said: Any) -> Report:
    try:
        return Report.model_validate_json(json.dumps(said, default=str), strict=True)
    except ValidationError as error:
        keys = dict.fromkeys(_key(one["loc"]) for one in error.errors(include_url=False))
        raise Halt(
            422, *(problem("report-not-understood", path=tuple(key.split(".")), key=key) for key in keys)
        ) from None


def _key(loc: tuple[str | int, ...]) -> str:
    return ".".join(["report", *(str(step)[:60] for step in loc if re.fullmatch(r"[\w-]+", str(step)))])


def _params_in_address() -> Mapping[str, str]:
    if len(request.args.getlist(PARAMS)) > 1:
        raise _not_params(request.args[PARAMS])
    text = request.args.get(PARAMS, "{}")
    try:
        return _params(read_json(text))
    except Halt:
        raise _not_params(text) from None


def _params(said: Any) -> Mapping[str, str]:
    if not isinstance(said, dict) or not all(isinstance(text, str) for text in said.values()):
        raise _not_params(str(said))
    return said


def _not_params(said: str) -> Halt:
    expected = 'an object of texts such as {"period":"2026-10"}'
    return Halt(400, problem("parameter-invalid", path=(PARAMS,), parameter=PARAMS, value=said[:50], expected=expected))


def _unknown(name: str, known: tuple[str, ...], *path: str) -> Any:
    return problem("parameter-unknown", path=(*path, name), parameter=name[:100], nearest=nearest(name[:60], known))
