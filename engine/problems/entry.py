"""What a problem's code says: its sentence, its hint, how bad it is."""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a code says, and how bad it is."""

    text: str
    hint: str = ""
    severity: Severity = "error"

    @property
    def hint_params(self) -> tuple[str, ...]:
        """The params without which the hint makes no sense."""
        return tuple(name for _, name, _, _ in string.Formatter().parse(self.hint) if name)


LIKELY = "Did you mean {likely}?"
"""The hint in place of an entry's own where a problem knows what was probably meant."""
