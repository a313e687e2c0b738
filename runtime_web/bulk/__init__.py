"""What is done with many records of a list at once: a field changed, handed over or deleted, at once or by a worker."""
