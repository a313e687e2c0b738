"""Lists that are no tables: the same records in the days of a calendar, on a board, as pictures, as a tree."""
