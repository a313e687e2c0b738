"""Formulas as SQL, for SQLite and PostgreSQL: the only package outside `engine/storage` that builds it.

A declared part of the language, the SQL-safe subset, becomes an expression that gives the same value, or the same
error, as the evaluator for every record; a property test holds it to that. What leaves the subset is refused with its
place in the formula. Every expression is total: it raises no error in the database, whatever the data and the plan.

`translate` has one case for each kind of node, `forms` the functions, `rollups` the aggregates over rows; `kit` is what
databases compute alike, `sqlite` and `postgresql` what they do not; `fallback` asks the evaluator where SQLite's
integers end; `build` puts it together.
"""

from formulas.to_sql.build import (
    Part,
    Result,
    System,
    condition,
    functions_of,
    moments,
    obstacle,
    places_of,
    rollup_parts,
    value,
)
from formulas.to_sql.fallback import SqliteFunction
from formulas.to_sql.size import LARGEST
from formulas.to_sql.translate import Rows, Source

__all__ = [
    "LARGEST",
    "Part",
    "Result",
    "Rows",
    "Source",
    "SqliteFunction",
    "System",
    "condition",
    "functions_of",
    "moments",
    "obstacle",
    "places_of",
    "rollup_parts",
    "value",
]
