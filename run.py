"""Start Kartoteka from a clone with nothing but Python: `python3 run.py demo`, `python3 run.py test`.

Makes `.venv` beside this file, installs into it what constraints.txt pins, and runs the command there. The second
start only compares a fingerprint. Uses the standard library alone, and only syntax that older Pythons can read too.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

VERSION = ".".join(map(str, sys.version_info[:2]))
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
INSTALLED = VENV / ".kartoteka"
ASSETS = ROOT / "runtime_web" / "static" / "vendor" / ".stamp"
INPUTS = ("pyproject.toml", "constraints.txt", "package.json", "package-lock.json", ".npmrc", "hatch_build.py")
USAGE = """\
python3 run.py demo [options of kartoteka demo]   start the sample configuration in the browser
python3 run.py test [arguments of pytest]         check style, types and behaviour
python3 run.py setup                              only install"""
CHECKS = (
    ("style", ("-m", "ruff", "check", ".")),
    ("format", ("-m", "ruff", "format", "--check", ".")),
    ("types", ("-m", "mypy")),
)


def main(arguments: list[str]) -> int:
    """Run one command; returns the exit code: 0 fine, 1 findings, 2 cannot start."""
    commands = {"demo": demo, "test": test, "setup": setup}
    if not arguments or arguments[0] not in commands:
        print(USAGE)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    if sys.version_info < (3, 11):  # noqa: UP036  (whoever has an older one reads this sentence)
        return complain(f"Kartoteka needs Python 3.11 or newer; this is {VERSION}.")
    return commands[arguments[0]](arguments[1:])


def demo(arguments: list[str]) -> int:
    """Install what users need and start `kartoteka demo`."""
    return prepare("") or python("-m", "runtime_web.cli", "demo", *arguments)


def test(arguments: list[str]) -> int:
    """Install what developers need, run every check, and say at the end which ones failed."""
    stopped = prepare("test")
    if stopped:
        return stopped
    chosen = tuple(arguments) or ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")
    failed = []
    for name, command in (*CHECKS, ("tests", ("-m", "pytest", *chosen))):
        print("==", name, flush=True)
        if python(*command):
            failed.append(name)
    names = [name for name, _ in CHECKS] + ["tests"]
    print("==", ", ".join(f"{name} {'FAILED' if name in failed else 'passed'}" for name in names), flush=True)
    return 1 if failed else 0


def setup(arguments: list[str]) -> int:
    """Install what developers need, and nothing more."""
    del arguments
    return prepare("test")


def prepare(extra: str) -> int:
    """Make the environment as the files say, or leave it alone if it is. `extra` is "" or "test"."""
    wanted = fingerprint()
    installed = INSTALLED.read_text(encoding="ascii").split() if INSTALLED.is_file() else []
    if PYTHON.is_file() and ASSETS.is_file() and wanted in installed and (not extra or extra in installed):
        return 0
    if not PYTHON.is_file() and make_environment():
        return 2
    extra = "test" if "test" in installed else extra
    print(f"Installing into {VENV.name} (once; about a minute).", flush=True)
    target = str(ROOT) + (f"[{extra}]" if extra else "")
    if python("-m", "pip", "--disable-pip-version-check", "install", "-q", "-c", "constraints.txt", "-e", target):
        return complain(
            "The installation did not finish; what went wrong stands above. Run the same command again after."
        )
    INSTALLED.write_text(f"{wanted} {extra}\n", encoding="ascii")
    return 0


def make_environment() -> int:
    """Create .venv; a Python without ensurepip (Debian and Ubuntu split it off) gets one clear sentence."""
    try:
        import ensurepip  # noqa: F401, PLC0415  (only to see whether it is there)
        import venv  # noqa: PLC0415
    except ImportError:
        return complain(f"This Python cannot make virtual environments: install python{VERSION}-venv and try again.")
    shutil.rmtree(VENV, ignore_errors=True)
    venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(VENV)
    return 0


def fingerprint() -> str:
    """A digest of everything that decides what is installed."""
    digest = hashlib.sha256(sys.version.encode())
    catalogues = sorted(ROOT.glob("runtime_web/translations/*/LC_MESSAGES/*.po"))
    for path in [*(ROOT / name for name in INPUTS), *catalogues]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def python(*arguments: str) -> int:
    """Run the environment's Python in the project folder; Ctrl+C is left to the program that runs there."""
    environment = dict(os.environ, PATH=str(BIN) + os.pathsep + os.environ.get("PATH", ""))
    process = subprocess.Popen([str(PYTHON), *arguments], cwd=str(ROOT), env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def complain(sentence: str) -> int:
    """Print one sentence to the error output; returns exit code 2."""
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
