"""Makes `venv/` and installs what Mikazuki needs; the standard library only, since nothing else is there yet."""
