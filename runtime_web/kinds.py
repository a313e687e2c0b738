"""What workers know to do: every kind of job, by name."""

from __future__ import annotations

from engine.jobs import Kind, Kinds, Outcome, Work, catching_up_job
from engine.records import CATCHING_UP

EXPORT = "export"


def _export(work: Work) -> Outcome:
    # A worker that waits holds only what it needs for that.
    from runtime_web.lists.export import export_job  # noqa: PLC0415

    return export_job(work)


KINDS: Kinds = {
    EXPORT: Kind(_export),
    # Nobody would compute it later.
    CATCHING_UP: Kind(catching_up_job, cancellable=False),
}
