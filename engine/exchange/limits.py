"""How large a file may be that is imported: beyond this it is a mistake, or made to exhaust the computer."""

from __future__ import annotations

MEGABYTE = 1024 * 1024
MAX_BYTES = 200 * MEGABYTE
"""Of the file, and of what is packed inside a workbook."""
MAX_ROWS = 1_100_000
MAX_COLUMNS = 1_000
MAX_CELLS = 6_000_000
MAX_TEXT = 300 * MEGABYTE
"""Of all cells of a workbook together; one text may stand in many of them."""
MAX_CELL = 1_000_000
"""Characters of one cell of a text file."""
