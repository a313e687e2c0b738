"""The folder that holds the bytes of files, each content once, under the digest of what is in it.

ab/cd/abcd…      a content; its name is its SHA-256
ab/cd/abcd…-96.webp   a small copy of it, which can be made again
incoming/…       what is still arriving
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

Made = TypeVar("Made")

PIECE = 1024 * 1024
INCOMING = "incoming"
DIGEST = 64
GOING = ".going"
_OURS = re.compile(r"[0-9a-f]{64}(-\d+\.\w+)?\Z")


class TooLarge(Exception):
    """More bytes came than are allowed; what had arrived was thrown away."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Bytes that are safely on the disk, though not yet where they belong."""

    path: Path
    digest: str
    size: int


@dataclass(frozen=True)
class Shelf:
    """The folder. Several processes may use it at the same time."""

    folder: Path

    def place(self, digest: str) -> Path:
        """Where a content is, or would be."""
        return self.folder / digest[:2] / digest[2:4] / digest

    def small(self, digest: str, size: int, suffix: str) -> Path:
        """Where a small copy of a picture is, or would be."""
        place = self.place(digest)
        return place.with_name(f"{place.name}-{size}.{suffix}")

    @contextmanager
    def arriving(self, stream: IO[bytes], limit: int) -> Iterator[Arrived]:
        """Take a stream to the disk piece by piece; unless it is put on the shelf within, it is gone afterwards.

        Raises:
            TooLarge: it is longer than `limit`.
            OSError: the disk is full or out of reach.
        """
        path = self._fresh()
        try:
            yield _written(path, stream, limit)
        finally:
            path.unlink(missing_ok=True)

    def put(self, arrived: Arrived) -> None:
        """Move what has arrived to its place. Its bytes are on the disk before anybody may name them."""
        place = self.place(arrived.digest)
        known = place.parent.is_dir()
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            arrived.path.replace(place)
        except PermissionError:
            # Windows does not replace a file that somebody is reading; then the same content is there already.
            os.utime(place)
        for folder in (place.parent,) if known else (place.parent, place.parent.parent, self.folder):
            _settle(folder)

    def paint(self, digest: str, sizes: Collection[int], suffix: str, paint: Callable[[dict[int, Path]], Made]) -> Made:
        """Have the small copies of a picture made beside it, each whole or not at all; what `paint` says of it."""
        fresh = {size: self._fresh() for size in sizes}
        try:
            made = paint(fresh)
            for size, path in fresh.items():
                place = self.small(digest, size, suffix)
                place.parent.mkdir(parents=True, exist_ok=True)
                with contextlib.suppress(PermissionError):
                    path.replace(place)
            return made
        finally:
            for path in fresh.values():
                path.unlink(missing_ok=True)

    def clear(self, needed: Collection[str], older_than: float) -> int:
        """Remove what nobody needs and nobody has put there lately; how many contents.

        Anybody may put a content on the shelf again at any moment, before its row is written. It is therefore moved
        aside first and looked at once more there: what is fresh goes back.
        """
        count = 0
        for path in [*self.folder.glob(f"{INCOMING}/*"), *self.folder.glob("??/??/*")]:
            with contextlib.suppress(OSError):  # it has gone meanwhile, or somebody is reading it
                if path.suffix == GOING:
                    self._put_back(path)
                elif path.parent.name == INCOMING or (_OURS.match(path.name) and path.name[:DIGEST] not in needed):
                    count += self._cleared(path, older_than)
        return count

    def _cleared(self, path: Path, older_than: float) -> int:
        if path.stat().st_mtime >= older_than:
            return 0
        aside = path.with_name(path.name + GOING)
        path.rename(aside)
        if aside.stat().st_mtime >= older_than:
            self._put_back(aside)
            return 0
        aside.unlink()
        return len(path.name) == DIGEST

    def _put_back(self, aside: Path) -> None:
        place = aside.with_name(aside.name.removesuffix(GOING))
        if place.exists():
            aside.unlink()
        else:
            aside.rename(place)

    def _fresh(self) -> Path:
        incoming = self.folder / INCOMING
        incoming.mkdir(parents=True, exist_ok=True)
        return incoming / secrets.token_hex(16)


def an_age_ago(seconds: float) -> float:
    """The moment so many seconds ago, as files carry it."""
    return time.time() - seconds


def _written(path: Path, stream: IO[bytes], limit: int) -> Arrived:
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > limit:
                raise TooLarge
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return Arrived(path, digest.hexdigest(), size)


def _settle(folder: Path) -> None:
    """Make the disk remember a new name, on systems where folders are files too."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
