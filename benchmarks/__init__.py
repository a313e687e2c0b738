"""Reproducible measurements: the product beside a hand-written floor application, on the same data in the same run.

`python -m benchmarks [names] [--small] [--rounds N] [--json FILE]` prints two tables. What lives here:

- `data` makes the data set, the same on every machine, and keeps it in the temporary folder;
- `facts` knows what a right answer is, `answers` the neutral form in which both sides give theirs;
- `floor` is Flask, sqlite3 and Jinja written by hand: the same pages without login, rights or configuration;
- `product` is Kartoteka over the same rows, `peers` are programs by others;
- `rows` holds what is compared by CPU time, one module each, with both sides and a check; `side` runs one side in a
  process of its own, `measure` takes turns between the two;
- `trials` holds what needs a real server, a browser or many clients; `table` lists both, `report` prints them.

In the first table the figure that counts is the ratio of CPU times, each pair taken in the same seconds. A wrong
answer has no figure. No test asserts a time.
"""
