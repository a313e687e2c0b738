"""From the configuration that is in force to the one that is wanted: a plan of steps, and its application.

`plan` compares two configurations and touches no database; `apply` runs a plan in one transaction and keeps the
configuration whole in the database.
"""

from engine.schema.apply import applications, applications_within, applied, apply, complete, row_counts
from engine.schema.plan import Plan, plan
from engine.schema.steps import Step

__all__ = ["Plan", "Step", "applications", "applications_within", "applied", "apply", "complete", "plan", "row_counts"]
