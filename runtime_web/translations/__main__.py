"""Brings the catalogues up to date and says what is missing; exit code 1 if something is."""

from __future__ import annotations

import sys

from runtime_web.translations.collect import collect
from runtime_web.translations.files import LANGUAGES, compile_to, faults, path_of, updated, written


def main(arguments: list[str]) -> int:
    """Run with the arguments of the command line."""
    texts = collect()
    missing = 0
    for language in LANGUAGES:
        catalog = updated(language, texts)
        if "--check" not in arguments:
            path_of(language).parent.mkdir(parents=True, exist_ok=True)
            path_of(language).write_bytes(written(catalog))
            compile_to(path_of(language).with_suffix(".mo"), catalog)
        for fault in faults(catalog):
            missing += 1
            sys.stdout.write(f"{language}: {fault}\n")
    sys.stdout.write(f"{len(texts)} texts, {missing} faults\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
