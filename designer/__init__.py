"""Drafts and edits of a configuration, and the pivot report: specification, cross-tab, totals, chart, export.

May import `engine` and `formulas`. Knows no Flask and no SQL: what it hands out are frozen values that `runtime_web`
shows. The designer of configurations comes after live schema change.
"""
