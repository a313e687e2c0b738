"""The builder: from nodes to a Configuration, or to every Problem at once."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path

import pytest

from engine.config import build, home, load, read, render
from engine.fields.money import MoneyField
from engine.fields.phone import PhoneField
from engine.model import Configuration
from engine.problems import Problems

HERE = Path(__file__).parent


def built(entities: str, root: str = "") -> tuple[Configuration | None, Problems]:
    text = f"kartoteka: 1\nname: shop\n{root}entities:\n" + textwrap.indent(textwrap.dedent(entities), "  ")
    tree, problems = read(text, "kartoteka.yaml")
    assert problems == ()
    assert tree
    return build(tree)


def codes(entities: str, root: str = "") -> list[str]:
    return [found.code for found in built(entities, root)[1]]


def configuration(entities: str, root: str = "") -> Configuration:
    made, problems = built(entities, root)
    assert [found.sentence for found in problems] == []
    assert made
    return made


def test_twenty_faults_are_twenty_located_sentences() -> None:
    made, problems = load(HERE / "twenty")
    assert made is None
    assert len(problems) == 20
    shown = "\n".join(render(found, home(HERE / "twenty")) for found in problems)
    expected = (HERE / "twenty" / "expected.txt").read_text(encoding="utf-8")
    assert shown.replace(f"{HERE / 'twenty'}{os.sep}", "").replace(os.sep, "/") + "\n" == expected


def test_money_takes_the_currency_of_the_configuration() -> None:
    made = configuration("a: {fields: {x: {type: money}, y: {type: money, currency: RUB}}}", "currency: JPY\n")
    x, y = made.entities["a"].fields["x"], made.entities["a"].fields["y"]
    assert isinstance(x, MoneyField)
    assert isinstance(y, MoneyField)
    assert (x.currency, x.places, y.currency) == ("JPY", 0, "RUB")


def test_phones_take_the_country_of_the_configuration() -> None:
    phone = configuration("a: {fields: {x: {type: phone}}}", "country: MD\n").entities["a"].fields["x"]
    assert isinstance(phone, PhoneField)
    assert phone.country == "MD"


def test_what_is_typed_is_what_the_field_says() -> None:
    made = configuration(
        """
        a:
          label: no
          fields:
            x: {type: integer, min: 010, default: 12}
            y: {type: choice, options: [no, yes, 012], default: 012}
            z: {type: text, default: 1:30, required: true}
            w: {type: boolean, default: true}
        """
    )
    entity = made.entities["a"]
    assert entity.label == "no"
    assert [entity.fields[name].initial() for name in "xyzw"] == [12, "012", "1:30", True]


def test_keys_without_a_value_are_as_if_not_given() -> None:
    entity = configuration("a: {label: , fields: {x: {type: text, help: null}}}").entities["a"]
    assert entity.label is None
    assert entity.fields["x"].help is None


# One fault each, with what it might also be taken for.
NO_CASCADES = [
    ("a wrong field is still known", "a: {title: x, fields: {x: {type: txet}, y: {type: text}}}", ["type-unknown"]),
    ("so is a wrong entity", "a: {fields: }\nb: {fields: {x: {type: reference, to: a}}}", ["value-missing"]),
    ("a misspelt key is not missing too", "a: {fields: {x: {type: reference, too: a}}}", ["key-unknown"]),
    ("nor is a misspelt type", "a: {fields: {x: {typ: text}}}", ["key-unknown"]),
    ("a wrong scale says nothing of the default", "a: {fields: {x: {type: decimal, scale: 20, default: 0.001}}}", ["number-too-large"]),
    (
        "a child of unknown kind may be lines",
        "a: {fields: {x: {type: lines, of: b}}}\nb: {kind: chidl, fields: {y: {type: text}}}",
        ["value-unknown"],
    ),
    (
        "a wrong lines field may be the parent",
        "a: {fields: {x: {type: lines, of: b, required: yes}}}\nb: {kind: child, fields: {y: {type: text}}}",
        ["not-true-or-false"],
    ),
    (
        "a default that is an expression fills in a required field",
        "a: {fields: {n: {type: text}, x: {type: date, required: true, default: =TODAY()}}, card: [{tab: A, sections: [{columns: [n]}]}]}",
        [],
    ),
    (
        "a default that is an expression has a place in the text",
        "a: {fields: {n: {type: text}, x: {type: date, default: =TODY()}}}",
        ["formula-unknown-function"],
    ),
    (
        "a misspelt name on the card is the required one",
        "a: {fields: {name: {type: text, required: true}}, card: [{tab: A, sections: [{columns: [nmae]}]}]}",
        ["field-unknown"],
    ),
    (
        "a reference to nowhere points at nobody else",
        "a: {fields: {x: {type: related, of: b, by: y}}}\nb: {fields: {y: {type: reference, to: aa}}}",
        ["entity-unknown"],
    ),
    ("a label is one thing", "a: {label: [x], fields: {x: {type: text}}}", ["not-text"]),
    ("in any of its languages", "a: {label: {en: [x]}, fields: {x: {type: text}}}", ["not-text"]),
    ("a wrong column is not a short list", "a: {fields: {x: {type: text}}, card: [{tab: A, sections: [{columns: [[x, [x]]]}]}]}", ["not-text"]),
    ("a wrong currency is said once", "a: {fields: {x: {type: money}}}", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("entities", "expected"), [case[1:] for case in NO_CASCADES], ids=[case[0] for case in NO_CASCADES]
)
def test_one_fault_is_one_problem(entities: str, expected: list[str]) -> None:
    assert codes(entities) == expected


def test_the_currency_of_the_configuration_is_reported_once() -> None:
    assert codes("a: {fields: {x: {type: money}, y: {type: money}}}", "currency: EURO\n") == ["currency-unknown"]


def test_a_problem_names_its_path() -> None:
    _, problems = built("a: {fields: {x: {type: choice, options: [b, {value: c, color: gren}]}}}")
    assert [found.path for found in problems] == [("entities", "a", "fields", "x", "options", "1", "color")]
    assert problems[0].params["nearest"] == "green"


@pytest.mark.parametrize("key", ["format"])
def test_keys_of_a_field_that_come_later_are_refused(key: str) -> None:
    _, problems = built(f"a: {{fields: {{x: {{type: text, {key}: y}}}}}}")
    assert [(found.code, found.params["key"]) for found in problems] == [("not-yet-supported", key)]


@pytest.mark.parametrize("key", ["documents", "reminders"])
def test_keys_of_an_entity_that_come_later_are_refused(key: str) -> None:
    assert codes(f"a: {{{key}: [], fields: {{x: {{type: text}}}}}}") == ["not-yet-supported"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("group_by: [x, 'day:month', day, a.x]", []),
        ("totals: {n: sum, x: count, day: max}", []),
        ("group_by: [y]", ["field-unknown"]),
        ("group_by: ['x:month']", ["report-part-unsuitable"]),
        ("group_by: ['day:fortnight']", ["report-part-unsuitable"]),
        ("group_by: [x.x]", ["report-path-ends"]),
        ("totals: {x: sum}", ["report-aggregate-unsuitable"]),
        ("totals: {y: count}", ["field-unknown"]),
        ("totals: {n: most}", ["value-unknown"]),
    ],
)
def test_a_table_is_grouped_by_what_is_there_and_adds_up_what_fits(said: str, found: list[str]) -> None:
    fields = "{x: {type: text}, n: {type: integer}, day: {type: date}, a: {type: reference, to: a}}"
    assert codes(f"a: {{fields: {fields}, views: {{v: {{columns: [x], {said}}}}}}}") == found


@pytest.mark.parametrize("key", ["documents", "registers"])
def test_keys_of_the_root_that_come_later_are_refused(key: str) -> None:
    assert codes("a: {fields: {x: {type: text}}}", f"{key}: {{}}\n") == ["not-yet-supported"]


@pytest.mark.parametrize(
    "field",
    [
        "type: user, formula: USER()",
        "type: reference, to: a, formula: 'IF(day < TODAY(); other)'",
        "type: text, formula: 'IF(day < TODAY(); \"late\")'",
        "type: integer, formula: TODAY() - day, unique: true",
    ],
)
def test_what_has_to_be_stored_does_not_change_with_the_day(field: str) -> None:
    """A link is followed by what is stored of it: one that changed with the day would lead nowhere, without a word."""
    fields = f"{{x: {{{field}}}, day: {{type: date}}, other: {{type: reference, to: a}}}}"
    assert codes(f"a: {{fields: {fields}}}") == ["formula-volatile-stored"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("x & ' ' & y", []),
        ("x & z", ["formula-unknown-name"]),
        ("x & TODAY()", ["formula-volatile-stored"]),
        ("1 + 1", ["formula-result-type"]),
        ("nothing", ["field-unknown"]),
    ],
)
def test_a_title_may_be_an_expression(title: str, expected: list[str]) -> None:
    assert codes(f'a: {{title: "{title}", fields: {{x: {{type: text}}, y: {{type: date}}}}}}') == expected


@pytest.mark.parametrize("column", ["x.y", "x.y.z"])
def test_a_path_in_a_view_comes_later(column: str) -> None:
    entities = f"a: {{fields: {{x: {{type: text}}}}, views: {{v: {{columns: [{column}]}}}}}}"
    assert codes(entities) == ["not-yet-supported"]


@pytest.mark.parametrize("name", ["A", "1a", "_a", "a-b", "a b", "ä", "a__b", "a" * 41, "a\\n", "é", "ａ"])
def test_names_that_are_none(name: str) -> None:
    assert codes(f'"{name}": {{fields: {{x: {{type: text}}}}}}') == ["name-invalid"]


@pytest.mark.parametrize("name", ["a", "a1", "a_b", "a" * 40, "name", "label", "type", "fields"])
def test_names_that_are_fine(name: str) -> None:
    entity = f"{{fields: {{{name}: {{type: text}}}}, views: {{{name}: {{columns: [{name}]}}}}}}"
    assert codes(f"{name}: {entity}") == []


@pytest.mark.parametrize("name", ["id", "and", "true", "record", "xmin", "rowid", "class"])
def test_names_of_fields_that_are_taken(name: str) -> None:
    assert codes(f"a: {{fields: {{{name}: {{type: text}}}}}}") == ["name-reserved"]


@pytest.mark.parametrize("name", ["sqlite_a", "roles", "include", "not"])
def test_names_of_entities_that_are_taken(name: str) -> None:
    assert codes(f"{name}: {{fields: {{x: {{type: text}}}}}}") == ["name-reserved"]


def test_a_warning_leaves_the_configuration_usable() -> None:
    made, problems = built("a: {label: {ru: A}, fields: {x: {type: text}}}")
    assert made
    assert [found.severity for found in problems] == ["warning"]


@pytest.mark.parametrize(
    ("fields", "circle"),
    [
        ("a: {fields: {x: {type: reference, to: a, required: true}}}", "a → a"),
        (
            """
            a: {fields: {x: {type: reference, to: b, required: true}}}
            b: {fields: {x: {type: reference, to: c, required: true}}}
            c: {fields: {x: {type: reference, to: a, required: true}, y: {type: reference, to: b}}}
            """,
            "a → b → c → a",
        ),
        (
            """
            a: {fields: {x: {type: lines, of: b}, y: {type: reference, to: b, required: true}}}
            b: {kind: child, fields: {z: {type: text}}}
            """,
            "a → b → a",
        ),
    ],
)
def test_required_references_in_a_circle(fields: str, circle: str) -> None:
    _, problems = built(fields)
    assert [found.params.get("circle") for found in problems] == [circle]


def test_references_that_meet_are_no_circle() -> None:
    required = "{type: reference, to: %s, required: true}"
    entities = "\n".join(
        [
            "a: {fields: {x: {type: text}}}",
            f"b: {{fields: {{x: {required % 'a'}}}}}",
            f"c: {{fields: {{x: {required % 'a'}, y: {required % 'b'}}}}}",
            "d: {fields: {x: {type: reference, to: d}, y: {type: user, required: true}}}",
        ]
    )
    assert codes(entities) == []


@pytest.mark.parametrize(
    ("key", "written", "near"),
    [
        ("currency", "eur", "EUR"),
        ("currency", "Euro", "EUR"),
        ("currency", "Russian ruble", "RUB"),
        ("country", "fi", "FI"),
        ("country", "Moldova", "MD"),
        ("language", "russian", "ru"),
        ("timezone", "helsinki", "Europe/Helsinki"),
        ("timezone", "Europe/Helsinky", "Europe/Helsinki"),
    ],
)
def test_codes_are_found_by_what_people_call_them(key: str, written: str, near: str) -> None:
    _, problems = built("a: {fields: {x: {type: text}}}", f"{key}: {written}\n")
    assert [found.params["nearest"] for found in problems] == [near]


def test_a_tree_that_is_no_mapping() -> None:
    tree, _ = read("- a\n", "kartoteka.yaml")
    assert tree
    assert [found.code for found in build(tree)[1]] == ["not-a-mapping"]


@pytest.mark.parametrize(
    "text", ["name: x\n", "kartoteka: 1\n", "entities: {}\n", "kartoteka: {}\nname: []\nentities: 1\n"]
)
def test_a_root_that_lacks_what_it_needs(text: str) -> None:
    tree, _ = read(text, "kartoteka.yaml")
    assert tree
    made, problems = build(tree)
    assert made is None
    assert problems
    assert all(found.place for found in problems)
