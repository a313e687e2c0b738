"""What the pages about accounts show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

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
class CodePage:
    """The second step of signing in. `carried` proves the first; the rest is as on the log-in page."""

    carried: str = field(repr=False)
    next: str = "/"
    kept: Kept | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class PasswordPage:
    """Changing one's own password; `due` says that it must be done before anything else."""

    login: str
    due: bool
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A session in a list of them: browser, address, since when, when last used. `own` is that of this request."""

    id: str
    icon: str
    browser: str
    address: str
    since: str
    since_moment: str
    seen: str
    seen_moment: str
    own: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One's own account: where one is signed in, and whether codes are asked for.

    `hand_over_url` is where one hands over one's records; "" for whoever may not.
    """

    login: str
    places: tuple[PlaceLine, ...]
    second_factor: bool
    recovery_left: int = 0
    hand_over_url: str = ""


@dataclass(frozen=True, slots=True)
class SecondFactorPage:
    """Setting up or removing the second step.

    Attributes:
        on: whether codes are asked for.
        recovery_left: how many recovery codes are left.
        error: what was wrong with the password or the code.
        wanted: which of the forms the error belongs to.
    """

    on: bool
    recovery_left: int = 0
    error: str = ""
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class OfferPage:
    """A secret to take over into an app, shown once: as a QR code and as text in groups of four."""

    drawing: Markup = field(repr=False)
    secret: str = field(repr=False)
    error: str = ""


@dataclass(frozen=True, slots=True)
class RecoveryPage:
    """Recovery codes, shown once."""

    codes: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class UserLine:
    """One user in the list; `second_factor` says that a code is asked for."""

    id: int
    name: str
    login: str
    initials: str
    role: str
    groups: str
    state: str
    second_factor: bool
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
