"""What a configuration says once for all its fields."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Defaults:
    """The configuration's currency and country, which fields take that name none of their own."""

    currency: str = "EUR"
    country: str = "FI"
