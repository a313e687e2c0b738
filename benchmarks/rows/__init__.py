"""The rows of the first table, one module each: `floor`, `product`, `check`, and `ROW` that puts them together."""
