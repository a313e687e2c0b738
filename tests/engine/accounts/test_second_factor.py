"""The second step of signing in: what opens, how often, and who may take it away."""

from __future__ import annotations

import pyotp
import pytest
from sqlalchemy import text

from engine.accounts import Account, CodeNeeded, Entrance, Offer, People, SecondFactors, TooManyAttempts
from engine.accounts import second_factor as module
from engine.problems import Refused
from engine.storage import Database

PASSWORD = "three quiet herons"
KEY = "the server's own key, which is long enough"
HERE = "192.0.2.1"


class Clock:
    """The step of the moment, which a test moves; and the code that an app shows at it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.step = 58_000_000
        monkeypatch.setattr(module, "_step", lambda: self.step)

    def code(self, offer: Offer, ahead: int = 0) -> str:
        return pyotp.TOTP(offer.secret).generate_otp(self.step + ahead)

    def wait(self, steps: int = 1) -> None:
        self.step += steps


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def ben(database: Database) -> Account:
    people = People(database)
    people.add("ben", "Ben", password=PASSWORD)
    return account(database, "ben")


def account(database: Database, login: str) -> Account:
    found = People(database).named(login)
    assert found
    return found


def set_up(database: Database, ben: Account, clock: Clock) -> tuple[Offer, tuple[str, ...]]:
    factors = SecondFactors(database, KEY)
    offer = factors.offer(ben, "Shop")
    codes = factors.confirm(ben, clock.code(offer))
    clock.wait()
    return offer, codes


def mark_of(entrance: Entrance, login: str = "ben", password: str = PASSWORD) -> str:
    with pytest.raises(CodeNeeded) as needed:
        entrance.sign_in(login, password, address=HERE)
    assert needed.value.account.login == login
    return needed.value.mark


def refusal(entrance: Entrance, mark: str, code: str, address: str = HERE) -> str:
    with pytest.raises(Refused) as refused:
        entrance.confirm(1, mark, code, address=address)
    return refused.value.problems[0].code


@pytest.mark.usefixtures("database_url")
def test_nothing_is_asked_until_a_code_was_confirmed(database: Database, ben: Account, clock: Clock) -> None:
    factors, entrance = SecondFactors(database, KEY), Entrance(database, KEY)
    offer = factors.offer(ben, "Shop")
    assert offer.address == f"otpauth://totp/Shop:ben?secret={offer.secret}&issuer=Shop"
    with pytest.raises(Refused):
        factors.confirm(ben, "000000")
    assert entrance.sign_in("ben", PASSWORD, address=HERE) == ben
    codes = factors.confirm(ben, clock.code(offer))
    assert len(set(codes)) == 10
    assert factors.is_on(ben.id)
    assert factors.users() == {ben.id}
    clock.wait()
    mark = mark_of(entrance)
    assert entrance.confirm(ben.id, mark, clock.code(offer), address=HERE) == ben


def test_a_new_offer_replaces_one_that_was_not_confirmed(database: Database, ben: Account, clock: Clock) -> None:
    factors = SecondFactors(database, KEY)
    first, second = factors.offer(ben, "Shop"), factors.offer(ben, "Shop")
    with pytest.raises(Refused):
        factors.confirm(ben, clock.code(first))
    factors.confirm(ben, clock.code(second))
    for again in (lambda: factors.offer(ben, "Shop"), lambda: factors.confirm(ben, clock.code(second, 1))):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.problems[0].code == "second-factor-on"


@pytest.mark.usefixtures("database_url")
def test_a_code_opens_once(database: Database, ben: Account, clock: Clock) -> None:
    offer, _ = set_up(database, ben, clock)
    entrance = Entrance(database, KEY)
    mark, code = mark_of(entrance), clock.code(offer)
    entrance.confirm(ben.id, mark, code, address=HERE)
    assert refusal(entrance, mark, code) == "code-wrong"
    assert refusal(entrance, mark, clock.code(offer, -1)) == "code-wrong"
    clock.wait()
    entrance.confirm(ben.id, mark, clock.code(offer), address=HERE)


def test_clocks_may_differ_by_half_a_minute(database: Database, ben: Account, clock: Clock) -> None:
    offer, _ = set_up(database, ben, clock)
    factors = SecondFactors(database, KEY)
    clock.wait(10)
    assert not factors.accepts(ben.id, clock.code(offer, -2))
    assert not factors.accepts(ben.id, clock.code(offer, 2))
    assert factors.accepts(ben.id, clock.code(offer, -1))
    assert factors.accepts(ben.id, clock.code(offer, 1))


def test_a_code_may_be_typed_with_a_space(database: Database, ben: Account, clock: Clock) -> None:
    offer, _ = set_up(database, ben, clock)
    code = clock.code(offer)
    assert SecondFactors(database, KEY).accepts(ben.id, f" {code[:3]} {code[3:]} ")


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "१२३४५६", "0" * 5000])
def test_what_is_no_code_opens_nothing(database: Database, ben: Account, clock: Clock, code: str) -> None:
    set_up(database, ben, clock)
    assert not SecondFactors(database, KEY).accepts(ben.id, code)


@pytest.mark.usefixtures("database_url")
def test_a_recovery_code_opens_once_and_new_ones_replace_the_others(
    database: Database, ben: Account, clock: Clock
) -> None:
    with pytest.raises(Refused):
        SecondFactors(database, KEY).renew_recovery(ben)
    _, codes = set_up(database, ben, clock)
    entrance, factors = Entrance(database, KEY), SecondFactors(database, KEY)
    mark = mark_of(entrance)
    entrance.confirm(ben.id, mark, codes[0].upper().replace("-", " "), address=HERE)
    assert refusal(entrance, mark, codes[0]) == "code-wrong"
    assert factors.recovery_left(ben.id) == 9
    fresh = factors.renew_recovery(ben)
    assert factors.recovery_left(ben.id) == 10
    assert refusal(entrance, mark, codes[1]) == "code-wrong"
    entrance.confirm(ben.id, mark, fresh[3], address=HERE)


@pytest.mark.usefixtures("database_url")
def test_wrong_codes_are_limited_and_the_password_does_not_forgive_them(
    database: Database, ben: Account, clock: Clock
) -> None:
    offer, _ = set_up(database, ben, clock)
    entrance = Entrance(database, KEY)
    for number in range(10):
        mark = mark_of(entrance)
        assert refusal(entrance, mark, "000000", address=f"10.0.0.{number}") == "code-wrong"
    with pytest.raises(TooManyAttempts):
        entrance.confirm(ben.id, mark_of(entrance), clock.code(offer), address="198.51.100.7")


def test_a_password_that_was_changed_meanwhile_opens_nothing(database: Database, ben: Account, clock: Clock) -> None:
    offer, _ = set_up(database, ben, clock)
    entrance, people = Entrance(database, KEY), People(database)
    mark = mark_of(entrance)
    people.set_password(ben.id, "another good one")
    assert refusal(entrance, mark, clock.code(offer)) == "sign-in-again"
    mark = mark_of(entrance, password="another good one")
    people.set_active(ben.id, active=False)
    assert refusal(entrance, mark, clock.code(offer)) == "sign-in-again"
    with pytest.raises(Refused):
        entrance.confirm(99, mark, clock.code(offer), address=HERE)


@pytest.mark.usefixtures("database_url")
def test_nothing_in_the_database_makes_codes(database: Database, ben: Account, clock: Clock) -> None:
    offer, codes = set_up(database, ben, clock)
    with database.read() as connection:
        kept = str(connection.execute(text("SELECT * FROM _second_factor")).all())
        kept += str(connection.execute(text("SELECT * FROM _recovery_code")).all())
    assert offer.secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    assert offer.secret not in repr(offer)


def test_with_another_key_of_the_server_recovery_codes_still_open(
    database: Database, ben: Account, clock: Clock
) -> None:
    offer, codes = set_up(database, ben, clock)
    factors = SecondFactors(database, "a key that was made anew, and is as long")
    assert not factors.accepts(ben.id, clock.code(offer))
    assert factors.accepts(ben.id, codes[0])


@pytest.mark.usefixtures("database_url")
def test_it_is_removed_by_oneself_or_by_who_may_as_much(database: Database, ben: Account, clock: Clock) -> None:
    people, factors = People(database), SecondFactors(database, KEY)
    people.add("ana", "Ana", administrator=True)
    people.add("eve", "Eve", roles=["managers"])
    people.set_roles(ben.id, ["directors"])
    ben = account(database, "ben")
    set_up(database, ben, clock)
    with pytest.raises(Refused) as refused:
        factors.remove(ben, by=account(database, "eve"))
    assert refused.value.problems[0].code == "account-beyond-own"
    assert factors.is_on(ben.id)
    factors.remove(ben, by=account(database, "ana"))
    assert not factors.is_on(ben.id)
    assert factors.recovery_left(ben.id) == 0
    assert Entrance(database, KEY).sign_in("ben", PASSWORD, address=HERE).id == ben.id
    set_up(database, ben, clock)
    factors.remove(ben, by=ben)
    assert not factors.is_on(ben.id)
