"""What a page says of one attached file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileTile:
    """One attached file. Pictures have small copies; other files are known by their icon.

    `inline` says that a browser shows it, so that it opens in a page of its own; others are saved. `width` and `height`
    are those of the large copy on a card, so that nothing moves when it arrives.
    """

    id: int
    name: str
    size: str
    icon: str
    url: str
    inline: bool
    small_url: str = ""
    large_url: str = ""
    width: int = 0
    height: int = 0
    preview: str = ""
    """How it is shown over the page: "image", "pdf" or "text"; "" where it is not."""
