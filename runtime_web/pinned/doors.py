"""What somebody has pinned to the home page, whatever it is: doors to reports and views, and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from engine.records import Records
from engine.saved import Pin
from runtime_web.pinned.reports import pins, report_door
from runtime_web.pinned.views import number_card, pinned_view, view_door
from runtime_web.reports.saving import named_report
from runtime_web.request import current_language, current_locale
from runtime_web.views.home import NumberCard, PinnedDoor

Placed = TypeVar("Placed", PinnedDoor, NumberCard)


def pinned_doors(records: Records) -> tuple[PinnedDoor, ...]:
    """The doors to reports and views in the order of their person, each knowing its neighbours."""
    return _placed(_doors(records))


def number_cards(records: Records) -> tuple[NumberCard, ...]:
    """The numbers of views in the order of their person, counted now."""
    locale = current_locale()
    cards = (number_card(records, locale, pin) for pin in pins().all() if pin.kind == "number")
    return _placed(card for card in cards if card is not None)


def is_pinnable(records: Records, pin: Pin) -> bool:
    """Whether there is something for this reader that a pin names."""
    if pin.kind == "report":
        return named_report(records, pin.name) is not None
    return pinned_view(records, current_language(), pin) is not None


def _doors(records: Records) -> Iterator[PinnedDoor]:
    for pin in pins().all():
        if pin.kind == "number":
            continue
        door = report_door(records, pin) if pin.kind == "report" else view_door(records, current_language(), pin)
        if door is not None:
            yield door


def _placed(found: Iterator[Placed]) -> tuple[Placed, ...]:
    every: tuple[Placed, ...] = tuple(found)
    keys = ["", *(one.key for one in every), ""]
    return tuple(replace(one, before=keys[at], after=keys[at + 2]) for at, one in enumerate(every))
