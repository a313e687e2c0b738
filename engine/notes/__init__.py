"""What people write on records: remarks, and calls, letters and meetings with a next step."""

from engine.notes.door import LONGEST, Mention, Note, Notes, Step, Wording
from engine.notes.mentions import mentions, named

__all__ = ["LONGEST", "Mention", "Note", "Notes", "Step", "Wording", "mentions", "named"]
