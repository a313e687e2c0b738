"""The journal of calls, letters and visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from engine.demo.batch import Batch, Scale, Table
from engine.demo.chance import Chance
from engine.demo.clients import Client, Registered
from engine.demo.seasons import days

_CHANNELS = ("phone", "phone", "phone", "phone", "email", "email", "email", "message", "message", "meeting", "visit")
_MINUTES = {"phone": (2, 25), "meeting": (30, 90), "visit": (45, 150)}


def events(scale: Scale, seed: int, until: date, clients: list[Client], registered: Registered) -> Iterator[Batch]:
    """What was said with whom, in the client's language, mostly by the client's own manager."""
    chance, spoken = Chance(seed, "journal"), Chance(seed, "spoken with")
    table = Table(
        "contact_event", "client", "date", "channel", "summary", "details", "duration", "employee", "colleagues",
        "next_contact", "person",
    )  # fmt: skip
    for day in days(scale.events, until):
        known = registered.count(day.date)
        for begun in sorted(_moment(chance, day.date) for _ in range(day.count)):
            row = registered.row(known)
            client = clients[row - 1]
            person = spoken.pick(client.contacts) if client.contacts and spoken.happens(0.6) else None
            table.rows.append((row, begun, *_event(chance, scale, client, day.date), person))
        if table.full:
            yield table.batch()
    if table.rows:
        yield table.batch()


def _moment(chance: Chance, day: date) -> datetime:
    return datetime.combine(day, time(chance.between(6, 14), 5 * chance.below(12)), UTC)


def _event(chance: Chance, scale: Scale, client: Client, day: date) -> tuple[object, ...]:
    channel = chance.pick(_CHANNELS)
    minutes = _MINUTES.get(channel)
    employee = client.manager if chance.happens(0.8) else chance.between(2, scale.employees)
    colleague = chance.between(1, scale.employees)
    country = client.country
    together = channel in ("meeting", "visit") and colleague != employee
    return (
        channel,
        chance.pick(country.talks),
        f"{chance.pick(country.talks)}\n{chance.pick(country.remarks)}" if chance.happens(0.15) else None,
        timedelta(minutes=chance.between(*minutes)) if minutes else None,
        employee,
        (colleague,) if together and chance.happens(0.5) else None,
        day + timedelta(days=chance.between(3, 60)) if chance.happens(0.25) else None,
    )
