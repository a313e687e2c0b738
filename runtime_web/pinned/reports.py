"""Reports that are pinned to the home page, as doors to them; what is not there for its reader has none."""

from __future__ import annotations

from dataclasses import replace

from flask import g

from engine.fields.label import text_in
from engine.records import Records
from engine.saved import Pin, Pins
from runtime_web import addresses
from runtime_web.i18n import current_language
from runtime_web.reports.saving import named_report
from runtime_web.reports.table import report_label
from runtime_web.request import current_principal, workspace
from runtime_web.shell import entity_icon
from runtime_web.views.home import PinnedDoor
from runtime_web.views.saving import Keeping


def pins() -> Pins:
    """The pins of this person; one object a request."""
    if "pins" not in g:
        g.pins = Pins(workspace().database, current_principal())
    held: Pins = g.pins
    return held


def report_door(records: Records, pin: Pin) -> PinnedDoor | None:
    """The door to a report; None where it is not there for this reader."""
    report = named_report(records, pin.name)
    if report is None:
        return None
    language, entity = current_language(), records.configuration.entities[report.of]
    return PinnedDoor(
        label=report_label(records.configuration, report, language),
        help=text_in(report.help, language, "") if report.help else "",
        of=entity.plural_in(language, report.of),
        icon=entity_icon(entity),
        url=addresses.report(pin.name),
        pin_url=addresses.pin(pin.kind, pin.name),
        key=pin_key(pin),
    )


def pin_key(pin: Pin) -> str:
    """How a form names something that is pinned."""
    return f"{pin.kind}/{pin.name}"


def pinnable(keeping: Keeping | None, name: str) -> Keeping | None:
    """What may be done with a report that has an address of its own, where that is pinned or can be."""
    if keeping is None or not name:
        return keeping
    return replace(keeping, pin_url=addresses.pin("report", name), pinned=Pin("report", name) in pins().all())
