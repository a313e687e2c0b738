"""Worlds: a trade under generated roles, its records, and what a brute-force reading of the roles says is hidden.

The oracle knows nothing of `engine.rights`: it reads grants and restrictions as the documentation explains them, one
record and one field at a time.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from engine.model import Configuration

VIEWER, OTHER = 1, 2
"""Users: the one who looks, and another."""
Row = Mapping[str, Any]
CONDITIONS: dict[str, dict[str, Callable[[Row], bool]]] = {
    "client": {
        "manager = USER()": lambda row: row["manager"] == VIEWER,
        'city = "Oslo"': lambda row: row["city"] == "Oslo",
        "NOT vip": lambda row: not row["vip"],
    },
    "product": {
        'name <> "Axe"': lambda row: row["name"] != "Axe",
        "price >= 10": lambda row: (row["price"] or 0) >= 10,
    },
    "order": {
        "manager = USER()": lambda row: row["manager"] == VIEWER,
        'status = "paid"': lambda row: row["status"] == "paid",
        'note = "x" or manager = USER()': lambda row: row["note"] == "x" or row["manager"] == VIEWER,
    },
}
"""Conditions as roles write them, and what they mean."""
FIELDS: dict[str, tuple[str, ...]] = {
    "client": ("name", "city", "manager", "vip", "secret", "tags", "papers"),
    "product": ("name", "price", "cost"),
    "order": ("client", "manager", "status", "note", "paid_on", "lines"),
}
"""The fields that people fill in, those of lines apart."""
LINE_FIELDS = ("product", "quantity", "price", "cost")
ENTITIES: dict[str, Any] = {
    "client": {
        "fields": {
            "name": {"type": "text"},
            "city": {"type": "text"},
            "manager": {"type": "user"},
            "vip": {"type": "boolean"},
            "secret": {"type": "text"},
            "tags": {"type": "multi_reference", "to": "product"},
            "papers": {"type": "file"},
            "orders": {"type": "related", "of": "order", "by": "client"},
            "turnover": {"type": "money", "currency": "EUR", "formula": "SUM(orders.total)"},
            "label": {"type": "text", "formula": "name & secret"},
            "since": {"type": "integer", "formula": "IF(vip, YEAR(TODAY()), 1)"},
        },
        "colors": [{"where": 'secret = "gold"', "color": "yellow"}, {"where": "vip", "color": "blue"}],
        "views": {
            "all": {"columns": ["name", "city", "manager", "secret", "turnover", "label"], "sort": ["name"]},
            "gold": {"columns": ["name"], "where": 'secret = "gold"'},
            "busy": {"columns": ["name"], "where": "COUNT(orders) > 0", "sort": ["-city"]},
        },
        "card": [
            {
                "tab": "Main",
                "sections": [{"columns": [["name", "city", "manager", "vip"], ["secret", "label", "papers"]]}],
            },
            {"tab": "Vip", "visible_if": 'secret = "gold"', "sections": [{"columns": ["turnover", "since", "tags"]}]},
            {"tab": "Orders", "sections": [{"related": "orders", "where": "margin > 5"}, {"related": "orders"}]},
        ],
    },
    "product": {
        "fields": {
            "name": {"type": "text"},
            "price": {"type": "money", "currency": "EUR"},
            "cost": {"type": "money", "currency": "EUR"},
            "gain": {"type": "money", "currency": "EUR", "formula": "price - cost"},
        }
    },
    "order": {
        "kind": "document",
        "title": "number & ' ' & client.name",
        "fields": {
            "number": {"type": "sequence", "mask": "{####}"},
            "client": {"type": "reference", "to": "client"},
            "manager": {"type": "user"},
            "status": {"type": "choice", "options": ["new", "paid"]},
            "note": {"type": "text", "visible_if": 'client.secret <> "gold"'},
            "paid_on": {"type": "date", "readonly_if": "margin > 5"},
            "lines": {"type": "lines", "of": "order_line"},
            "total": {"type": "money", "currency": "EUR", "formula": "SUM(lines.amount)"},
            "margin": {"type": "money", "currency": "EUR", "formula": "total - SUM(lines.cost)"},
            "city": {"type": "text", "formula": "client.city"},
            "late": {"type": "boolean", "formula": "paid_on < TODAY() and margin > 5"},
        },
        "views": {
            "all": {"columns": ["number", "client", "total", "margin", "note", "city"], "sort": ["-number"]},
            "board": {"kind": "kanban", "by": "status", "columns": ["number", "client", "margin", "note"]},
            "days": {"kind": "calendar", "by": "paid_on", "columns": ["number", "client", "note"]},
        },
    },
    "order_line": {
        "kind": "child",
        "fields": {
            "product": {"type": "reference", "to": "product"},
            "quantity": {"type": "integer"},
            "price": {"type": "money", "currency": "EUR"},
            "cost": {"type": "money", "currency": "EUR"},
            "amount": {"type": "money", "currency": "EUR", "formula": "quantity * price"},
        },
    },
}


REPORTS = {
    "cities": {
        "of": "order",
        "rows": [{"field": "client.city"}],
        "columns": [{"field": "status"}],
        "values": {"total": {"field": "total"}, "margin": {"field": "margin", "aggregate": "max"}},
    },
    "hushed": {"of": "order", "where": 'note = "hush" or margin > 5', "rows": [{"field": "status"}]},
    "asked": {"of": "order", "filters": {"who": {"field": "client", "ask": True}, "note": {"field": "note"}}},
    "gains": {"of": "product", "rows": [{"field": "name"}], "values": {"cost": {"field": "cost"}}},
}
"""Reports that the viewer may see, or not."""
KEPT: Mapping[int, tuple[int, str, str]] = {
    100000001: (OTHER, "everyone", "cities"),
    100000002: (OTHER, "everyone", "hushed"),
    100000003: (OTHER, "", "cities"),
    100000004: (OTHER, "nobody", "cities"),
    100000005: (VIEWER, "", "cities"),
}
"""Saved reports by number: whose they are, the role they are shared with, and which of the reports they are like."""
ANOTHERS = (100000003, 100000004)
"""Those of them that the viewer cannot see, whatever their roles are."""
DASHBOARDS = {
    "board": {
        "tiles": {
            "cities": {"report": "cities", "show": "bar"},
            "hushed": {"report": "hushed"},
            "gains": {"report": "gains", "show": "number"},
            "busy": {
                "number": {"of": "order", "where": 'note = "hush"', "value": {"field": "margin"}},
                "label": "Margin",
            },
            "clients": {"number": {"of": "client"}},
        }
    },
    "gains": {"tiles": {"gains": {"report": "gains"}}},
}
"""Dashboards of which the viewer may see some tiles, or none."""
BOARDS: Mapping[int, tuple[int, str | None, str, tuple[str, ...]]] = {
    200000001: (VIEWER, None, "", ("cities", "hushed", "gains", *map(str, KEPT))),
    200000002: (VIEWER, "board", "", ("gains",)),
    200000003: (OTHER, None, "", ("cities",)),
    200000004: (OTHER, "board", "", ("cities",)),
    200000005: (OTHER, None, "everyone", ("cities", "hushed", "gains", *map(str, KEPT))),
    200000006: (OTHER, None, "nobody", ("cities",)),
}
"""Dashboards that people have made or arranged, by number: who, which of the configuration they arrange, with which role
they are shared, and the reports of added tiles."""

VIEWS: Mapping[int, tuple[int, str, str, str]] = {
    300000001: (OTHER, "everyone", "client", "f=city:contains:o&sort=-name"),
    300000002: (OTHER, "everyone", "client", "f=secret:contains:g&sort=secret"),
    300000003: (OTHER, "", "client", "q=hush"),
    300000004: (OTHER, "nobody", "client", "q=gold"),
    300000005: (VIEWER, "", "order", "f=client.secret:contains:g&f=margin:ge:1&sort=margin"),
    300000006: (OTHER, "everyone", "order", "f=client:any_of:1,2&sort=note"),
    300000007: (OTHER, "everyone", "nonsense", "q=hush"),
}
"""Saved views by number: whose they are, the role they are shared with, of which list, and what its address says."""
UNSEEN_VIEWS = (300000003, 300000004)
"""Those of them that the viewer cannot see, whatever their roles are."""


@st.composite
def grants(draw: st.DrawFn, entity: str) -> dict[str, Any]:
    """One grant: with or without a condition, with some fields hidden, always or under a condition."""
    conditions = sorted(CONDITIONS[entity])
    can = draw(st.sampled_from([["read"], ["read", "export"], ["all"], ["read", "create", "update", "delete"]]))
    found: dict[str, Any] = {"entity": entity, "can": can}
    where = draw(st.sampled_from([None, *conditions]))
    if where:
        found["where"] = where
    names = [*FIELDS[entity], *([f"lines.{name}" for name in LINE_FIELDS] if entity == "order" else [])]
    hidden = draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
    rights = [
        draw(st.sampled_from(["hidden", "hidden", {"hidden_if": draw(st.sampled_from(conditions))}])) for _ in hidden
    ]
    if hidden:
        found["fields"] = dict(zip(hidden, rights, strict=True))
    return found


@st.composite
def configurations(draw: st.DrawFn) -> dict[str, Any]:
    """The trade under one or two roles that the viewer has, and perhaps a restriction for everybody."""
    roles: dict[str, Any] = {}
    for name in ("first", "second")[: draw(st.integers(1, 2))]:
        listed = [
            draw(grants(entity))
            for entity in ("client", "product", "order")
            if draw(st.integers(0, 3)) or entity == "client"
        ]
        roles[name] = {"grants": listed}
    if draw(st.booleans()):
        where = draw(st.sampled_from(sorted(CONDITIONS["order"])))
        roles["everyone"] = {"restrictions": [{"entity": "order", "where": where}]}
    shown = {"reports": REPORTS, "dashboards": DASHBOARDS}
    return {"kartoteka": 1, "name": "world", "entities": copy.deepcopy(ENTITIES), "roles": roles, **shown}


@dataclass(frozen=True)
class Oracle:
    """What the viewer may see, read off the roles."""

    described: Mapping[str, Any]

    @property
    def roles(self) -> Iterator[Mapping[str, Any]]:
        yield from self.described["roles"].values()

    def _reading(self, entity: str, row: Row) -> list[Mapping[str, Any]]:
        """The grants by which a record is seen."""
        return [
            grant
            for role in self.roles
            for grant in role.get("grants", ())
            if grant["entity"] == entity and ("where" not in grant or CONDITIONS[entity][grant["where"]](row))
        ]

    def sees(self, entity: str, row: Row) -> bool:
        """Whether a record is there for the viewer."""
        held = all(
            CONDITIONS[entity][one["where"]](row)
            for role in self.roles
            for one in role.get("restrictions", ())
            if one["entity"] == entity
        )
        return held and bool(self._reading(entity, row))

    def reads(self, entity: str, row: Row, name: str) -> bool:
        """Whether a field of a record that is seen may be read; lines are named like lines.cost."""
        ways = (name, name.partition(".")[0])
        return any(all(self._open(entity, row, grant, way) for way in ways) for grant in self._reading(entity, row))

    def _open(self, entity: str, row: Row, grant: Mapping[str, Any], name: str) -> bool:
        right = grant.get("fields", {}).get(name)
        if isinstance(right, dict):
            return not CONDITIONS[entity][right["hidden_if"]](row)
        return bool(right != "hidden")

    def shown(self, entity: str, row: Row) -> Row | None:
        """What of a record's own values the viewer may read; None where they may not see it."""
        if not self.sees(entity, row):
            return None
        found = {name: row.get(name) for name in FIELDS[entity] if name != "lines" and self.reads(entity, row, name)}
        if entity == "order" and self.reads(entity, row, "lines"):
            found["lines"] = [
                {name: line.get(name) for name in LINE_FIELDS if self.reads(entity, row, f"lines.{name}")}
                for line in row["lines"]
            ]
        return found


def valid(described: Mapping[str, Any]) -> Configuration:
    return Configuration.model_validate(described)
