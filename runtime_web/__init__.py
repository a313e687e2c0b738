"""The program as people meet it: web pages, API, command line. The only package that knows Flask and click.

Hands requests to `engine.records` with a principal and shows what comes back through frozen view objects; keeps no
rules of its own about records, rights or configurations. Nothing else of ours imports it.
"""
