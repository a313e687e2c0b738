"""Where a browser of Chromium's family is on Linux, macOS and Windows, and how the tests start it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

# The headless shell is the same browser without its windows, and opens a page at a fifth of the cost.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
# No sandbox since CI runs as root; the rest keeps the browser from talking to anybody but the page's server.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def executable() -> str | None:
    """The path of the first browser found, or None."""
    named = (shutil.which(name) for name in NAMES)
    folders = (os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"))
    installed = [*MAC, *(str(Path(folder, name)) for folder in folders if folder for name in WINDOWS)]
    return next(filter(None, named), None) or next((path for path in installed if Path(path).is_file()), None)
