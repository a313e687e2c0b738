"""Attached pictures."""

from __future__ import annotations

from typing import ClassVar, Literal

from engine.fields.file import Attached


class ImageField(Attached):
    """Pictures, shown small in lists and forms."""

    type: Literal["image"]

    summary: ClassVar[str] = "Pictures: a portrait, photos of a product or of a delivery."
    example: ClassVar[str] = "{type: image, max_files: 1}"
    images_only: ClassVar[bool] = True
