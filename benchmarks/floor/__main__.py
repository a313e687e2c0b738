"""`python -m benchmarks.floor DATABASE PORT`: the floor behind waitress, for the measurements that need a server."""

from __future__ import annotations

import sys
from pathlib import Path

import waitress

from benchmarks.floor.app import create_app

if __name__ == "__main__":
    waitress.serve(create_app(Path(sys.argv[1])), host="127.0.0.1", port=int(sys.argv[2]), threads=4)
