"""Reports: which there are, and what one of them gives."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue

from engine.fields.label import text_in
from engine.model.report import Report
from engine.problems import Refused, Unfit
from engine.records import Records
from engine.saved import SavedReport
from engine.saved.report import called
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.notices import notify
from runtime_web.pinned.reports import pinnable
from runtime_web.printed import printed_by
from runtime_web.reports.answers import address_with, answered, answers_in, is_said_apart, questions, unanswered
from runtime_web.reports.asking import LIVE, Answer, result_of, sentences, taken_out
from runtime_web.reports.drawing import chart_words
from runtime_web.reports.fields import fields_of
from runtime_web.reports.files import FORMS, SUFFIXES
from runtime_web.reports.hierarchies import hierarchies_of
from runtime_web.reports.offered import found, is_there, may_be_made, offered, subjects, unfit
from runtime_web.reports.saving import Typed, keeping_of, saved_reports, sharing_said
from runtime_web.reports.spec import SpecWrong, packed, read, unpacked, written
from runtime_web.reports.table import report_label
from runtime_web.reports.wells import Welling
from runtime_web.request import current_language, current_locale, current_records
from runtime_web.security import here
from runtime_web.shell import entity_icon
from runtime_web.views.report import (
    AskingPage,
    Part,
    ReportEntry,
    ReportPage,
    ReportSection,
    ReportsPage,
    Result,
    Subject,
)

blueprint = Blueprint("reports", __name__)


@blueprint.get("/reports")
def listed() -> str:
    """Every report that the person may see, and what a new one can be made of."""
    records, language, door = current_records(), current_language(), saved_reports()
    sections = (
        ReportSection(_("Mine"), tuple(_kept(records, saved) for saved in door.mine())),
        ReportSection(_("Shared with me"), tuple(_kept(records, saved) for saved in door.shared())),
        ReportSection(_("Ready made"), tuple(_entry(records, name, report) for name, report in offered(records))),
    )
    about = tuple(
        Subject(entity.plural_in(language, name), addresses.new_report_of(name), entity_icon(entity))
        for name, entity in subjects(records)
    )
    return render_template(
        "pages/reports.html", page=ReportsPage(tuple(one for one in sections if one.entries), about, _deleted(records))
    )


@blueprint.get("/reports/<name>")
def one(name: str) -> ResponseReturnValue:
    """A report of the configuration, or what somebody has made of it, which the address holds."""
    records = current_records()
    report = found(records, name)
    if report is None:
        abort(404)
    return opened(records, report, name)


@blueprint.get("/reports/_file")
def file() -> ResponseReturnValue:
    """The report that the address holds as a file, over those records only that may be exported too."""
    records, form = current_records(), request.args.get("format", "")
    report = _asked_for()
    if report is None or form not in FORMS or not may_be_made(records, report):
        abort(404)
    if not records.rights.may("export", report.of):
        abort(403)
    page = f"{addresses.new_report_of(report.of)}?{urlencode({'r': packed(report)})}"
    if unfit(records, report):
        return redirect(page)
    try:
        found = taken_out(records, report, current_locale(), form)
    except (Refused, Unfit) as refused:
        # The page says why; of a live workbook, only here it is known that it cannot be.
        if form == LIVE and isinstance(refused, Refused):
            notify(" ".join(sentences(refused.problems)), kind="wrong")
        return redirect(page)
    return _sent(found, form)


def _asked_for() -> Report | None:
    try:
        return unpacked(request.args.get("r", ""))
    except SpecWrong:
        return None


def _sent(found: Answer, form: str) -> ResponseReturnValue:
    body, kind = FORMS[form](found)
    name = f"{found.table.title}.{SUFFIXES.get(form, form)}"
    response = send_file(io.BytesIO(body), kind, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/reports/new/<subject>")
def new(subject: str) -> str:
    """A report that nobody has made yet: how many records there are, or what the address holds."""
    records = current_records()
    if not records.rights.may("report", subject):
        abort(404)
    return report_page(records, Report(of=subject), designing=True)


@blueprint.post("/reports/_result")
def result() -> str:
    """What the report gives that the designer sends, with its wells."""
    try:
        report = read(request.get_data())
    except SpecWrong as wrong:
        return render_template("parts/report.html", part=Part(Result(faults=wrong.sentences), None, ""))
    return render_template("parts/report.html", part=_part(current_records(), report))


def opened(records: Records, report: Report, name: str, saved: SavedReport | None = None) -> ResponseReturnValue:
    """A report at its own address: first what it asks, then what it gives with the answers, which the address holds."""
    if "r" in request.args:
        return report_page(records, report, name=name, saved=saved)
    answers = answers_in(request.args, report)
    if is_said_apart(request.args):
        return redirect(address_with(addresses.report(name), answers))
    asked = answered(records, report, answers)
    if unanswered(report, answers):
        return _asking(records, asked, name)
    return report_page(records, asked, name=name, saved=saved)


def _asking(records: Records, report: Report, name: str) -> str:
    locale = current_locale()
    page = AskingPage(
        title=report_label(records.configuration, report, locale.language),
        help=text_in(report.help, locale.language, "") if report.help else "",
        of=records.configuration.entities[report.of].plural_in(locale.language, report.of),
        url=addresses.report(name),
        questions=tuple(questions(records, report, locale)),
    )
    return render_template("pages/report_asking.html", page=page)


def report_page(
    records: Records,
    base: Report,
    *,
    name: str = "",
    designing: bool = False,
    saved: SavedReport | None = None,
    typed: Typed | None = None,
) -> str:
    """The page of a report, or of what somebody has made of it, which the address holds.

    Args:
        records: as the reader sees them.
        base: the report.
        name: what its address ends with, where it has one of its own.
        designing: whether the designer is open at first.
        saved: where it is one that somebody keeps.
        typed: what was entered into a form for keeping it that could not be taken.
    """
    locale = current_locale()
    report, faults = _of_address(base)
    report = called(report, saved.described) if saved else report
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
        here=here(),
        keeping=pinnable(keeping_of(records, report, saved, typed, base), name),
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
    if not may_be_made(records, report):
        abort(404)
    locale = current_locale()
    wells = Welling(records, report, locale).wells()
    files = tuple(_files(records, report))
    hierarchies = hierarchies_of(records.configuration, report, locale.language)
    result = result_of(records, report, locale)
    return Part(result, wells, written(report), files, printed_by(records, locale), hierarchies)


def _files(records: Records, report: Report) -> Iterator[tuple[str, str]]:
    """What the report can be taken out as, and where."""
    if records.rights.may("export", report.of):
        if report.chart:
            picture = addresses.report_file(packed(report), "svg")
            yield from (("SVG", picture), ("PNG", f"{picture}#png"))
        for form, label in (("xlsx", "Excel"), (LIVE, _("Excel with formulas")), ("csv", "CSV"), ("json", "JSON")):
            yield label, addresses.report_file(packed(report), form)


def _entry(records: Records, name: str, report: Report) -> ReportEntry:
    language, entity = current_language(), records.configuration.entities[report.of]
    return ReportEntry(
        label=report_label(records.configuration, report, language),
        help=text_in(report.help, language, "") if report.help else "",
        url=addresses.report(name),
        of=entity.plural_in(language, report.of),
        icon=entity_icon(entity),
    )


def _kept(records: Records, saved: SavedReport) -> ReportEntry:
    """A saved report; one's own may count what is no longer there."""
    entity = records.configuration.entities.get(saved.report.of) if saved.report else None
    of = entity.plural_in(current_language(), saved.report.of) if entity and saved.report else ""
    broken = saved.report is None or not is_there(records, saved.report)
    return ReportEntry(
        label=saved.name,
        help=saved.described.help,
        url=addresses.saved_report(saved.id),
        of=of,
        icon=entity_icon(entity) if entity else "report",
        note=_("Names what is no longer there") if broken else sharing_said(saved),
        broken=broken,
    )


def _deleted(records: Records) -> tuple[tuple[str, str], ...]:
    """What one has deleted, and where a POST brings it back."""
    if records.rights.looking:
        return ()
    return tuple((one.name, f"{addresses.saved_report(one.id)}/restore") for one in saved_reports().deleted())
