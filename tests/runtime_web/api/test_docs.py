"""The examples of docs/api.md, one after the other, give what the page says."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any

from tests.runtime_web.api.caller import Answer, Caller, caller
from tests.runtime_web.visitor import Site
from tests.surroundings import ROOT

ANYTHING = "…"
BLOCK = re.compile(r"^```(sh|json)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_examples_give_what_the_page_says(any_site: Site) -> None:
    program = caller(any_site)
    program.made("client", name="Acme", city="Oslo")
    program.made("product", name="Pen", price="2.50")
    program.made("order", client=1, date="2026-03-01", lines=[{"product": 1}])
    page = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    said = 0
    answer: Answer = None
    for language, text in BLOCK.findall(page):
        if language == "sh":
            for command in text.replace("\\\n", " ").splitlines():
                answer = curl(program, command)
                assert answer.status_code != 500, command
        else:
            assert holds(answer.json, json.loads(text)), f"{text}\n{answer.text}"
            said += 1
    assert said >= 4


def curl(program: Caller, command: str) -> Answer:
    """Do what a command line says."""
    words = iter(shlex.split(command)[1:])
    method, headers, data, url = "", {}, [], ""
    for word in words:
        if word == "-G":
            method = "GET"
        elif word == "-X":
            method = next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word in ("-d", "--data-urlencode"):
            data.append(next(words))
        else:
            url = word
    assert headers.pop("Authorization") == "Bearer $TOKEN"
    path = url.removeprefix("$SITE/api/v1")
    if method == "GET":
        return program.call("GET", path, headers=headers, query_string=dict(one.split("=", 1) for one in data))
    return program.call(method or ("POST" if data else "GET"), path, headers=headers, data="".join(data).encode())


def holds(found: Any, said: Any) -> bool:
    """Whether an answer is what a page says; a dot row stands for anything, and keys may be left out."""
    if said == ANYTHING:
        return True
    if isinstance(said, dict):
        return isinstance(found, dict) and all(
            name in found and holds(found[name], part) for name, part in said.items()
        )
    if isinstance(said, list):
        if said[-1:] == [ANYTHING]:
            return len(found) >= len(said) - 1 and all(map(holds, found, said[:-1]))
        return len(found) == len(said) and all(map(holds, found, said))
    return bool(found == said)
