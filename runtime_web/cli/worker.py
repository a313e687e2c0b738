"""kartoteka worker: the jobs that pages have asked for, without the pages."""

from __future__ import annotations

import secrets

import click

from engine.storage import Unavailable
from runtime_web.cli.place import Place
from runtime_web.cli.say import fail, say
from runtime_web.settings import Settings, SettingsWrong
from runtime_web.worker import run


@click.command()
@click.pass_obj
def worker(place: Place) -> None:
    """Do what takes long.

    Large exports and the like, which people ask for on the pages. `kartoteka serve` starts one worker by itself; where
    one is not enough, or with serve --no-worker, start others on any computer that reaches the database and the folder
    of the data. Ctrl+C ends it; what it was doing begins anew with the next one.
    """
    settings = _settings(place)
    say(place, "Waiting for work. Press Ctrl+C to stop.", working=True)
    run(settings, secrets.token_hex(8))
    say(place, "Stopped.", stopped=True)


def _settings(place: Place) -> Settings:
    try:
        database = place.open_database()
        settings = place.settings(database)
        database.close()
    except SettingsWrong as error:
        fail(place, str(error))
    except Unavailable as error:
        fail(place, f"The database cannot be opened: {str(error).splitlines()[0]}")
    return settings
