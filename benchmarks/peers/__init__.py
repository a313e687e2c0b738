"""Programs by others, measured beside ours in the same run; each lives in a virtual environment of its own."""
