"""What workers know to do: every kind of job, by name."""

from __future__ import annotations

from engine.jobs import Kind, Kinds, Outcome, Work, catching_up_job
from engine.records import CATCHING_UP

EXPORT = "export"
BULK = "bulk"
BULK_UNDO = "bulk_undo"


def _export(work: Work) -> Outcome:
    # A worker that waits holds only what it needs for that.
    from runtime_web.lists.export import export_job  # noqa: PLC0415

    return export_job(work)


def _bulk(work: Work) -> Outcome:
    from runtime_web.bulk.jobs import bulk_job  # noqa: PLC0415

    return bulk_job(work)


def _bulk_undo(work: Work) -> Outcome:
    from runtime_web.bulk.jobs import bulk_undo_job  # noqa: PLC0415

    return bulk_undo_job(work)


KINDS: Kinds = {
    EXPORT: Kind(_export),
    BULK: Kind(_bulk),
    BULK_UNDO: Kind(_bulk_undo, cancellable=False),
    # Nobody would compute it later.
    CATCHING_UP: Kind(catching_up_job, cancellable=False),
}
