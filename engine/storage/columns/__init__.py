"""Columns of records in memory, by which reports over many of them are answered.

They hold what the system sees, each the values of one entity by the places of its records, loaded when a report first
names them and brought up to date by the log of what was touched before each question. What a reader may see of them is
asked of `visible` each time and laid over them as masks.
"""
