"""Who may use the program: users with their roles, groups, passwords and preferences, sessions, failed log-ins,
and the tokens of programs.

Users live in the database, not in the configuration; what their roles grant stands there. Passwords are kept as
argon2id hashes, keys of sessions as digests. Whoever asks for a change of other people's accounts must have checked
that somebody who manages users asks; pages do that in one place. That nobody gives more than they have is held here.
"""

from engine.accounts.account import Account
from engine.accounts.groups import Group, Groups
from engine.accounts.people import Changes, People
from engine.accounts.second_factor import Offer, SecondFactors
from engine.accounts.sessions import Lifetime, Origin, Place, Session, Sessions
from engine.accounts.sign_in import CodeNeeded, Entrance, TooManyAttempts
from engine.accounts.standing import check_reach
from engine.accounts.tokens import Bearer, Token, Tokens, Wish

__all__ = [
    "Account",
    "Bearer",
    "Changes",
    "CodeNeeded",
    "Entrance",
    "Group",
    "Groups",
    "Lifetime",
    "Offer",
    "Origin",
    "People",
    "Place",
    "SecondFactors",
    "Session",
    "Sessions",
    "Token",
    "Tokens",
    "TooManyAttempts",
    "Wish",
    "check_reach",
]
