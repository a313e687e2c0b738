"""What workers know to do: every kind of job, by name."""

from __future__ import annotations

from engine.jobs import Kinds

KINDS: Kinds = {}
