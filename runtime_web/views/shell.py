"""What the frame of every page shows: `Shell` is what its parts are made of, `Frame` the parts once made."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from runtime_web.look import Look


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One line of a menu. `name` is the entity's, or a slash and what the page is called in code."""

    name: str
    label: str
    icon: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in."""

    name: str
    login: str
    initials: str
    administrator: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """What the parts of the frame show: `shell` in templates/html/frame.

    Attributes:
        application: what the program is called, from the configuration's label.
        initial: its first letter, for the mark beside it.
        language: code of the language of this page.
        languages: (code, own name) of each language one can choose.
        look: theme, density and width of the menu.
        accent_url: the style sheet of the accent colour.
        person: who is signed in; None on the pages before that.
        menu: home and the entities.
        administration: what only administrators have.
        bottom: the four entries of a phone's bar.
        rest: what stands behind “more” there.
    """

    application: str
    initial: str
    language: str
    languages: tuple[tuple[str, str], ...]
    look: Look
    accent_url: str
    person: Person | None = None
    menu: tuple[MenuEntry, ...] = ()
    administration: tuple[MenuEntry, ...] = ()

    @property
    def bottom(self) -> tuple[MenuEntry, ...]:
        return self.menu[1:5]

    @property
    def rest(self) -> tuple[MenuEntry, ...]:
        return (self.menu[0], *self.menu[5:], *self.administration) if self.menu else ()


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame around a page: `frame` in every template. Its parts are kept ready, only the token is always new.

    Attributes:
        language: code of the language of this page.
        look: theme, density and width of the menu.
        application: what the program is called.
        initial: its first letter.
        signed_in: whether there is a menu at all.
        token: the CSRF token.
        viewed: the name of the person with whose eyes an administrator looks; "" for nobody.
        skip: the text of the link to the content.
        head: links and scripts of every page.
        side: the menu at the left.
        find: the search box.
        person: the person's menu.
        bottom: the bar of a phone.
        languages: the choice of languages below the log-in.
        end: what stands at the end of every page.
    """

    language: str
    look: Look
    application: str
    initial: str
    signed_in: bool
    token: str
    viewed: str
    skip: str
    head: Markup
    side: Markup
    find: Markup
    person: Markup
    bottom: Markup
    languages: Markup
    end: Markup
