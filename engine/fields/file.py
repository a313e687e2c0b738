"""Attached files."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field as Key

from engine.fields.column import FILES, Links
from engine.fields.multi_reference import Listing

_MEGABYTE = 1024 * 1024


class Attached(Listing):
    """What files and images share: the value is the ids of attached files, in the order in which they are shown."""

    max_files: Annotated[int, Key(ge=1, le=200)] = Key(20, description="How many may be attached, 1 to 200.")
    max_size: Annotated[int, Key(ge=1, le=2000)] = Key(20, description="How large each may be, in megabytes.")

    operators: ClassVar[tuple[str, ...]] = ("filled", "blank")
    takes_default: ClassVar[bool] = False
    images_only: ClassVar[bool] = False

    @property
    def target(self) -> str:
        return FILES

    @property
    def most(self) -> int:
        return self.max_files

    @property
    def max_bytes(self) -> int:
        return self.max_size * _MEGABYTE

    def links(self) -> Links:
        return Links(FILES)


class FileField(Attached):
    """Files of any kind; what each one is, its bytes decide and not its name."""

    type: Literal["file"]

    summary: ClassVar[str] = "Attached files: a signed contract, a price list."
    example: ClassVar[str] = "{type: file, max_files: 5, max_size: 10}"
