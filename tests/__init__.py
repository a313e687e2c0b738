"""Tests mirror the tree: tests/engine/fields/test_money.py tests engine/fields/money.py.

`house` holds the rules for all code, `errors` one reproducer per problem, `browser` what people do on real pages.
A package, so that nobody else's `tests` is imported in its place; the folders below need no file of this kind.
"""
