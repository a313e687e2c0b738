"""From the files that an administrator writes to a valid Configuration, and back into the text.

    files -> read (nodes with positions) -> build (shape, then checks) -> Configuration, or located Problems

`load` does all of it. `write` splices one changed value into a text, `excerpt` shows a Problem beside its source line,
`schema` and `reference` describe the language to editors and to people. This package alone reads and writes YAML; it
may import `engine.model`, `engine.fields` and `engine.problems`.
"""

from engine.config.build import build
from engine.config.excerpt import render
from engine.config.load import home, load
from engine.config.read import read

__all__ = ["build", "home", "load", "read", "render"]
