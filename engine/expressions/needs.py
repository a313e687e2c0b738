"""What a formula reads: values of its own record, and values in the rows of lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from formulas.scope import USER
from formulas.tree import Each, Node, Read, children


@dataclass(frozen=True, slots=True)
class Needs:
    """Dotted paths: of the record itself, and by the path of each list those of its rows. "" is the row itself."""

    own: frozenset[str]
    lists: Mapping[str, frozenset[str]]


def with_user(needs: Needs) -> Needs:
    """The needs without what is known of who asks: that is given, not read."""
    return Needs(frozenset(path for path in needs.own if not path.startswith(USER)), needs.lists)


def with_steps(needs: Needs) -> Needs:
    """The needs with every reference on the way to a value: what tells which record it was read from."""
    steps = {path.rsplit(".", number)[0] for path in needs.own for number in range(1, path.count(".") + 1)}
    return Needs(needs.own | steps, needs.lists)


def needs_of(trees: Iterable[Node]) -> Needs:
    """What these formulas read together."""
    own: set[str] = set()
    lists: dict[str, set[str]] = {}
    pending = [(tree, "") for tree in trees]
    while pending:
        node, root = pending.pop()
        if isinstance(node, Read):
            (lists.setdefault(root, set()) if node.row else own).add(node.path)
        elif isinstance(node, Each):
            root = node.root
            lists.setdefault(root, set())
        pending.extend((child, root) for child in children(node))
    return Needs(frozenset(own), MappingProxyType({root: frozenset(paths) for root, paths in lists.items()}))
