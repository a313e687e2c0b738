"""What the pages about jobs show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JobView:
    """One job, in a list or on its page.

    Attributes:
        title: what it does.
        icon: the drawing for that.
        url: its page.
        state: its state in a word, `color` the pill's.
        asker: who asked for it; "" for the program itself.
        asked: when, in the reader's words; `moment` for programs.
        under_way: whether it waits or runs, so that the page asks again.
        done, total: how far it is; a total of 0 is not known yet.
        progress: the same in words.
        said: what came of it, or what it waits for.
        advice: what to do about that.
        reference: the number of an error in the log.
        file_url: where its file is; `file_name` what that is called.
        back_url: the list it is about; `back_label` what that is called.
        cancel_url: where a POST ends it; "" where it cannot be.
        undo_url: where a POST has taken back what it did; "" where there is nothing.
    """

    title: str
    icon: str
    url: str
    state: str
    color: str
    asker: str
    asked: str
    moment: str
    under_way: bool
    done: int = 0
    total: int = 0
    progress: str = ""
    said: str = ""
    advice: str = ""
    reference: str = ""
    file_url: str = ""
    file_name: str = ""
    back_url: str = ""
    back_label: str = ""
    cancel_url: str = ""
    undo_url: str = ""


@dataclass(frozen=True, slots=True)
class JobsPage:
    """The newest jobs; `everybody` says that others' are among them."""

    jobs: tuple[JobView, ...]
    everybody: bool

    @property
    def under_way(self) -> bool:
        return any(job.under_way for job in self.jobs)
