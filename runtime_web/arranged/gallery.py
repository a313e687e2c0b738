"""A gallery: a page of a list as pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.files import LARGE
from engine.records import Page
from runtime_web import addresses
from runtime_web.arranged.slips import Slips
from runtime_web.views.arranged import Picture


@dataclass(frozen=True)
class Gallery:
    """The gallery of one list."""

    slips: Slips

    def pictures(self, page: Page) -> Iterator[Picture]:
        """The records of a page, each with the first of its pictures."""
        links = page.links.get(self.slips.by, {})
        for slip in self.slips.of(page):
            ids = links.get(slip.id, ())
            yield Picture(slip, addresses.small_picture_of(ids[0], LARGE) if ids else "")
