"""The languages that texts are written in: names of months, forms of words."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from formulas.values import Fault

_CODE = re.compile("[a-z]{2,3}")


@lru_cache(maxsize=64)
def known(language: str) -> Locale:
    """The language of a code such as "ru"."""
    try:
        return Locale(language) if _CODE.fullmatch(language) else _unknown(language)
    except UnknownLocaleError:
        return _unknown(language)


def _unknown(language: str) -> Locale:
    raise Fault("#VALUE!", f"{language!r:.40} is not the code of a language.")
