"""Jobs in the reader's words: what each kind is called, how far it is, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from engine.jobs import Job, Outcome
from engine.records import CATCHING_UP
from runtime_web import addresses
from runtime_web.bulk.doing import reasons_of
from runtime_web.i18n import current_language, ngettext, problem_hint, problem_text
from runtime_web.i18n import gettext as _
from runtime_web.kinds import BULK, BULK_UNDO, EXPORT
from runtime_web.moments import when
from runtime_web.person import current_account, workspace
from runtime_web.request import current_locale
from runtime_web.views.jobs import JobView

PATIENCE = dt.timedelta(seconds=20)
"""A job that waits longer waits for others, or for a worker that nobody has started."""
ICONS = {EXPORT: "file-export", CATCHING_UP: "calculator", BULK: "stack-2", BULK_UNDO: "arrow-back-up"}
COLORS = {"waiting": "gray", "running": "blue", "done": "green", "failed": "red", "cancelled": "gray"}


def job_view(job: Job, *, there: bool, cancellable: bool) -> JobView:
    """What pages show of a job. `there`: its file is, for this reader."""
    entity = str(job.params.get("entity", ""))
    known = entity in workspace().configuration.entities
    return JobView(
        title=_title(job),
        icon=ICONS.get(job.kind, "settings"),
        url=addresses.job(job.id),
        state=_state(job),
        color=COLORS[job.state],
        asker=job.asker,
        asked=when(job.created_at),
        moment=job.created_at.isoformat(),
        under_way=not job.ended,
        done=job.done,
        total=job.total or 0,
        progress=_progress(job) if job.state == "running" else "",
        said=_said(job, there=there),
        advice=_advice(job),
        reference=job.reference,
        file_url=f"{addresses.job(job.id)}/file" if there else "",
        file_name=job.outcome.name if job.outcome else "",
        back_url=addresses.list_of(entity) if known else "",
        back_label=_plural(entity) if known else "",
        undo_url=f"{addresses.job(job.id)}/undo" if can_undo(job) else "",
        cancel_url=f"{addresses.job(job.id)}/cancel" if cancellable and not job.cancelling else "",
    )


def can_undo(job: Job) -> bool:
    """Whether what a job has done can be taken back, whatever has become of the rest of it."""
    return job.ended and job.acted and job.kind == BULK


def _title(job: Job) -> str:
    if job.kind == CATCHING_UP:
        return _("Bring computed fields up to date")
    if job.kind in (BULK, BULK_UNDO):
        return _bulk_title(job)
    if job.kind != EXPORT:
        return _("Job %(number)s", number=job.id)
    into = "Excel" if job.params["format"] == "xlsx" else "CSV"
    return _("Export “%(list)s” to %(format)s", list=_plural(str(job.params["entity"])), format=into)


def _bulk_title(job: Job) -> str:
    of = _plural(str(job.params["entity"]))
    if job.kind == BULK_UNDO:
        return _("Undo a change of many: %(list)s", list=of)
    titles = {
        "change": _("Change many: %(list)s", list=of),
        "delete": _("Delete many: %(list)s", list=of),
        "hand_over": _("Hand over many: %(list)s", list=of),
    }
    return titles[str(job.params["action"])]


def _plural(entity: str) -> str:
    described = workspace().configuration.entities.get(entity)
    return described.plural_in(current_language(), entity) if described else entity


def _state(job: Job) -> str:
    if job.cancelling:
        return _("Being cancelled")
    return {
        "waiting": _("Waiting"),
        "running": _("Running"),
        "done": _("Done"),
        "failed": _("Failed"),
        "cancelled": _("Cancelled"),
    }[job.state]


def _progress(job: Job) -> str:
    show = current_locale().decimal_formatter(0)
    if job.total:
        return _("%(done)s of %(total)s", done=show(job.done), total=show(job.total))
    return show(job.done) if job.done else _("Just begun")


def _said(job: Job, *, there: bool) -> str:
    if job.state == "waiting":
        return _("It begins as soon as a worker is free.")
    if job.problems:
        return " ".join(problem_text(found) for found in job.problems)
    if job.reference:
        return _("Something went wrong here. This is a fault of the program, not yours.")
    if job.outcome is None:
        return ""
    if job.kind in (BULK, BULK_UNDO):
        return " ".join(_bulk_said(job, job.outcome))
    return _file_said(job, job.outcome, there=there) if job.kind == EXPORT else _("All computed fields are up to date.")


def _file_said(job: Job, outcome: Outcome, *, there: bool) -> str:
    show = current_locale().decimal_formatter(0)
    count = int(outcome.params.get("count", 0))
    said = ngettext(
        "The file holds %(number)s record.", "The file holds %(number)s records.", count, number=show(count)
    )
    own = job.asked_by == getattr(current_account(), "id", None)
    kept = _("It is kept for a day.")
    after = _("It was kept for a day and is gone.") if own else _("Only who asked for it can open it.")
    return f"{said} {kept if there else after}"


def _bulk_said(job: Job, outcome: Outcome) -> Iterator[str]:
    """How many records were changed, deleted or handed over, and how many were left out for which reasons."""
    show, params = current_locale().decimal_formatter(0), outcome.params
    count = int(params.get("count", 0))
    if job.kind == BULK_UNDO:
        yield ngettext("Undone in %(number)s record.", "Undone in %(number)s records.", count, number=show(count))
        stayed = int(params.get("stayed", 0))
        if stayed:
            yield ngettext("%(num)s record stays as it is.", "%(num)s records stay as they are.", stayed)
        return
    if outcome.code == "bulk-ended":
        seen, total = show(int(params["seen"])), show(int(params["total"]))
        yield _("It was ended after %(seen)s of %(total)s records.", seen=seen, total=total)
    number = show(count)
    yield {
        "change": ngettext("%(number)s record changed.", "%(number)s records changed.", count, number=number),
        "delete": ngettext("%(number)s record deleted.", "%(number)s records deleted.", count, number=number),
        "hand_over": ngettext(
            "%(number)s record handed over.", "%(number)s records handed over.", count, number=number
        ),
    }[str(job.params["action"])]
    for found, left in reasons_of(params):
        yield ngettext(
            "%(number)s stays as it is: %(reason)s",
            "%(number)s stay as they are: %(reason)s",
            left,
            number=show(left),
            reason=problem_text(found),
        )


def _advice(job: Job) -> str:
    if job.state == "waiting" and dt.datetime.now(dt.UTC) - job.created_at > PATIENCE:
        return _(
            "It has waited for long: others are before it, or no worker runs. An administrator starts one with kartoteka worker."
        )
    if job.problems:
        return problem_hint(job.problems[0])
    return _("Try again; if it happens again, give the administrator this number.") if job.reference else ""
