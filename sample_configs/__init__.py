"""Data only: one folder per business, each with a configuration that `kartoteka demo` and the tests load."""
