"""What is done behind the pages: a list of jobs, and a page for each with its progress and what came of it."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, send_file
from flask.typing import ResponseReturnValue

from engine.jobs import Job, Made
from engine.records import Missing
from runtime_web import addresses
from runtime_web.kinds import KINDS
from runtime_web.request import current_jobs, current_principal, is_htmx, workspace
from runtime_web.told import job_view
from runtime_web.views.jobs import JobsPage, JobView

blueprint = Blueprint("jobs", __name__, url_prefix="/jobs")


@blueprint.get("")
def listed() -> str:
    """One's own jobs; for an administrator everybody's."""
    views = tuple(_view(job) for job in current_jobs().list())
    page = JobsPage(views, current_principal().administrator)
    return render_template("parts/jobs.html" if is_htmx() else "pages/jobs.html", page=page)


@blueprint.get("/<int:job_id>")
def one(job_id: int) -> str:
    """One job; while it is under way the page asks for its part again and again."""
    page = _view(_job(job_id))
    return render_template("parts/job.html" if is_htmx() else "pages/job.html", page=page)


@blueprint.post("/<int:job_id>/cancel")
def cancel(job_id: int) -> ResponseReturnValue:
    """Have it end."""
    job = _job(job_id)
    if _is_cancellable(job):
        current_jobs().cancel(job.id)
    return redirect(addresses.job(job.id), 303)


@blueprint.get("/<int:job_id>/file")
def file(job_id: int) -> ResponseReturnValue:
    """The file that it has made, for a day and for whoever asked."""
    job = _job(job_id)
    path = Made(workspace().settings.made).path(job, current_principal())
    if path is None or job.outcome is None:
        abort(404)
    response = send_file(path.absolute(), as_attachment=True, download_name=job.outcome.name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _job(job_id: int) -> Job:
    try:
        return current_jobs().get(job_id)
    except Missing:
        abort(404)


def _view(job: Job) -> JobView:
    there = Made(workspace().settings.made).path(job, current_principal()) is not None
    return job_view(job, there=there, cancellable=_is_cancellable(job))


def _is_cancellable(job: Job) -> bool:
    return not job.ended and (job.kind not in KINDS or KINDS[job.kind].cancellable)
