"""The metadata engine: configuration, fields, rights, queries, records, storage, schema plan, files, exchange.

Layers, each importing only those to its right:
features (accounts, exchange, schema, files, demo) > records > query, rights > storage > config > model > fields > problems.
SQL stands under `storage` only; records are read and written through `records.Records` only.
"""
