"""The floor: the pages that a good programmer would write by hand for these four tables, and nothing more.

Flask, sqlite3 and Jinja2 templates compiled at the start; no login, no rights, no sessions, no configuration. What
the product costs is told as a multiple of this, so the floor may not be made slower to flatter it: one connection
for each thread, statements written by hand, the ids of a page before its labels, the same durability as the product
(WAL, `synchronous=FULL`).
"""
