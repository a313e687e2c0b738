"""Progress bars on a terminal: one for each phase of a long command."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from runtime_web.cli.place import Place


class Bars:
    """Shows how far each phase is; nothing where no person watches, nor beside JSON."""

    def __init__(self, place: Place) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        hidden = place.as_json or not console.is_terminal
        self._progress = Progress(*columns, console=console, disable=hidden, transient=True)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def show(self, phase: str, done: int, total: int | None) -> None:
        """A phase has done so many of so many steps."""
        if phase not in self._tasks:
            self._tasks[phase] = self._progress.add_task(phase.capitalize(), total=total)
        self._progress.update(self._tasks[phase], completed=done, total=total)
