"""What happened around the records that somebody may one day have to answer for: log-ins, refusals, exports, rights."""

from engine.audit.door import Audit
from engine.audit.events import EVENTS
from engine.storage.audit import Line, Sought

__all__ = ["EVENTS", "Audit", "Line", "Sought"]
