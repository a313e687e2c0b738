"""Keeps what was made lately, and no more of it than fits: what people arrange has no end."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

Made = TypeVar("Made")


class Recent:
    """Things by keys. Where there are too many, what nobody has asked for longest goes."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._made: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` gives; it is called where this key is not known, or not any more."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                found: Made = self._made[key]
                return found
        made = make()
        with self._lock:
            self._made[key] = made
            self._made.move_to_end(key)
            while len(self._made) > self.most:
                self._made.popitem(last=False)
        return made

    def __len__(self) -> int:
        return len(self._made)
