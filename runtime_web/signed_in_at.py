"""The places a person is signed in at, as pages show them."""

from __future__ import annotations

from engine.accounts import Place
from runtime_web.browsers import browser_icon, browser_name
from runtime_web.moments import when
from runtime_web.person import current_session, workspace
from runtime_web.views.accounts import PlaceLine


def place_lines(user_id: int) -> tuple[PlaceLine, ...]:
    """Every living session of a person, that of this request first."""
    return tuple(_line(place) for place in workspace().sessions.places(user_id, current_session().key))


def _line(place: Place) -> PlaceLine:
    return PlaceLine(
        id=place.id,
        icon=browser_icon(place.origin.browser),
        browser=browser_name(place.origin.browser),
        address=place.origin.address,
        since=when(place.created_at),
        since_moment=place.created_at.isoformat(timespec="seconds"),
        seen=when(place.seen_at),
        seen_moment=place.seen_at.isoformat(timespec="seconds"),
        own=place.own,
    )
