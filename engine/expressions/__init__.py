"""What formulas mean for a configuration: what they may name, which records they reach, in which order they are computed.

`scope` describes every entity to `formulas`; `needs` says what a formula reads, `routes` how records that it reads lead
back to the records that show its result; `plan` puts all computed fields of a configuration into an order. Nothing here
knows a database: `engine.storage` reads and writes.
"""

from engine.expressions.plan import Computation, Computed, Stage, computation_of

__all__ = ["Computation", "Computed", "Stage", "computation_of"]
