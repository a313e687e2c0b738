"""A saved view of a list: what its address says, and how its columns are laid out, under a name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pydantic import Field as Key
from pydantic import ValidationError

from engine.fields.label import Frozen
from engine.saved.layout import USUAL, Layout
from engine.saved.report import Described
from engine.storage.views import KeptView

LONGEST_ARGUMENTS = 8_000
"""So many characters of an address are kept."""
MARK = "~"
"""What the key of a saved view begins with: no view of a configuration is called like that."""


class Content(Frozen):
    """What is kept of a list: the arguments of its address, which also say on which view it stands, and its columns."""

    arguments: str = Key("", max_length=LONGEST_ARGUMENTS)
    layout: Layout = USUAL


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view that somebody has made of the list of an entity."""

    id: int
    entity: str
    owner: int
    owner_name: str
    described: Described
    content: Content
    changed_at: dt.datetime

    @property
    def key(self) -> str:
        """What it is called in addresses."""
        return f"{MARK}{self.id}"

    @property
    def name(self) -> str:
        return self.described.name


def opened(kept: KeptView) -> SavedView:
    """A row as the value that pages use. What another version has written that cannot be read is as if it said nothing."""
    try:
        content = Content.model_validate_json(kept.content)
    except ValidationError:
        content = Content()
    described = Described(kept.name, "", kept.roles)
    return SavedView(kept.id, kept.entity, kept.owner, kept.owner_name, described, content, kept.changed_at)
