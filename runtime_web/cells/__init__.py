"""The cells of a list: edited in place, pasted into, filled, and undone."""
