"""`python -m runtime_web.cli` is the same as `kartoteka`."""

from runtime_web.cli import main

main(prog_name="kartoteka")
