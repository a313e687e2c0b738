"""The numbers of a table are those of `pandas.pivot_table`, whose margins are computed of the records too."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.pivot import run
from engine.model.report import Report
from tests.designer.pivot.brute import Row, average, groups_of
from tests.designer.pivot.plainly import Plainly
from tests.designer.pivot.worlds import CONFIGURATION, MONEY

SALE = st.fixed_dictionaries(
    {
        "city": st.sampled_from(["Turku", "Oulu", "Espoo"]),
        "client": st.sampled_from(["Acme", "Birch", "Cedar"]),
        "amount": MONEY,
    }
)
REPORT = Report.model_validate(
    {
        "of": "sale",
        "rows": [{"field": "city"}],
        "columns": [{"field": "client"}],
        "values": {kind: {"field": "amount", "aggregate": kind} for kind in ("sum", "count", "average")},
    }
)


def exact_sum(values: Any) -> Decimal:
    return sum(values, Decimal(0))


@pytest.mark.parametrize(("kind", "fold"), [("sum", exact_sum), ("count", len), ("average", list)])
@settings(max_examples=30)
@given(rows=st.lists(SALE, min_size=1, max_size=25))
def test_sums_counts_and_averages_are_those_of_pandas(kind: str, fold: Any, rows: list[Row]) -> None:
    pivot = run(REPORT, CONFIGURATION, Plainly(), lambda grouping: groups_of(rows, grouping))
    frame = pd.DataFrame(rows).astype({"amount": object})
    # pandas has no average of decimals: it collects the amounts of each cell, margins included.
    collected = frame.pivot_table(
        values="amount",
        index="city",
        columns="client",
        aggfunc=(lambda values: (average(list(values)),)) if kind == "average" else fold,
        margins=True,
        margins_name="",
    )
    assert [item.text for item in pivot.rows] == list(collected.index)
    assert [item.text for item in pivot.columns] == list(collected.columns)
    for row, line in enumerate(pivot.rows):
        for column, across in enumerate(pivot.columns):
            cell, theirs = pivot.cell(row, column, kind), collected.loc[line.text, across.text]
            theirs = theirs[0] if isinstance(theirs, tuple) else theirs
            assert (cell is None and pd.isna(theirs)) or (cell is not None and cell.value == theirs)
