"""Passwords: which are accepted, and their argon2id hashes. How argon2 works is argon2-cffi's business."""

from __future__ import annotations

import secrets
import string
import threading
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.problems import Problem, problem

SHORTEST = 8
LONGEST = 200
HASHER = PasswordHasher()
# Every hash takes 64 MiB while it is made; many log-ins at once queue instead of exhausting the memory.
_FEW_AT_ONCE = threading.BoundedSemaphore(2)
_STAND_IN: dict[int, str] = {}
# No letters that are mistaken for another when read aloud or copied from paper.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
_OWN_WORDS = frozenset((
    "kartoteka", "administrator", "йцукенгш", "йцукен", "пароль", "парольпароль", "любовь", "salasana", "parola",
    "parolamea", "fjalekalim", "fjalëkalim",
))  # fmt: skip
"""What is common in the languages of this program, and not in the list, which was collected in English."""
MOST_ADDED = 4
"""So many digits and signs at the end do not make a common password another one."""


def check_password(password: str, login: str, *, field: str = "password") -> Problem | None:
    """What is wrong with a new password."""
    if len(password) < SHORTEST:
        return problem("password-too-short", path=(field,), minimum=SHORTEST)
    if len(password) > LONGEST:
        return problem("too-long", path=(field,), length=len(password), maximum=LONGEST)
    plain = password.casefold()
    if _is_common(plain) or plain == login.casefold() or len(set(plain)) < 3:
        return problem("password-too-common", path=(field,))
    return None


def _is_common(plain: str) -> bool:
    """Whether it is one of the 30,000 passwords that people have most, or one of those with something at the end."""
    stem = plain.rstrip(string.digits + string.punctuation)
    known = _common()
    return plain in known or (len(plain) - len(stem) <= MOST_ADDED and stem in known)


@lru_cache
def _common() -> frozenset[str]:
    # A tenth of a second and two megabytes, which only whoever sets a password spends.
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # noqa: PLC0415

    return frozenset(FREQUENCY_LISTS["passwords"]) | _OWN_WORDS


def hash_password(password: str) -> str:
    with _FEW_AT_ONCE:
        return HASHER.hash(_normal(password))


def fits(hashed: str | None, password: str) -> bool:
    """Whether the password has this hash. Without a hash it takes as long as with a wrong one, and is False."""
    known = hashed or _stand_in()
    with _FEW_AT_ONCE:
        try:
            HASHER.verify(known, _normal(password[: LONGEST + 1]))
        except (VerificationError, InvalidHashError):
            return False
    return hashed is not None


def is_outdated(hashed: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return HASHER.check_needs_rehash(hashed)


def one_time_password() -> str:
    """A password for one log-in: easy to read out, impossible to guess."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))


def _normal(password: str) -> str:
    # The same keys pressed on another system may give another form of the same letters.
    return unicodedata.normalize("NFKC", password)


def _stand_in() -> str:
    key = id(HASHER)
    if key not in _STAND_IN:
        _STAND_IN[key] = HASHER.hash(secrets.token_hex(8))
    return _STAND_IN[key]
