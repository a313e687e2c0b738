"""The only place that knows SQL: the database, its tables, and the statements that read and write them.

`visible` decides which rows and columns of an entity a principal may touch; every read joins only what it gives.
Outside, a Connection is only passed on: it is the transaction that a piece of work runs in.
"""

from sqlalchemy import Connection

from engine.storage.database import Collided, Database, Unavailable

__all__ = ["Collided", "Connection", "Database", "Unavailable"]
