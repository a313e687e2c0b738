"""The word lists that demo data is made of: one module for each country, and what is said in the journal.

Data only. A list stands as one text with commas, which is shorter to read and to extend than a tuple of literals.
"""

from __future__ import annotations

from engine.demo.words.albania import ALBANIA
from engine.demo.words.britain import BRITAIN
from engine.demo.words.country import City, Country
from engine.demo.words.finland import FINLAND
from engine.demo.words.romania import ROMANIA
from engine.demo.words.russia import RUSSIA

COUNTRIES = (RUSSIA, FINLAND, ROMANIA, BRITAIN, ALBANIA)

HOME = FINLAND
"""Where the demo company is at home."""

TWELVE = (*(RUSSIA,) * 4, *(FINLAND,) * 3, *(ROMANIA,) * 2, *(BRITAIN,) * 2, ALBANIA)
"""Of every twelve clients so many live in each country: a third of them write in Cyrillic."""

__all__ = ["ALBANIA", "BRITAIN", "COUNTRIES", "FINLAND", "HOME", "ROMANIA", "RUSSIA", "TWELVE", "City", "Country"]
