"""The lines of the second table, one module each."""
