"""What the pages about other people's accounts and about groups show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from runtime_web.views.accounts import PlaceLine


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role to tick; `through` names the groups that give it anyway."""

    name: str
    label: str
    ticked: bool
    through: str = ""


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """A group to tick, and the roles it gives in words."""

    id: int
    name: str
    ticked: bool
    roles: str


@dataclass(frozen=True, slots=True)
class MemberChoice:
    """A person to tick as a member of a group."""

    id: int
    name: str
    login: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """The record of one entity that stands for a person; `record_id` is "" for none."""

    entity: str
    label: str
    lookup_url: str
    record_id: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class UserForm:
    """What can be entered about a user, as it is or as it was typed.

    `everything` says that whoever enters it is an administrator, who may make others one too.
    """

    name: str = ""
    login: str = ""
    administrator: bool = False
    everything: bool = False
    roles: tuple[RoleChoice, ...] = ()
    groups: tuple[GroupChoice, ...] = ()
    links: tuple[LinkChoice, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UserPage:
    """One user: what they are allowed, how they sign in, where they are signed in.

    `hand_over_url` is where their records are handed over; "" for whoever may not.
    """

    id: int
    title: str
    form: UserForm
    active: bool
    own: bool
    state: str
    second_factor: bool
    places: tuple[PlaceLine, ...]
    may_view: bool = False
    hand_over_url: str = ""


@dataclass(frozen=True, slots=True)
class CopyPage:
    """Copying roles and groups to a user: from whom, and what would change.

    Attributes:
        id: whose roles change; `name` what they are called.
        people: from whom one can copy, as (number, name).
        source: who is chosen; 0 for nobody yet.
        source_name: what they are called.
        gets: what the user would get, `loses` and `keeps` likewise: roles and groups in words.
        state: what the preview was made from, so that nothing else is applied.
    """

    id: int
    name: str
    people: tuple[tuple[int, str], ...]
    source: int = 0
    source_name: str = ""
    gets: tuple[str, ...] = ()
    loses: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    state: str = ""
    error: str = ""

    @property
    def changes(self) -> bool:
        return bool(self.gets or self.loses)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group in the list."""

    id: int
    name: str
    roles: str
    members: str


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group, or the form for a new one (`id` 0)."""

    id: int
    name: str
    roles: tuple[RoleChoice, ...]
    members: tuple[MemberChoice, ...]
    errors: Mapping[str, str] = field(default_factory=dict)
