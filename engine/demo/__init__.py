"""Demo data for `sample_configs/clients`: believable, of any size, the same for the same seed.

    for batch in generate(Scale(clients=200), seed=1):
        ...  # batch.entity, batch.columns, batch.rows

Nothing here knows the database or the rest of the engine: `generate` yields plain rows, `attachments` the pictures
and files that the rows refer to by number, and whoever loads them decides how. Names, firms, streets and talks come
from the word lists in `words`; telephones, addresses of mail and tax numbers pass the validators of the field types.
"""

from __future__ import annotations

from engine.demo.batch import Attachment, Batch, Scale
from engine.demo.generate import LAST_DAY, generate
from engine.demo.pictures import attachments

__all__ = ["LAST_DAY", "Attachment", "Batch", "Scale", "attachments", "generate"]
