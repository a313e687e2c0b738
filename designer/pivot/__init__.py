"""The pivot report: from a report to what is asked of the records, and from the answers to the finished table.

    report -> question -> Grouping -> (the records) -> Groups -> pivot -> Pivot -> a page, a file, a chart

`run` goes the whole way. Nothing here knows a database, a language or a page: titles and order of keys come by a
`Naming`, numbers by the `Groups`. A subtotal is what the records of its level said, never a sum of cells.
"""

from designer.pivot.asking import question
from designer.pivot.finished import Cell, Item, Naming, Pivot
from designer.pivot.flat import Flat, Wording, flat
from designer.pivot.looks import Look, looks_of
from designer.pivot.measures import measures_of
from designer.pivot.pivoting import Ask, pivot, question_of_others, run
from designer.pivot.room import MOST_CELLS

__all__ = [
    "MOST_CELLS",
    "Ask",
    "Cell",
    "Flat",
    "Item",
    "Look",
    "Naming",
    "Pivot",
    "Wording",
    "flat",
    "looks_of",
    "measures_of",
    "pivot",
    "question",
    "question_of_others",
    "run",
]
