"""Work that takes longer than a page may: queued in the database, done by worker processes, seen by whoever asked.

`Jobs` starts, lists and cancels them on behalf of a principal; a `Crew` is what a worker process runs. What there is
to do is given to the crew as a mapping of `Kind`s by name: functions that get a `Work` and give an `Outcome`. The
queue is one of huey's, kept in the same database by `broker`; nothing else here knows huey.
"""

from engine.jobs.catching_up import catching_up_job, resume
from engine.jobs.crew import Crew
from engine.jobs.door import Jobs, Made
from engine.jobs.job import Job, Outcome
from engine.jobs.work import Cancelled, Kind, Kinds, Work

__all__ = ["Cancelled", "Crew", "Job", "Jobs", "Kind", "Kinds", "Made", "Outcome", "Work", "catching_up_job", "resume"]
