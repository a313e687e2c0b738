"""What workers know to do: every kind of job, by name."""

from __future__ import annotations

from engine.jobs import Kind, Kinds
from runtime_web.lists.export import export_job

EXPORT = "export"

KINDS: Kinds = {EXPORT: Kind(export_job)}
