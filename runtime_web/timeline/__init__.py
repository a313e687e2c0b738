"""The time line of a record: what people wrote on it, and what was done to it."""
