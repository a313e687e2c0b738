"""What the processes of `kartoteka serve` are copies of, where the system has copies: the program, loaded.

What is frozen no process collects as garbage, which would write into the memory that they share.
"""

import gc

import waitress.server  # noqa: F401

import runtime_web.app
import runtime_web.cli
import runtime_web.kinds  # noqa: F401

gc.collect()
gc.freeze()
