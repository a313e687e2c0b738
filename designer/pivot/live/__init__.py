"""The live workbook: the records of a report on a sheet, and formulas that compute its numbers from them.

`question_of_records` asks for the records one by one, `detailed` puts each under the lines and columns where it counts,
and `following` writes the formulas of the cells. Only numbers, references to cells and names of functions stand in a
formula: a text of somebody never becomes a part of one.
"""

from designer.pivot.live.book import Live, LiveWording, write_live
from designer.pivot.live.data import Data, detailed, question_of_records, refuse_beyond_bound
from designer.pivot.live.following import Following

__all__ = [
    "Data",
    "Following",
    "Live",
    "LiveWording",
    "detailed",
    "question_of_records",
    "refuse_beyond_bound",
    "write_live",
]
