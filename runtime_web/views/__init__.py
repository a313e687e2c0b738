"""View objects: frozen dataclasses, one a page, that document every name its template uses.

They are made from values of the engine and hold nothing but what is shown: texts in the reader's language, addresses,
choices. A template never asks the engine for anything.
"""
