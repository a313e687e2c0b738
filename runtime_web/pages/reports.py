"""Reports: which there are, and what one of them gives."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue

from engine.audit import Audit
from engine.fields.label import text_in
from engine.model import Configuration
from engine.model.report import Report
from engine.problems import Refused, Unfit
from engine.records import Records
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.reports.asking import Answer, answer, result_of
from runtime_web.reports.drawing import chart_words
from runtime_web.reports.fields import fields_of
from runtime_web.reports.files import FORMS
from runtime_web.reports.offered import found, is_there, offered, subjects, unfit
from runtime_web.reports.spec import SpecWrong, packed, read, unpacked, written
from runtime_web.reports.table import report_label
from runtime_web.reports.wells import Welling
from runtime_web.request import current_language, current_locale, current_records
from runtime_web.shell import entity_icon
from runtime_web.views.report import Part, ReportEntry, ReportPage, ReportsPage, Result, Subject

blueprint = Blueprint("reports", __name__)


@blueprint.get("/reports")
def listed() -> str:
    """Every report that the person may see, and what a new one can be made of."""
    records, language = current_records(), current_language()
    entries = tuple(_entry(records.configuration, name, report, language) for name, report in offered(records))
    about = tuple(
        Subject(entity.plural_in(language, name), addresses.new_report_of(name), entity_icon(entity))
        for name, entity in subjects(records)
    )
    return render_template("pages/reports.html", page=ReportsPage(entries, about))


@blueprint.get("/reports/<name>")
def one(name: str) -> str:
    """A report of the configuration, or what somebody has made of it, which the address holds."""
    records = current_records()
    report = found(records, name)
    if report is None:
        abort(404)
    return _page(records, report, designing=False)


@blueprint.get("/reports/_file")
def file() -> ResponseReturnValue:
    """The report that the address holds as a file, over those records only that may be exported too."""
    records, form = current_records(), request.args.get("format", "")
    report = _asked_for()
    if report is None or form not in FORMS or not is_there(records, report):
        abort(404)
    if not records.rights.may("export", report.of):
        abort(403)
    page = f"{addresses.new_report_of(report.of)}?{urlencode({'r': packed(report)})}"
    if unfit(records, report):
        return redirect(page)
    try:
        found = answer(records.doing("export", report.of), report, current_locale())
    except (Refused, Unfit):
        # The page says why.
        return redirect(page)
    note = {"entity": report.of, "format": form, "records": str(found.records)}
    Audit(records.database).note("export", by=records.principal.id, details=note)
    return _sent(found, form)


def _asked_for() -> Report | None:
    try:
        return unpacked(request.args.get("r", ""))
    except SpecWrong:
        return None


def _sent(found: Answer, form: str) -> ResponseReturnValue:
    body, kind = FORMS[form](found)
    name = f"{found.table.title}.{form}"
    response = send_file(io.BytesIO(body), kind, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/reports/new/<subject>")
def new(subject: str) -> str:
    """A report that nobody has made yet: how many records there are, or what the address holds."""
    records = current_records()
    if not records.rights.may("report", subject):
        abort(404)
    return _page(records, Report(of=subject), designing=True)


@blueprint.post("/reports/_result")
def result() -> str:
    """What the report gives that the designer sends, with its wells."""
    try:
        report = read(request.get_data())
    except SpecWrong as wrong:
        return render_template("parts/report.html", part=Part(Result(faults=wrong.sentences), None, ""))
    return render_template("parts/report.html", part=_part(current_records(), report))


def _page(records: Records, base: Report, *, designing: bool) -> str:
    locale = current_locale()
    report, faults = _of_address(base)
    part = _part(records, report)
    page = ReportPage(
        title=report_label(records.configuration, report, locale.language),
        help=text_in(report.help, locale.language, "") if report.help else "",
        of=records.configuration.entities[report.of].plural_in(locale.language, report.of),
        part=replace(part, result=replace(part.result, faults=faults or part.result.faults)),
        url=f"{addresses.REPORTS}/_result",
        designing=designing,
        fields=fields_of(records.configuration, report.of, locale.language),
        charts=(("", _("Table")), *chart_words().items()),
        chart=report.chart or "",
    )
    return render_template("pages/report.html", page=page)


def _of_address(base: Report) -> tuple[Report, tuple[str, ...]]:
    """The report that the address holds, else the one it names; and what is wrong with the address."""
    if "r" not in request.args:
        return base, ()
    try:
        return unpacked(request.args["r"]), ()
    except SpecWrong as wrong:
        return base, wrong.sentences


def _part(records: Records, report: Report) -> Part:
    """What names something that is not there for this reader is answered like what nobody has."""
    if not is_there(records, report):
        abort(404)
    locale = current_locale()
    wells = Welling(records, report, locale).wells()
    return Part(result_of(records, report, locale), wells, written(report), tuple(_files(records, report)))


def _files(records: Records, report: Report) -> Iterator[tuple[str, str]]:
    """What the report can be taken out as, and where."""
    if records.rights.may("export", report.of):
        for form, label in (("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON")):
            yield label, addresses.report_file(packed(report), form)


def _entry(configuration: Configuration, name: str, report: Report, language: str) -> ReportEntry:
    entity = configuration.entities[report.of]
    return ReportEntry(
        label=report_label(configuration, report, language),
        help=text_in(report.help, language, "") if report.help else "",
        url=addresses.report(name),
        of=entity.plural_in(language, report.of),
        icon=entity_icon(entity),
    )
