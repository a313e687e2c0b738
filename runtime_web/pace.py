"""How often a token may call: a bucket of calls for each that fills again at an even pace.

Buckets are kept by each process, not in the database, so that a call writes nothing; two processes let twice as many
calls through at most.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_BUCKETS = 10_000


@dataclass
class Pace:
    """Lets through so many calls a minute for each key, half of them at once.

    Args:
        clock: tells seconds; tests have their own.
    """

    per_minute: int
    clock: Callable[[], float] = time.monotonic
    _buckets: dict[int, tuple[float, float]] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def wait(self, key: int, cost: int = 1) -> int:
        """Take a call from the bucket of a key: 0 where there was one, else the seconds until there is."""
        with self._lock:
            now, size, speed = self.clock(), max(self.per_minute / 2, 1.0), self.per_minute / 60
            if len(self._buckets) > MOST_BUCKETS:
                self._buckets.clear()
            left, since = self._buckets.get(key, (size, now))
            left = min(size, left + (now - since) * speed)
            if left < min(cost, size):
                self._buckets[key] = (left, now)
                return max(1, round((cost - left) / speed + 0.5))
            self._buckets[key] = (left - cost, now)
            return 0
