"""Attached files: taking them in, deciding what they are, keeping their bytes once, and giving them out again.

The rows are in the database (`engine.storage.files`), the bytes in a folder under the digest of their content. What a
file is, its bytes say; neither its name nor whoever sent it is believed. A file may be read by whoever may read the
record and the field it hangs on, and by its uploader until it hangs somewhere.
"""

from engine.files.door import Attached, Files, Opened, Swept
from engine.files.kinds import INLINE, PDF, PICTURES
from engine.files.pictures import LARGE, SIZES, SMALL

__all__ = ["INLINE", "LARGE", "PDF", "PICTURES", "SIZES", "SMALL", "Attached", "Files", "Opened", "Swept"]
