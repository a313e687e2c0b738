"""Keys called and ordered by what they are."""

from __future__ import annotations

from typing import Any

from engine.grouping import Wrong
from engine.model.report import Dimension
from formulas.values import ERROR_CODES


class Plainly:
    """A naming for tests: a key is called as Python writes it."""

    def text(self, dimension: Dimension, key: Any) -> str:
        if key is None:
            return "blank"
        return ERROR_CODES[key.number - 1] if isinstance(key, Wrong) else str(key)

    def order(self, dimension: Dimension, key: Any) -> Any:
        return key
