"""What happens to accounts and sessions stands in the audit log: who did it, to whom, and no secret."""

from __future__ import annotations

from collections.abc import Callable

import pyotp
import pytest

from engine.accounts import (
    Account,
    Changes,
    Entrance,
    Groups,
    Origin,
    People,
    SecondFactors,
    Sessions,
    TooManyAttempts,
)
from engine.audit import Audit, Line, Sought
from engine.problems import Refused
from engine.rights import SYSTEM, rights_of
from engine.storage import Database
from tests.shop import shop_configuration

PASSWORD = "three quiet herons"
ANA, BEN = 1, 2


@pytest.fixture
def people(database: Database) -> People:
    found = People(database)
    found.create_first("ana", "Ana", PASSWORD)
    found.add("ben", "Ben", password=PASSWORD)
    return found


def account(people: People, number: int) -> Account:
    found = people.get(number)
    assert found
    return found


def lines(people: People) -> list[Line]:
    found = Audit(people.database).lines(rights_of(shop_configuration(), SYSTEM), Sought(), limit=500)
    return [line for line in reversed(found) if line.event != "configuration-applied"]


def noted(people: People, act: Callable[[], object]) -> list[tuple[str, int | None, int | None, dict[str, str]]]:
    """What an act adds to the log."""
    before = len(lines(people))
    act()
    return [(line.event, line.by, line.subject, dict(line.details)) for line in lines(people)[before:]]


@pytest.mark.usefixtures("database_url")
def test_users_and_what_they_are_allowed(people: People) -> None:
    ana, groups = account(people, ANA), Groups(people.database)
    assert [(line.event, line.by, line.subject) for line in lines(people)] == [
        ("user-added", None, ANA),
        ("user-added", None, BEN),
    ]
    assert noted(people, lambda: people.add("eve", "Eve", roles=["sales"], by=ana)) == [
        ("user-added", ANA, 3, {"before": "", "after": "sales"})
    ]
    changes = Changes(name="Benjamin", administrator=True, roles=["stock"], links={"client": 7}, active=False)
    assert noted(people, lambda: people.change(BEN, changes, by=ana)) == [
        ("user-changed", ANA, BEN, {"before": "Ben", "after": "Benjamin"}),
        ("user-disabled", ANA, BEN, {}),
        ("roles-changed", ANA, BEN, {"before": "", "after": "(administrator), stock"}),
        ("link-changed", ANA, BEN, {"before": "", "after": "client 7"}),
    ]
    assert noted(people, lambda: people.change(BEN, changes, by=ana)) == []
    assert noted(people, lambda: people.set_active(BEN, active=True)) == [("user-enabled", None, BEN, {})]
    assert noted(people, lambda: groups.add("Store", ["drivers"], [BEN], by=ana)) == [
        ("groups-changed", ANA, None, {"added": "Store"}),
        (
            "roles-changed",
            ANA,
            BEN,
            {"before": "(administrator), stock", "after": "(administrator), drivers, stock"},
        ),
    ]
    assert noted(people, lambda: groups.remove(1, by=ana))[0] == ("groups-changed", ANA, None, {"removed": "Store"})


def test_what_is_refused_is_not_noted_as_done(people: People) -> None:
    def refused() -> None:
        with pytest.raises(Refused):
            people.change(ANA, Changes(name="Nobody", administrator=False))

    assert noted(people, refused) == []


@pytest.mark.usefixtures("database_url")
def test_signing_in_and_out(people: People) -> None:
    entrance, sessions = Entrance(people.database), Sessions(people.database)
    here = {"address": "192.0.2.1"}

    def fail(login: str) -> None:
        with pytest.raises(Refused):
            entrance.sign_in(login, "wrong", **here)

    assert noted(people, lambda: entrance.sign_in("ben", PASSWORD, **here)) == [("log-in", BEN, BEN, here)]
    assert noted(people, lambda: fail("ben")) == [("log-in-refused", None, BEN, here)]
    assert noted(people, lambda: fail("my secret password")) == [("log-in-refused", None, None, here)]
    ben = account(people, BEN)
    keys = [sessions.start(BEN, Origin("a browser", "192.0.2.1")) for _ in range(4)]
    assert noted(people, lambda: sessions.log_out(keys[0], ben)) == [("log-out", BEN, BEN, {})]
    (place, *_) = [place for place in sessions.places(BEN, keys[1]) if not place.own]
    assert noted(people, lambda: sessions.end_place(BEN, place.id, by=account(people, ANA))) == [
        ("session-ended", ANA, BEN, {"count": "1"})
    ]
    assert noted(people, lambda: sessions.end_place(BEN, place.id, by=ben)) == []
    assert noted(people, lambda: sessions.end_others(BEN, keys[1], by=ben)) == [
        ("session-ended", BEN, BEN, {"count": "1"})
    ]


def test_whoever_tries_without_end_does_not_fill_the_log(people: People) -> None:
    entrance = Entrance(people.database)
    before = len(lines(people))
    for _ in range(40):
        with pytest.raises((Refused, TooManyAttempts)):
            entrance.sign_in("ben", "wrong", address="192.0.2.1")
    assert len(lines(people)) == before + 10


@pytest.mark.usefixtures("database_url")
def test_passwords_and_the_second_step(people: People) -> None:
    ana, ben = account(people, ANA), account(people, BEN)
    factors, entrance = SecondFactors(people.database, "key"), Entrance(people.database, "key")
    assert noted(people, lambda: people.change_password(ben, PASSWORD, "another good one")) == [
        ("password-changed", BEN, BEN, {})
    ]
    assert noted(people, lambda: people.reset_password(BEN, by=ana)) == [("password-reset", ANA, BEN, {})]
    secret = factors.offer(ben, "Shop").secret
    assert noted(people, lambda: factors.confirm(ben, pyotp.TOTP(secret).now())) == [("second-factor-on", BEN, BEN, {})]
    people.set_password(BEN, PASSWORD, by=ben)

    def give_password_only() -> None:
        with pytest.raises(Exception, match="a code is needed"):
            entrance.sign_in("ben", PASSWORD, address="192.0.2.1")

    assert noted(people, give_password_only) == []
    assert noted(people, lambda: factors.remove(ben, by=ana)) == [("second-factor-off", ANA, BEN, {})]
    told = str([(line.event, line.details) for line in lines(people)])
    assert secret not in told
    assert PASSWORD not in told
    assert "another good one" not in told
