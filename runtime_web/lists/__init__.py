"""Lists: what an address asks for, the filters that people set, and the table that is generated for a view.

Used by the pages of lists, cards (for related records and for the way back) and the trash; imports no page.
"""
