"""A real server in a process of its own: started, waited for, weighed, stopped."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.answers import Wrong
from benchmarks.clock import resident
from benchmarks.side import Failed

PATIENCE = 60


@dataclass(frozen=True)
class Server:
    """A running server. `started` is the time from the start of the process to its first answer, in seconds."""

    process: subprocess.Popen[bytes]
    port: int
    started: float

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def memory(self) -> list[int]:
        """Resident bytes of the process and each descendant, the largest first, where the system tells them (Linux)."""
        if sys.platform != "linux":
            return []
        found = (resident(status=Path(f"/proc/{key}/status")) or 0 for key in descendants(self.process.pid))
        return sorted(found, reverse=True)


def descendants(key: int) -> list[int]:
    """A process and all that it started."""
    children = Path(f"/proc/{key}/task/{key}/children").read_text().split()
    return [key, *(found for child in children for found in descendants(int(child)))]


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(command: Sequence[str], port: int, page: str) -> Iterator[Server]:
    """Run the command until the body is left; it begins when the page is answered with 200."""
    with tempfile.TemporaryFile() as log:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            wait(process, port, page)
            yield Server(process, port, time.perf_counter() - begun)
        except (Failed, Wrong) as failure:
            log.seek(0)
            raise type(failure)(f"{failure}\n{log.read().decode(errors='replace')[-3000:]}") from None
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()


def wait(process: subprocess.Popen[bytes], port: int, page: str) -> None:
    """Until the page comes, the process ends, or patience does."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < PATIENCE:
        if process.poll() is not None:
            raise Failed(f"the server ended with code {process.returncode}")
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", page)
            if connection.getresponse().status == 200:
                connection.close()
                return
        time.sleep(0.01)
    raise Failed(f"the server did not answer {page} within {PATIENCE} seconds")
