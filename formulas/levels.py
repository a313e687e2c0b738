"""What is known about a formula between one bracket and its end, while it is spelled anew."""

from __future__ import annotations

from dataclasses import dataclass, field

from formulas.pieces import Pieces
from formulas.tokens import Token


@dataclass(slots=True)
class Level:
    """What is known between one opening bracket and its end."""

    opener: Token | None = None
    call: bool = False
    separator: str = ""
    unit: int | None = None
    """The word where the last value began, its signs included."""
    power: int | None = None
    """The word where the left side of a power began whose right side is not complete."""
    chain: int = 0
    pending: list[Token] = field(default_factory=list)
    """Each `if` whose `else` has not come."""

    def begin_power(self, pieces: Pieces) -> None:
        """Put brackets around the left side: in Python a sign before it would come later, and powers go the other way."""
        assert self.unit is not None
        pieces.wrap(self.unit)
        self.power, self.unit = self.unit, None

    def end_power(self, pieces: Pieces) -> None:
        """Put brackets around the right side, once it is complete."""
        if self.power is None:
            return
        assert self.unit is not None
        pieces.wrap(self.unit)
        self.unit, self.power = self.power, None
