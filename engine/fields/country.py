"""The key `country` of fields that are read by a country's rules."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

import babel
from pydantic import Field as Key

from engine.problems import nearest

Country = Annotated[
    str | None,
    Key(
        None,
        pattern="^[A-Z]{2}$",
        description="Two letters: the country whose numbers are meant; by default the configuration's country.",
    ),
]


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    # ZZ is "unknown", the others are groups of countries and test data.
    no_countries = {"ZZ", "XA", "XB", "QO", "EU", "EZ", "UN"}
    return frozenset(str(code) for code in babel.Locale("en").territories if str(code).isalpha()) - no_countries


def known_country(code: str) -> bool:
    """Whether this is the two-letter code of a country or territory."""
    return code in _countries()


def nearest_country(code: str) -> str | None:
    """The code that was probably meant, or None."""
    return nearest(code, sorted(_countries()))
