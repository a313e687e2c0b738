"""The reader: a restricted YAML in which every scalar stays the text that was written."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.config.nodes import MappingNode, Scalar, at, plain, walk
from engine.config.read import DEPTH, read
from engine.config.source import LIMIT


def data(text: str, file: str = "a.yaml") -> Any:
    tree, problems = read(text, file)
    assert problems == ()
    assert tree is not None
    return plain(tree).data


def codes(text: str, file: str = "a.yaml") -> list[str]:
    return [found.code for found in read(text, file)[1]]


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "yes",
        "on",
        "off",
        "012",
        "0o14",
        "0x10",
        "1:30",
        "1e3",
        "1_000",
        "2026-01-01",
        "=",
        ".5",
        "True",
        "NULL",
        "=TODAY()",
    ],
)
def test_a_scalar_stays_text(text: str) -> None:
    assert data(f"key: {text}\n") == {"key": text}


@pytest.mark.parametrize("text", ["", " ", "null", "~", "# a comment"])
def test_nothing_is_none(text: str) -> None:
    assert data(f"key: {text}\nother: x\n") == {"key": None, "other": "x"}


@pytest.mark.parametrize("text", ['"null"', "'~'", '""'])
def test_nothing_in_quotes_is_text(text: str) -> None:
    assert data(f"key: {text}\n") == {"key": text[1:-1]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'it''s'", "it's"),
        ('"a\\tb"', "a\tb"),
        ('"\\ud83d\\ude00"', "😀"),
        ("|\n  one\n  two\n", "one\ntwo\n"),
        (">-\n  one\n  two\n", "one two"),
        ("one\n  two", "one two"),
        ("{a: [1, {b: c}], d: }", {"a": ["1", {"b": "c"}], "d": None}),
        ("\n- a\n-\n- b", ["a", None, "b"]),
        ("👍 😀", "👍 😀"),
    ],
)
def test_yaml_means_what_yaml_means(text: str, value: Any) -> None:
    assert data(f"key: {text}\n")["key"] == value


def test_places_count_characters_from_one() -> None:
    tree, _ = read("имя: {ключ: значение}\r\nnext:   'two'  # why\r\n", "a.yaml")
    assert isinstance(tree, MappingNode)
    value, second = at(tree, ("имя", "ключ")), at(tree, ("next",))
    assert value is not None
    assert second is not None
    assert str(value.place) == "a.yaml:1:13"
    assert (value.place.length, str(second.place), second.place.length) == (8, "a.yaml:2:9", 5)


def test_a_stretch_is_the_source_of_the_value() -> None:
    text = "a: {b: 'x', c: [1, 2]}\nd: |\n  long\n  text\n\ne:\n- 1\n- \n\n# end\n"
    tree, _ = read(text, "a.yaml")
    assert tree
    stretches = {path: text[node.start : node.end] for path, node in walk(tree)}
    assert stretches[("a", "b")] == "'x'"
    assert stretches[("a", "c")] == "[1, 2]"
    assert stretches[("d",)] == "|\n  long\n  text"
    assert stretches[("e", 1)] == ""
    assert stretches[("a",)] == "{b: 'x', c: [1, 2]}"


def test_a_byte_order_mark_is_not_text() -> None:
    assert data("\ufeffkey: x\n") == {"key": "x"}


def test_one_reading_finds_all_that_does_not_stop_it() -> None:
    text = "a: &x 1\nb: *x\nc: !!int 3\na: 2\n<<: 4\nd: {e, f: ROUND(g, 2)}\nh: #i\n"
    assert codes(text) == [
        "yaml-anchor",
        "yaml-anchor",
        "yaml-tag",
        "yaml-duplicate-key",
        "yaml-merge-key",
        "yaml-key-alone",
        "yaml-comma-in-value",
        "yaml-comment-as-value",
    ]


# What people write who think of the language and not of YAML, and which hint must follow.
EXPRESSIONS = [
    "{Total price} * 2",
    "&x",
    "*x * 2",
    "%x",
    "@x",
    "`x`",
    "> 5",
    ">= 5",
    "| x",
    "'a' & b",
    '"a" & b',
    "[a] + 1",
    "a: b",
    "!x",
]
OUTSIDE_BRACES = ["- 5", ", a", "? a"]


@pytest.mark.parametrize(
    "line",
    [
        *(f"title: {text}\n" for text in EXPRESSIONS + OUTSIDE_BRACES),
        *(f"title: {{other: {text}}}\n" for text in EXPRESSIONS),
    ],
)
def test_where_yaml_breaks_an_expression_the_hint_is_double_quotes(line: str) -> None:
    _, problems = read(line, "a.yaml")
    assert problems
    assert any("double quotes" in found.hint for found in problems)
    assert all(found.place and found.place.line == 1 for found in problems)


@pytest.mark.parametrize("text", ["IF(a, b, c)", "a # b", "label (short)", "a & b", "50 %", "x > 5", "it's"])
def test_what_yaml_takes_for_text_is_taken(text: str) -> None:
    assert data(f"key: {text}\n")["key"] == text.split(" #", maxsplit=1)[0]


@pytest.mark.parametrize("value", ["[ROUND(a, 2)]", "{key: ROUND(a, 2)}", "{key: IF(a, b, c), other: x}"])
def test_a_comma_in_parentheses_within_braces_is_one_problem(value: str) -> None:
    assert codes(f"key: {value}\n") == ["yaml-comma-in-value"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a: "x\nb: "y"\nc: z\n', 1),
        ("a: 'x\nb: c\n", 1),
        ("a: [1, 2\nb: c\n", 1),
        ("a: {b: c\nd: e\n", 1),
        ("a:\n  b: c\n d: e\n", 3),
        ("a: b\n  c: d\n", 2),
        ("a: b\nc\nd: e\n", 2),
        ("a:b\nc: d\n", 1),
        ("a:\n  - b\n  -c\n", 3),
    ],
)
def test_a_slip_is_shown_where_it_was_made(text: str, line: int) -> None:
    _, problems = read(text, "a.yaml")
    assert [found.place.line for found in problems if found.place] == [line]
    assert problems[0].code != "yaml-syntax"


def test_no_alias_is_ever_expanded() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{here}: &{here} [*{before}, *{before}]\n" for before, here in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert set(codes(bomb)) == {"yaml-anchor"}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_depth_is_limited_before_it_costs_anything(opening: str) -> None:
    started = time.process_time()
    assert "yaml-too-deep" in codes("a:\n " + opening * 3000)
    assert time.process_time() - started < 2


@pytest.mark.parametrize("text", ['{"a": ' * 3000, "[" * 100_000])
def test_deep_json_is_refused(text: str) -> None:
    assert codes(text, "a.json") in (["json-syntax"], ["yaml-too-deep"])


def test_deep_json_that_is_complete_is_refused() -> None:
    assert codes('{"a": ' * 3000 + "1" + "}" * 3000, "a.json") == ["yaml-too-deep"]


def test_as_deep_as_allowed_is_fine() -> None:
    deep = "[" * (DEPTH - 1) + "]" * (DEPTH - 1)
    assert codes(f"a: {deep}\n") == []


def test_a_long_text_is_refused_unread() -> None:
    assert codes("#" * (LIMIT + 1)) == ["file-too-large"]


@pytest.mark.parametrize("tag", ["!!python/object:os.system", "!!binary", "!x", "!<tag:a,2000:b>"])
def test_tags_are_refused(tag: str) -> None:
    assert codes(f"a: {tag} x\n") == ["yaml-tag"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=10,
    ),
    st.sampled_from([None, 2, "\t"]),
    st.booleans(),
)
def test_json_is_read_as_json_says(value: Any, indent: int | str | None, ascii_only: bool) -> None:
    text = json.dumps({"key": value}, indent=indent, ensure_ascii=ascii_only)
    if any(sign in text for sign in "\x7f\ufffe\uffff") or any("\x80" <= sign < "\xa0" for sign in text):
        return  # Control characters are refused in every file.
    assert data(text, "a.json") == {"key": as_text(value)}


def as_text(value: Any) -> Any:
    """Numbers and booleans as the reader leaves them."""
    if isinstance(value, dict):
        return {key: as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_text(item) for item in value]
    return value if value is None or isinstance(value, str) else json.dumps(value)


@pytest.mark.parametrize(
    "text", ["{'a': 1}", "{a: 1}", '{"a": 1,}', '{"a": NaN}', '{"a": 012}', "# no\n{}", '{"a": "\t"}', '{"a": 1} x', ""]
)
def test_a_json_file_is_strict_json(text: str) -> None:
    tree, problems = read(text, "a.json")
    assert tree is None
    assert [found.code for found in problems] == ["json-syntax"]


def test_a_key_given_twice_in_json_is_refused() -> None:
    assert codes('{"a": 1, "a": 2}', "a.json") == ["yaml-duplicate-key"]


@given(st.text(alphabet="ab:-?#&*!|>%@'\"{}[], \n\t\\0~=", max_size=60))
def test_any_text_gives_a_tree_or_located_problems(text: str) -> None:
    tree, problems = read(text, "a.yaml")
    assert tree is not None or problems
    lines = text.count("\n") + 1
    for found in problems:
        assert found.sentence
        assert found.place
        assert 1 <= found.place.line <= lines
        assert isinstance(found.hint, str)


def test_a_scalar_says_how_it_was_quoted() -> None:
    tree, _ = read("a: 'x'\nb: x\n", "a.yaml")
    assert tree
    first, second = at(tree, ("a",)), at(tree, ("b",))
    assert isinstance(first, Scalar)
    assert isinstance(second, Scalar)
    assert (first.quoted, second.quoted) == (True, False)
