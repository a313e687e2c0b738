"""What the page shows on which records that name somebody are handed over to a colleague."""

from __future__ import annotations

from dataclasses import dataclass

from runtime_web.views.rights import Option


@dataclass(frozen=True, slots=True)
class HoldingLine:
    """One field that names the leaver.

    Attributes:
        key: what its tick sends.
        label: the field; `records` are the entity's name, and `through` what stands for the leaver there.
        count: how many may be handed over, as the reader writes numbers.
        url: the list of all that name the leaver; "" where there is none.
        notes: what stays, and why.
        open: whether it may be ticked.
    """

    key: str
    records: str
    label: str
    through: str
    count: str
    url: str
    notes: tuple[str, ...]
    open: bool
    ticked: bool


@dataclass(frozen=True, slots=True)
class HandOverPage:
    """From whom and to whom, and what there is to hand over.

    Attributes:
        lines: None as long as nobody has said who.
        undo_url: what undoing would do that was done a moment ago.
        errors: why nothing was handed over.
    """

    leavers: tuple[Option, ...]
    receivers: tuple[Option, ...]
    leaver: str
    leaver_name: str
    receiver: str
    receiver_name: str
    lines: tuple[HoldingLine, ...] | None
    undo_url: str
    back_url: str
    errors: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether anything may be ticked."""
        return any(line.open for line in self.lines or ())
