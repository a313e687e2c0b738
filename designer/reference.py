"""Writes the reference pages and JSON Schemas under docs/reference from the model and the catalogue of problems.

`python -m designer.reference` writes them; a test fails while they are not what the model says. Nothing here is prose
about a single key or type: that stands in the classes themselves.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from designer import formula_reference
from engine.config.schema import Schema, as_text, entities_schema, root_schema
from engine.fields import FIELD_TYPES, Field
from engine.fields.choice import Option
from engine.fields.label import Frozen
from engine.model import (
    Dashboard,
    Dimension,
    Entity,
    Filter,
    Grant,
    Layout,
    Measure,
    Number,
    Report,
    Restriction,
    Role,
    Section,
    Tab,
    Tile,
    Tint,
    Top,
    View,
)
from engine.model.report import Totals
from engine.model.role import FieldRight
from engine.problems import calling, configuring, entering
from engine.problems.entry import Entry

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reference"
ERRORS = ROOT / "tests" / "errors"

_NOTE = "<!-- Written by python -m designer.reference from the model; changes belong there. -->\n"


def pages() -> Mapping[str, str]:
    """The text of each page by its file name."""
    return {
        "configuration.md": configuration_page(),
        "fields.md": fields_page(),
        "problems.md": problems_page(),
        "functions.md": formula_reference.functions_page(_NOTE),
        "formula-problems.md": formula_reference.problems_page(_NOTE),
    }


def schemas() -> Mapping[str, str]:
    """The text of each JSON Schema by its file name."""
    return {"kartoteka.schema.json": as_text(root_schema()), "entities.schema.json": as_text(entities_schema())}


def configuration_page() -> str:
    """Every key outside the fields."""
    schema = root_schema()
    parts = [
        _NOTE,
        "# Configuration reference\n",
        _INTRODUCTION,
        "## The first file\n",
        _keys_table(schema, schema),
        "## Entity\n",
        "Below `entities`, or at the top of an included file, under its name.\n",
        _model_table(schema, Entity),
        "## Card\n",
        "A list of tabs; each tab is a list of sections.\n",
        "### Tab\n",
        _model_table(schema, Tab),
        "### Section\n",
        _model_table(schema, Section),
        "## Other cards\n",
        _LAYOUTS,
        _model_table(schema, Layout),
        "## Colour of rows\n",
        "A list below `colors` of an entity: the first condition that a record meets gives its row a colour.\n",
        _model_table(schema, Tint),
        "## View\n",
        "Below `views` of an entity, under its name.\n",
        _model_table(schema, View),
        "## Report\n",
        _REPORTS,
        _model_table(schema, Report),
        "### Dimension\n",
        "A list below `rows` and `columns` of a report, outermost first.\n",
        _model_table(schema, Dimension),
        "### Top\n",
        _model_table(schema, Top),
        "### Value\n",
        "Below `values` of a report, under its name; with neither field, expression nor formula it counts the records.\n",
        _model_table(schema, Measure),
        "### Filter\n",
        "Below `filters` of a report, under its name.\n",
        _model_table(schema, Filter),
        "### Grand totals\n",
        "Below `totals` of a report.\n",
        _model_table(schema, Totals),
        *_dashboard_parts(schema),
        "## Role\n",
        _ROLES,
        _model_table(schema, Role),
        "### Grant\n",
        "A list below `grants` of a role. They add up: what none allows is not there.\n",
        _model_table(schema, Grant),
        "### Right to a field\n",
        "Below `fields` of a grant: `hidden`, `readonly`, or a mapping with these keys.\n",
        _model_table(schema, FieldRight),
        "### Restriction\n",
        "A list below `restrictions` of a role. All of them hold, whatever grants say.\n",
        _model_table(schema, Restriction),
        _RULES,
    ]
    return "\n".join(parts)


def _dashboard_parts(schema: Schema) -> tuple[str, ...]:
    return (
        "## Dashboard\n",
        _DASHBOARDS,
        _model_table(schema, Dashboard),
        "### Tile\n",
        "Below `tiles` of a dashboard, under its name; they stand in the order in which they are written.\n",
        _model_table(schema, Tile),
        "### Number of a tile\n",
        "Below `number` of a tile; without a value it counts the records.\n",
        _model_table(schema, Number),
    )


def fields_page() -> str:
    """Every field type with its own keys, after the keys that all have."""
    schema = root_schema()
    parts = [
        _NOTE,
        "# Field reference\n",
        "A field stands below `fields` of an entity, under its name, and says its `type`.\n",
        "## Keys of every field\n",
        _model_rows(schema, FIELD_TYPES[0], list(Field.model_fields)),
        *(_field(schema, kind) for kind in FIELD_TYPES),
        "## Options of a choice\n",
        "Each option is a text, or a mapping with these keys.\n",
        _model_table(schema, Option),
    ]
    return "\n".join(parts)


def _field(schema: Schema, kind: type[Field]) -> str:
    own = [key for key in kind.model_fields if key not in Field.model_fields and key != "type"]
    parts = [f"## {type_name(kind)}\n", f"{kind.summary}\n", f"```yaml fragment\n{kind.example}\n```\n"]
    if own:
        parts.append(_model_rows(schema, kind, own))
    if kind.operators:
        parts.append(f"Filters: {', '.join(_OPERATORS.get(name, name) for name in kind.operators)}.\n")
    return "\n".join(parts)


def type_name(kind: type[Field]) -> str:
    """The name of a field class as configurations write it."""
    annotation: Any = kind.model_fields["type"].annotation
    return str(annotation.__args__[0])


def problems_page() -> str:
    """Every code of the catalogue, with an example where it is about a configuration."""
    parts = [
        _NOTE,
        "# Problem reference\n",
        "What the program says when something is wrong, by code. `kartoteka check --json` gives the codes.\n",
        *(_group(heading, entries) for heading, entries in _groups()),
    ]
    return "\n".join(parts)


def _groups() -> Iterator[tuple[str, Mapping[str, Entry]]]:
    """The sections of the catalogue, in its order, with the headings that the page gives them."""
    for name, found in (*vars(configuring).items(), *vars(entering).items(), *vars(calling).items()):
        if name.isupper() and isinstance(found, dict):
            yield _HEADINGS.get(name, name.capitalize()), found


def _group(heading: str, entries: Mapping[str, Entry]) -> str:
    return "\n".join([f"## {heading}\n", *(_entry(code, entry) for code, entry in entries.items())])


def _entry(code: str, entry: Entry) -> str:
    text = f"### {code}\n\n{_shown(entry.text)}"
    if entry.hint:
        text += f" {_shown(entry.hint)}"
    if entry.severity == "warning":
        text += " (A warning: the configuration is used all the same.)"
    example = ERRORS / code / "expected.txt"
    if example.is_file():
        text += f"\n\n```text\n{example.read_text(encoding='utf-8').rstrip()}\n```"
    return text + "\n"


def _shown(text: str) -> str:
    """A text of the catalogue with its params as readers see placeholders."""
    plain = text.replace("{{", "\0").replace("}}", "\1")
    return plain.replace("{", "‹").replace("}", "›").replace("\0", "{").replace("\1", "}").replace("<", "&lt;")


def _model_table(schema: Schema, model: type[Frozen]) -> str:
    return _keys_table(schema, schema["$defs"][model.__name__])


def _model_rows(schema: Schema, model: type[Frozen], keys: list[str]) -> str:
    return _keys_table(schema, schema["$defs"][model.__name__], keys)


def _keys_table(schema: Schema, node: Schema, keys: Iterable[str] = ()) -> str:
    rows = ["| key | value | by default | |", "|---|---|---|---|"]
    required = set(node.get("required", ()))
    for key in keys or node["properties"]:
        described = node["properties"][key]
        default = "required" if key in required else _default(described)
        text = str(described.get("description", "")).replace("|", "\\|")
        rows.append(f"| `{key}` | {_kind(schema, described)} | {default} | {text} |")
    return "\n".join(rows) + "\n"


def _default(described: Schema) -> str:
    default = described.get("default")
    if default is None or isinstance(default, list | dict):
        return ""
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _kind(schema: Schema, node: Schema) -> str:
    """What may stand behind a key, in words."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return _REFERENCES.get(name) or _kind(schema, schema["$defs"][name])
    if "enum" in node:
        return " or ".join(f"`{value}`" for value in node["enum"])
    if "const" in node:
        return f"`{node['const']}`"
    if "oneOf" in node:
        return "[fields](fields.md)"
    if "anyOf" in node:
        return " or ".join(dict.fromkeys(_kind(schema, choice) for choice in node["anyOf"]))
    return _plain_kind(schema, node)


def _plain_kind(schema: Schema, node: Schema) -> str:
    kind = node.get("type", "")
    if kind == "array":
        return f"list of {_kind(schema, node.get('items', {}))}"
    if kind == "object":
        inside = node.get("additionalProperties")
        return f"mapping of names to {_kind(schema, inside)}" if isinstance(inside, dict) else "mapping"
    name = _KINDS.get(kind, "any value")
    if "minimum" in node and "maximum" in node and node["maximum"] < 10**6:
        return f"{name}, {node['minimum']} to {node['maximum']}"
    return name


_KINDS = MappingProxyType(
    {"string": "text", "integer": "whole number", "number": "number", "boolean": "`true` or `false`"}
)
_OPERATORS = MappingProxyType(
    {
        "eq": "equal",
        "ne": "not equal",
        "ge": "at least",
        "le": "at most",
        "gt": "more than",
        "lt": "less than",
        "any_of": "any of",
        "none_of": "none of",
    }
)
_REFERENCES = MappingProxyType(
    {
        "Label": "label",
        "Entity": "[entities](#entity)",
        "Tab": "[tabs](#tab)",
        "Section": "[sections](#section)",
        "Layout": "[cards](#other-cards)",
        "View": "[views](#view)",
        "Tint": "[colours](#colour-of-rows)",
        "Report": "[reports](#report)",
        "Dimension": "[dimensions](#dimension)",
        "Top": "[top](#top)",
        "Measure": "[values](#value)",
        "Filter": "[filters](#filter)",
        "Totals": "[grand totals](#grand-totals)",
        "Dashboard": "[dashboards](#dashboard)",
        "Tile": "[tiles](#tile)",
        "Number": "[number](#number-of-a-tile)",
        "Option": "[option](#options-of-a-choice)",
    }
)
_HEADINGS = MappingProxyType(
    {
        "FILES": "Files of a configuration",
        "SHAPES": "Keys and values of a configuration",
        "NAMES": "Names in a configuration",
        "MEANINGS": "The meaning of a configuration",
        "INPUTS": "Values that people enter",
        "PLANS": "Plans",
        "SHEETS": "Imported sheets",
        "ACCOUNTS": "Users and passwords",
        "TOKENS": "Tokens of the API",
        "CALLS": "Calls of the API",
    }
)
_LAYOUTS = """Below `cards` of an entity, under a name. The first that fits its reader and the record is shown instead of `card`; an
administrator gets those that are for everybody. A record keeps the card with which its form was opened until it is
saved, and a new record has the first card on which everything stands that must be filled in.
"""
_REPORTS = """Below `reports`, under its name. A report groups the records of one entity and adds them up; every total is computed
from the records, never from other totals. An amount that is reached through references, such as the discount of an
order from its lines, counts each order once, however many lines it has.

```yaml fragment
reports:
  sales:
    of: order
    rows: [{field: client.city, sort: -turnover}]
    columns: [{field: date, by: month}]
    values:
      turnover: {field: total}
      share: {field: total, show_as: percent_of_total}
```
"""
_DASHBOARDS = """Below `dashboards`, under its name. A dashboard is a page of tiles: reports as tables, charts or one number. Each reader
sees in each tile what their own rights let through, and a tile whose report they may not see is not there.

```yaml fragment
dashboards:
  morning:
    roles: [owner]
    tiles:
      turnover:
        number: {of: order, value: {field: total}, filters: {month: {field: date, during: this_month}}}
        compare: true
        width: 3
        height: 1
      sales: {report: sales, show: line, width: 9, height: 3}
```
"""
_INTRODUCTION = """A configuration is one file, `kartoteka.yaml`, or a folder with that file and the files it includes. JSON
works too. `kartoteka check` reads it and says what is wrong; an editor that knows JSON Schema completes the keys when
the first line of a file points to [kartoteka.schema.json](kartoteka.schema.json), or to
[entities.schema.json](entities.schema.json) in an included file:

```yaml fragment
# yaml-language-server: $schema=kartoteka.schema.json
```

The smallest configuration:

```yaml
kartoteka: 1
name: notes
entities:
  note:
    fields:
      text: {type: long_text, required: true}
```

Fields have [a page of their own](fields.md), and so have [problems](problems.md).
"""
_ROLES = """Below `roles`, under its name; roles may stand in an included file of their own. `everyone` is the role that everybody
who signs in has. People get roles on the page Users. Without any role, everybody may read and change everything.
"""
_RULES = """## Rules

- **Names** of entities, fields and views begin with a small letter a to z and continue with such letters, digits and single
  underscores, 40 characters at most. They serve as columns and in addresses; what people read is the `label`.
- **Labels** are one text, or a mapping of language (`en`, `ru`, `ro`, `sq`, `fi`) to text. Where a language is missing,
  English is shown, or whatever there is.
- **Values** stay what was written: `no`, `012` and `1:30` are text where text is expected. `true` and `false` are the only
  words for yes and no. Nothing, `null` and `~` mean that a key is not given.
- **YAML** is used without anchors, tags, merge keys and several documents. A text that contains a comma within braces, a
  colon followed by a space, ` #`, or that begins with a sign such as `{ [ & * % @ | >`, stands in double quotes.
- **Limits**: a file has at most 1 MB and 30 levels.
- Keys that a later version will understand, such as `where` and `visible_if`, are refused, not ignored.
"""


def main(folder: Path = FOLDER) -> None:
    """Write everything into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**pages(), **schemas()}.items():
        (folder / name).write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
