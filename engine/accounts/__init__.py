"""Who may use the program: users, their passwords and preferences, their sessions, and the limit on failed log-ins.

Users live in the database, not in the configuration. Passwords are kept as argon2id hashes, keys of sessions as
digests. Whoever asks for a change of other people's accounts must have checked that an administrator asks; pages do
that in one place.
"""

from engine.accounts.account import Account
from engine.accounts.people import People
from engine.accounts.sessions import Lifetime, Session, Sessions
from engine.accounts.sign_in import Entrance, TooManyAttempts

__all__ = ["Account", "Entrance", "Lifetime", "People", "Session", "Sessions", "TooManyAttempts"]
