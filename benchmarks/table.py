"""What there is to measure, in the order of the two tables."""

from __future__ import annotations

from typing import Any

from benchmarks.row import Row
from benchmarks.rows import (
    card,
    computed_columns,
    create,
    deep_page,
    export_csv,
    export_xlsx,
    import_rows,
    large_sum,
    list_page,
    paste,
    pivot,
    recompute,
    rights,
    save_order,
    search,
    update,
)
from benchmarks.trial import Trial
from benchmarks.trials import beside_slow, bulk, cascade, evaluator, first_list, grid, start, writers

ROWS: tuple[Row[Any], ...] = (
    list_page.ROW,
    search.ROW,
    card.ROW,
    create.ROW,
    update.ROW,
    deep_page.ROW,
    deep_page.INDEXED,
    export_csv.ROW,
    export_xlsx.ROW,
    import_rows.ROW,
    computed_columns.ROW,
    computed_columns.ADDED,
    rights.OWN,
    rights.SOME,
    save_order.ROW,
    paste.ROW,
    large_sum.ROW,
    recompute.ROW,
    pivot.ROW,
    pivot.FIRST,
    pivot.WRITTEN,
    pivot.OWN,
    pivot.LARGE,
)
"""Two sides each, compared by CPU time."""

TRIALS: tuple[Trial, ...] = (
    bulk.TRIAL,
    cascade.TRIAL,
    evaluator.TRIAL,
    first_list.TRIAL,
    grid.TRIAL,
    start.TRIAL,
    beside_slow.TRIAL,
    writers.TRIAL,
)
"""Measured with a server, a browser or many clients at once."""
