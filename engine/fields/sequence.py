"""A number that the program gives to each new record, by a mask."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field as Key

from engine.fields.field import Value
from engine.fields.label import Flag
from engine.fields.text import Worded, one_line
from engine.problems import Unfit

Reset = Literal["never", "year", "month", "day"]
LONGEST = 60
LONGEST_MASK = 300
_TOKEN = re.compile(r"\{([^{}]*)\}")
_DATED = {"YYYY": r"(?P<year>\d{4})", "YY": r"(?P<short>\d{2})", "MM": r"(?P<month>\d{2})", "DD": r"(?P<day>\d{2})"}
_NEEDS: dict[str, tuple[str, ...]] = {
    "never": (), "year": ("YYYY",), "month": ("YYYY", "MM"), "day": ("YYYY", "MM", "DD"),
}  # fmt: skip


class SequenceField(Worded):
    """A running number in a mask, such as ORD-2026-00017: each saved record is one further, without gaps.

    Text outside braces stands as it is. `engine.records` draws the counter of a `period` while it saves.
    """

    type: Literal["sequence"]
    mask: Annotated[str, Key(min_length=1, max_length=LONGEST_MASK)] = Key(
        "{####}",
        description="Text with {YYYY}, {YY}, {MM}, {DD}, one counter such as {#####}, and expressions such as "
        "{=branch.code}, each of whose results is counted by itself.",
    )
    reset: Reset = Key("never", description="When counting begins anew: never, year, month or day.")
    start: Annotated[int, Key(ge=0, le=10**12)] = Key(1, description="The first number of each period.")
    unique: Flag = Key(True, description="Always true: no two records have the same number.")

    summary: ClassVar[str] = "A running number that the program gives: of an order, of an invoice."
    example: ClassVar[str] = '{type: sequence, mask: "ORD-{YYYY}-{#####}", reset: year}'
    typed_in: ClassVar[bool] = False
    takes_default: ClassVar[bool] = False

    def faults(self) -> Iterator[tuple[str, Unfit]]:
        yield from super().faults()
        if not self.unique:
            yield "unique", Unfit("key-unsuitable", key="unique: false", type="sequence")
        yield from (("mask", fault) for fault in mask_faults(self.mask, self.reset))

    def accept(self, value: Value) -> Value:
        return one_line(value, LONGEST)

    @cached_property
    def expressions(self) -> tuple[tuple[int, str], ...]:
        """Where each expression of the mask begins, and its text."""
        return tuple((token.start(1) + 1, token[1][1:]) for token in _TOKEN.finditer(self.mask) if token[1][:1] == "=")

    def period(self, date: dt.date, texts: tuple[str, ...] = ()) -> str:
        """The name of the stretch of time in which the numbers of this day count on: "", "2026", "2026-05", a day.

        `texts` are the results of the expressions, each of which has numbers of its own.
        """
        length = {"never": 0, "year": 4, "month": 7, "day": 10}[self.reset]
        return "|".join((date.isoformat()[:length], *texts))

    def text(self, date: dt.date, counter: int, texts: tuple[str, ...] = ()) -> str:
        """The number of a day's record; a counter that outgrows its places simply gets longer."""
        return self.template(date, texts).format(counter)

    def template(self, date: dt.date, texts: tuple[str, ...] = ()) -> str:
        """The mask of a day as a format string in which only the counter is open."""
        year, month, day = date.isoformat().split("-")
        dated = {"YYYY": year, "YY": year[2:], "MM": month, "DD": day}
        said = iter(texts)

        def filled(token: re.Match[str]) -> str:
            if token[1][:1] == "=":
                return next(said, "").replace("{", "{{").replace("}", "}}")
            return dated.get(token[1]) or f"{{:0{len(token[1])}d}}"

        return _TOKEN.sub(filled, self.mask)

    def counted(self, text: str) -> tuple[str, int] | None:
        """The period and counter of a number made by this mask, or None: imported numbers move the counter on."""
        found = self._pattern.fullmatch(text)
        if not found:
            return None
        parts = found.groupdict()
        parts.setdefault("year", f"20{parts.get('short', '')}")
        wanted = {"never": (), "year": ("year",), "month": ("year", "month"), "day": ("year", "month", "day")}
        texts = (text for name, text in parts.items() if name.startswith("said"))
        dated = "-".join(parts[part] for part in wanted[self.reset])
        return "|".join((dated, *texts)), int(parts["counter"])

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        pieces: list[str] = []
        for place, piece in enumerate(_TOKEN.split(self.mask)):
            if place % 2 == 0:
                pieces.append(re.escape(piece))
            elif piece[:1] == "=":
                pieces.append(f"(?P<said{place}>.*?)")
            elif piece in _DATED:
                # A date token may stand twice; a group may not.
                pieces.append(_DATED[piece] if _DATED[piece] not in pieces else r"\d+")
            else:
                pieces.append(rf"(?P<counter>\d{{{len(piece)},18}})")
        return re.compile("".join(pieces), re.ASCII)


def mask_faults(mask: str, reset: str) -> Iterator[Unfit]:
    """What is wrong with a mask: unknown tokens, not exactly one counter, or numbers that would come twice."""
    tokens = [token for token in _TOKEN.findall(mask) if token[:1] != "="]
    counters = [token for token in tokens if token and not token.strip("#")]
    unknown = [token for token in tokens if token not in _DATED and token not in counters]
    for token in unknown:
        yield Unfit(
            "mask-token-unknown", token=f"{{{token}}}", tokens="{YYYY}, {YY}, {MM}, {DD}, {#####}, {=expression}"
        )
    if re.search("[{}]", _TOKEN.sub("", mask)):
        yield Unfit("mask-brace-open")
    elif not unknown and not counters:
        yield Unfit("mask-without-counter")
    elif len(counters) > 1:
        yield Unfit("mask-with-two-counters")
    have = {*tokens, *(("YYYY",) if "YY" in tokens else ())}
    missing = [f"{{{token}}}" for token in _NEEDS[reset] if token not in have]
    if missing and not unknown:
        yield Unfit("mask-period-missing", period=reset, token=" ".join(missing))
