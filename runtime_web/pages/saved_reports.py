"""Reports that people keep: opened, saved, renamed, shared, deleted and brought back."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from engine.model import Report
from engine.problems import Refused
from engine.records import Records
from engine.saved import SavedReport, mended, unreadable, wrong_with
from engine.saved.report import called, content_of
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.i18n import problem_text
from runtime_web.notices import notify
from runtime_web.pages.account import errors_of
from runtime_web.pages.reports import opened, report_page
from runtime_web.reports.asking import sentences
from runtime_web.reports.offered import is_there
from runtime_web.reports.saving import NEW, OWN, Typed, saved_reports
from runtime_web.reports.spec import SpecWrong, packed, read
from runtime_web.request import current_records
from runtime_web.sharing import described_in_form
from runtime_web.views.saving import BrokenPage

blueprint = Blueprint("saved_reports", __name__, url_prefix=addresses.REPORTS)


@blueprint.get("/<int:number>")
def one(number: int) -> ResponseReturnValue:
    """A saved report, or what somebody has made of it, which the address holds."""
    records, saved = current_records(), _known(number)
    if saved.report is None or not ("r" in request.args or is_there(records, saved.report)):
        return _broken(records, saved)
    return opened(records, saved.report, str(number), saved)


@blueprint.post("/new/<subject>")
def add(subject: str) -> ResponseReturnValue:
    """Save a report under a name."""
    records, report, described = current_records(), _sent(), described_in_form()
    if report.of != subject:
        abort(400)
    try:
        saved = saved_reports().add(report, described)
    except Refused as refused:
        typed = Typed(NEW, described, errors_of(refused))
        return report_page(records, report, designing=True, typed=typed), 422
    notify(_("Saved: %(what)s", what=saved.name))
    return redirect(addresses.saved_report(saved.id), 303)


@blueprint.post("/<int:number>")
def change(number: int) -> ResponseReturnValue:
    """Save one's own report as it stands now, or what it is called and who sees it."""
    saved = _own(number)
    if "name" in request.form:
        return _described(saved)
    try:
        saved_reports().change(number, _sent())
    except Refused as refused:
        for found in refused.problems[:3]:
            notify(problem_text(found), kind="wrong")
    else:
        notify(_("Saved: %(what)s", what=saved.name))
    return redirect(addresses.saved_report(number), 303)


@blueprint.post("/<int:number>/delete")
def delete(number: int) -> ResponseReturnValue:
    """Put one's own report into the trash."""
    saved = saved_reports().delete(number)
    if saved is None:
        abort(404)
    notify(_("Deleted: %(what)s", what=saved.name), undo=f"{addresses.saved_report(number)}/restore")
    return redirect(addresses.REPORTS, 303)


@blueprint.post("/<int:number>/restore")
def restore(number: int) -> ResponseReturnValue:
    """Bring one's own report back from the trash."""
    saved = saved_reports().restore(number)
    if saved is None:
        abort(404)
    notify(_("Restored: %(what)s", what=saved.name))
    return redirect(addresses.saved_report(number), 303)


def _described(saved: SavedReport) -> ResponseReturnValue:
    described = described_in_form()
    try:
        saved_reports().describe(saved.id, described)
    except Refused as refused:
        records = current_records()
        if saved.report is None or not is_there(records, saved.report):
            abort(404)
        typed = Typed(OWN, described, errors_of(refused))
        return report_page(records, saved.report, name=str(saved.id), saved=saved, typed=typed), 422
    notify(_("Saved: %(what)s", what=" ".join(described.name.split())))
    return redirect(_as_it_stands(saved), 303)


def _as_it_stands(saved: SavedReport) -> str:
    """The address of a report with what has been changed of it and is not saved yet, which a form brings along."""
    url = addresses.saved_report(saved.id)
    try:
        report = read(request.form.get("spec", ""))
    except SpecWrong:
        return url
    return url if saved.report and content_of(report) == content_of(saved.report) else f"{url}?r={packed(report)}"


def _known(number: int) -> SavedReport:
    found = saved_reports().get(number)
    if found is None:
        abort(404)
    return found


def _own(number: int) -> SavedReport:
    found = _known(number)
    if not saved_reports().owns(found):
        abort(404)
    return found


def _sent() -> Report:
    """The report that a form carries."""
    try:
        report = read(request.form.get("spec", ""))
    except SpecWrong:
        abort(400)
    if not is_there(current_records(), report):
        abort(404)
    return report


def _broken(records: Records, saved: SavedReport) -> str:
    """Why a report of one's own cannot be shown, and the way to mend it."""
    left: Report | None = None
    wrong = unreadable(saved.described)
    if saved.report is not None:
        left = mended(records.configuration, saved.report)
        wrong = tuple(wrong_with(records.configuration, saved.report))
    url = addresses.saved_report(saved.id)
    mend = f"{url}?r={packed(called(left, saved.described))}" if left and is_there(records, left) else ""
    page = BrokenPage(saved.name, sentences(wrong), mend, f"{url}/delete" if not records.rights.looking else "")
    return render_template("pages/report_broken.html", page=page)
