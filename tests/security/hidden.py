"""A trade in which one word stands wherever Ann may not look, and how what she is answered is compared."""

from __future__ import annotations

import copy
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

from werkzeug.test import TestResponse

from engine.files import Files
from engine.model import Configuration
from engine.records import Edit, LineEdit, Records
from engine.rights import SYSTEM
from tests.archive import picture
from tests.guarded import GUARDED, as_person, order
from tests.noninterference.visits import received
from tests.runtime_web.api.caller import Answer, Caller, caller
from tests.runtime_web.trade import NUMBERS, open_trade
from tests.runtime_web.visitor import Site, Visitor

CANARY = "quokkaword"
"""Stands in every place that Ann may not see; nothing that she receives holds it."""
AMOUNT = Decimal("7391.53")
"""The same of amounts."""
GOOD = "gooseword"
"""Stands where she may look, so that a page that shows nothing is no success."""
PNG = "PNG"


def configuration(**changes: Any) -> Configuration:
    """The guarded trade with files: papers of clients that managers may not read, and papers of orders."""
    found = copy.deepcopy(GUARDED)
    entities, roles = found["entities"], found["roles"]
    entities["client"]["fields"]["contract"] = {"type": "file"}
    entities["order"]["fields"] |= {"papers": {"type": "file"}, "scan": {"type": "image"}}
    manager = roles["manager"]["grants"]
    manager[1] = {
        "entity": "client",
        "can": ["read", "create", "export", "import"],
        "fields": {"secret": "hidden", "discount": "hidden", "contract": "hidden"},
    }
    manager[0]["can"].append("import")
    found.update(changes)
    return Configuration.model_validate(found)


@dataclass(frozen=True)
class Hidden:
    """The trade as a site, and what Ann receives of it: pages with a browser, answers with a token."""

    site: Site
    ann: Visitor
    program: Caller

    @property
    def all(self) -> Records:
        """Everything, as the system sees it."""
        return self.site.records

    def seen(self, *roles: str, number: int = 1) -> Records:
        """The records as Ann sees them, or with other roles."""
        return as_person(self.all, number, *(roles or ("manager",)))

    def get(self, path: str, **options: Any) -> Answer:
        """A page, or an answer to Ann's program."""
        if path.startswith("/api/v1"):
            return self.program.call("GET", path.removeprefix("/api/v1"), **options)
        return self.ann.get(path, **options)

    def post(self, path: str, form: dict[str, Any] | None = None) -> TestResponse:
        return self.ann.post(path, form, buffered=True)

    def same(self, path: str, hidden: object, ghost: object) -> None:
        """Asking for what is hidden is answered like asking for what never was, but for the word asked for."""
        words = str(hidden), str(ghost)
        first, second = (without(received(self.get(path.replace("{}", word))), *words) for word in words)
        assert first == second, f"{path}\n{difference(first.encode(), second.encode())}"

    def attach(self, entity: str, record_id: int, field: str, name: str, content: bytes) -> int:
        held = self.site.workspace
        files = Files(held.database, held.tables, held.files, SYSTEM)
        key = files.store(entity, field, name, io.BytesIO(content)).id
        self.all.update(entity, record_id, Edit({field: (key,)}))
        return key


def without(answer: bytes, *words: str) -> str:
    """An answer without the words that were asked for, which it gives back in addresses, texts and messages."""
    listed = "|".join(re.escape(word) for word in words)
    text = unquote_plus(answer.decode("utf-8", "replace"))
    return re.sub(rf"(?<![A-Za-z0-9_])(?:{listed})(?![A-Za-z0-9_])", "NAME", text)


def difference(first: bytes, second: bytes) -> str:
    """The first lines that differ."""
    pairs = zip(first.decode().splitlines(), second.decode().splitlines(), strict=False)
    found = [f"- {old[:300]}\n+ {new[:300]}" for old, new in pairs if old != new]
    return "\n".join(found[:3]) or "one is longer"


def open_hidden(url: str, folder: Path, **changes: Any) -> Iterator[Hidden]:
    """The trade with the canary in hidden fields, rows, files and history; Ann has client 1 and order 1."""
    site = open_trade(url, folder / "files", configuration(**changes))
    found = Hidden(site, site.visitor("ann"), caller(site, "ann"))
    place(found)
    yield found
    site.workspace.database.close()


def place(trade: Hidden) -> None:
    """Put the canary everywhere."""
    records = trade.all
    records.update("client", 1, Edit({"secret": CANARY, "discount": Decimal("0.7391"), "city": GOOD}))
    records.update("product", 1, Edit({"cost": AMOUNT}))
    (line,) = records.get("order", 1).lines["lines"]
    records.update("order", 1, Edit({}, lines={"lines": (LineEdit(line.id, {"cost": AMOUNT}),)}))
    # What was once there, and is hidden by what the record holds now.
    records.update("order", 1, Edit({"note": GOOD}))
    paid = order(records, 1, NUMBERS["ann"], note=f"{CANARY} then")
    records.update("order", paid, Edit({"note": f"{CANARY} now", "status": "paid"}))
    records.update("order", 2, Edit({"note": CANARY, "rebate": AMOUNT, "date": dt.date(2026, 3, 4)}))
    archived = order(records, 1, NUMBERS["ann"], note=CANARY)
    records.update("order", archived, Edit({"archived": True}))
    gone = order(records, 2, NUMBERS["bob"], note=CANARY)
    records.delete("order", [gone])
    trade.attach("client", 1, "contract", f"{CANARY}.txt", CANARY.encode())
    trade.attach("order", 2, "papers", f"{CANARY}.txt", CANARY.encode())
    trade.attach("order", 2, "scan", f"{CANARY}.png", picture(PNG))
    trade.attach("order", 1, "papers", f"{GOOD}.txt", GOOD.encode())
