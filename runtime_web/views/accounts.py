"""What the pages about accounts show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from runtime_web.kept import Kept


@dataclass(frozen=True, slots=True)
class DoorPage:
    """A page before anybody has signed in: the log-in and the set-up.

    Attributes:
        login: the login name as typed.
        name: the person's name as typed (set-up).
        next: the path to go to afterwards.
        kept: a form that was sent after the session had expired.
        errors: sentences by the field they belong to; "" for those of no field.
        code: whether the set-up code is asked for.
    """

    login: str = ""
    name: str = ""
    next: str = "/"
    kept: Kept | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    code: bool = False


@dataclass(frozen=True, slots=True)
class PasswordPage:
    """Changing one's own password; `due` says that it must be done before anything else."""

    login: str
    due: bool
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UserLine:
    """One user in the list."""

    id: int
    name: str
    login: str
    initials: str
    role: str
    state: str
    active: bool
    own: bool


@dataclass(frozen=True, slots=True)
class UsersPage:
    """The list of users; `fresh` names whose one-time password is shown, which happens once."""

    users: tuple[UserLine, ...]
    fresh: FreshPassword | None = None


@dataclass(frozen=True, slots=True)
class FreshPassword:
    """A one-time password to hand over."""

    name: str
    login: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewUserPage:
    """The form for a new user, as typed."""

    name: str = ""
    login: str = ""
    administrator: bool = False
    errors: Mapping[str, str] = field(default_factory=dict)
