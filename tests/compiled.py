"""What every application makes of the same routes, templates and configuration is made once in each test process.

A test of pages has an application of its own, so that nothing is left over from the one before. Two thirds of its time
went into turning the same routes and templates into the same code, and the same configuration into the same tables.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from types import CodeType
from typing import Any

from jinja2 import Environment
from werkzeug.routing import Rule

from engine.model import Configuration
from engine.storage import tables
from engine.storage.tables import Tables

MADE: dict[Hashable, Any] = {}


def compile_once() -> None:
    """Keep what is made of routes, templates and configurations, by all that it depends on."""
    make_template, make_tables = Environment.compile, tables.describe_tables
    make_route = Rule._compile_builder  # noqa: SLF001 (there is no public name for what costs most)

    def template(self: Environment, source: Any, name: Any = None, filename: Any = None, *rest: Any) -> str | CodeType:
        said = (self.block_start_string, self.trim_blocks, self.finalize, *sorted(self.extensions))
        found: str | CodeType = (
            make_template(self, source, name, filename, *rest)
            if rest or not isinstance(source, str)
            else _kept((source, name, filename, *said), lambda: make_template(self, source, name, filename))
        )
        return found

    def route(self: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (self.rule, repr(self.defaults), self.subdomain, self.host, append_unknown)
        found: Callable[..., tuple[str, str]] = _kept(key, lambda: make_route(self, append_unknown))
        return found

    def described(configuration: Configuration) -> Tables:
        found: Tables = _kept(configuration.model_dump_json(), lambda: make_tables(configuration))
        return found

    Environment.compile = template  # type: ignore[assignment, method-assign]
    Rule._compile_builder = route  # type: ignore[method-assign]  # noqa: SLF001
    tables.describe_tables = described


def _kept(key: Hashable, make: Callable[[], Any]) -> Any:
    if key not in MADE:
        MADE[key] = make()
    return MADE[key]
