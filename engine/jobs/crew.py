"""What a worker process runs: threads that do jobs, and a pulse that says which of them are alive.

A job that runs has a sign of life every second. Where it stays the same for a while, its worker has died, and the job
waits again. Nobody compares clocks of two computers: each worker watches the sign for some seconds of its own.
"""

from __future__ import annotations

import json
import logging
import secrets
import time
from dataclasses import dataclass, field
from threading import Event, Thread

from engine.jobs.broker import hands
from engine.jobs.door import Made
from engine.jobs.job import Outcome, written_outcome, written_problems, written_reference
from engine.jobs.work import Applied, Cancelled, Interrupted, Kinds, Work
from engine.problems import Problem, Refused, problem
from engine.storage import Collided, Database, Unavailable
from engine.storage import jobs as rows

LOG = logging.getLogger("kartoteka")
THREADS = 2
BEAT_SECONDS = 1.0
LOOK_SECONDS = 5.0
DEAD_SECONDS = 15.0
SWEEP_SECONDS = 3600.0
QUICK_SECONDS = 0.5
LAST_SECONDS = 0.5
ATTEMPTS = 3
"""A job whose worker has died so often is given up: it may be what they die of."""


@dataclass
class Crew:
    """The workers of one process. `name` is unique among all that run now, and the same after a new start."""

    database: Database
    kinds: Kinds
    made: Made
    name: str
    threads: int = THREADS
    stopping: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.applied = Applied(self.database)
        self.works: dict[int, Work] = {}
        """The jobs that run here."""
        self._hands = hands(self.database, self.run, self.threads)
        self._pulse = Thread(target=self._beat_on, name="Pulse", daemon=True)
        self._seen: dict[tuple[int, int], tuple[object, float]] = {}

    def start(self) -> None:
        """Take up what a worker of this name has left behind, then begin."""
        self._take_up_own()
        self._hands.start()
        self._pulse.start()

    def stop(self, wait: float = 4.0) -> None:
        """Begin nothing more, give jobs that run a moment to notice, and hand back what has not ended by then."""
        self.stopping.set()
        self._hands.stop_flag.set()
        deadline = time.monotonic() + wait
        while self.works and time.monotonic() < deadline:
            time.sleep(0.02)
        for work in list(self.works.values()):
            self._hand_back(work)
        # Nobody closes the database under a thread that looks into the queue at this moment.
        for thread in (self._pulse, *self._hands.threads):
            if thread.is_alive():
                thread.join(max(deadline - time.monotonic(), LAST_SECONDS))

    # One job

    def run(self, job_id: int) -> None:
        """Do a job, whatever comes of it; nothing where it does not wait any more."""
        with self.database.write() as connection:
            row = rows.begin(connection, job_id, self.name)
        if row is None:
            return
        kind, params, asked_by, attempt, deaths = row
        given = json.loads(params)
        work = Work(job_id, attempt, given, asked_by, self.database, self.applied, self.made, self.stopping)
        self.works[job_id] = work
        try:
            self._finish(work, kind, deaths)
        except Unavailable:
            LOG.warning("job %d %s: the database is unavailable", job_id, kind)
        finally:
            self.works.pop(job_id, None)

    def _finish(self, work: Work, kind: str, deaths: int) -> None:
        try:
            outcome = self._done(work, kind, deaths)
        except Cancelled:
            self._end(work, "cancelled")
        except Interrupted:
            self._hand_back(work)
        except Refused as refused:
            self._fail(work, *refused.problems)
        except Collided:
            self._fail(work, problem("save-collided"))
        except Unavailable:
            raise
        except Exception as error:
            reference = secrets.token_hex(4)
            LOG.error("job %d %s: error %s", work.id, kind, reference, exc_info=error)  # noqa: TRY400 (the same)
            self._end(work, "failed", written_reference(reference))
        else:
            self._end(work, "done", written_outcome(outcome), kept=outcome.file)

    def _done(self, work: Work, kind: str, deaths: int) -> Outcome:
        if deaths >= ATTEMPTS:
            raise Refused([problem("job-given-up", attempts=ATTEMPTS)])
        if kind not in self.kinds:
            raise Refused([problem("job-unknown", kind=kind)])
        outcome = self.kinds[kind].run(work)
        assert isinstance(outcome, Outcome)
        return outcome

    def _fail(self, work: Work, *problems: Problem) -> None:
        self._end(work, "failed", written_problems(problems))

    def _end(self, work: Work, state: str, result: str | None = None, *, kept: str = "") -> None:
        done = work.total if state == "done" and work.total is not None else work.done
        values = {"state": state, "result": result, "done": done, "total": work.total}
        with self.database.write() as connection:
            mine = rows.end(connection, work.id, work.attempt, values)
        work.tidy(kept if mine else "")

    def _hand_back(self, work: Work) -> None:
        with self.database.write() as connection:
            rows.hand_back(connection, work.id, work.attempt)
        work.tidy()

    # The pulse

    def _beat_on(self) -> None:
        looked = swept = 0.0
        while not self.stopping.wait(BEAT_SECONDS):
            now = time.monotonic()
            try:
                self.beat()
                if now - looked >= LOOK_SECONDS:
                    looked = now
                    self.look(now)
                if now - swept >= SWEEP_SECONDS:
                    swept = now
                    self.made.sweep(self.database)
            except (Unavailable, Collided) as error:
                LOG.warning("the worker could not reach the database: %s", error)

    def beat(self) -> None:
        """Give a sign of life for the jobs that run here, and learn which of them are not wanted."""
        works = list(self.works.values())
        if not works:
            return
        with self.database.write() as connection:
            for work in works:
                wished = rows.see(connection, work.id, work.attempt, work.done, work.total)
                work.lost = wished is None
                work.cancelled = bool(wished)

    def look(self, now: float) -> None:
        """Let jobs wait again that have shown no sign of life for long, and those that wait without a message."""
        with self.database.read() as connection:
            signs: dict[tuple[int, int], object] = {
                (key, attempt): seen for key, attempt, _, seen in rows.running(connection)
            }
            if rows.is_empty(connection):
                signs.update({(key, 0): None for key in rows.waiting(connection)})
        known = self._seen
        self._seen = {
            one: known[one] if one in known and known[one][0] == seen else (seen, now)
            for one, seen in signs.items()
            if one[0] not in self.works
        }
        dead = [one for one, (_, since) in self._seen.items() if now - since >= DEAD_SECONDS]
        if dead:
            self._take_up(dead)

    def _take_up(self, dead: list[tuple[int, int]]) -> None:
        begun = time.monotonic()
        with self.database.write() as connection:
            if time.monotonic() - begun > QUICK_SECONDS:
                # Others may have waited for the same long transaction, their signs of life with them.
                self._seen.clear()
                return
            for key, attempt in dead:
                self._seen.pop((key, attempt), None)
                if attempt:
                    rows.hand_back(connection, key, attempt, died=True)
                else:
                    rows.put(connection, rows.message(key))

    def _take_up_own(self) -> None:
        """No other worker has this name, so what it is said to be doing nobody does."""
        with self.database.read() as connection:
            left = [(key, attempt) for key, attempt, worker, _ in rows.running(connection) if worker == self.name]
        if left:
            with self.database.write() as connection:
                for key, attempt in left:
                    rows.hand_back(connection, key, attempt, died=True)
