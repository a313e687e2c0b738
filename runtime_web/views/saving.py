"""What pages show about keeping a report: its name, who sees it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from runtime_web.views.users import RoleChoice


@dataclass(frozen=True, slots=True)
class SavingForm:
    """A dialog that asks how a report is called and who sees it; `who` is mine, roles or everyone.

    The report goes along as it stands. `opened` tells whether the dialog is open at first.
    """

    key: str
    title: str
    url: str
    name: str
    help: str
    who: str
    roles: tuple[RoleChoice, ...]
    opened: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Keeping:
    """What may be done to keep a report. `own` and the addresses are there for those that are the reader's."""

    new: SavingForm
    own: SavingForm | None = None
    saved: str = ""
    """The report as it is saved, as JSON."""
    url: str = ""
    delete_url: str = ""
    said: str = ""
    """Whose it is, or with whom it is shared."""
    pin_url: str = ""
    """Where a POST pins it to the home page, or unpins it; "" where it has no address of its own."""
    pinned: bool = False

    @property
    def forms(self) -> tuple[SavingForm, ...]:
        return (self.new, self.own) if self.own else (self.new,)


@dataclass(frozen=True, slots=True)
class BrokenPage:
    """A report of one's own that cannot be shown any more; `mend_url` opens what is left of it."""

    title: str
    said: tuple[str, ...]
    mend_url: str
    delete_url: str
