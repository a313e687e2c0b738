"""Cards: how a record is laid out, shown, filled in, and what a posted form means.

Used by the card pages; takes the tables of related records from `runtime_web.lists`; imports no page.
"""
