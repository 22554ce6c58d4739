"""Turns what the upstream trainer prints and writes into the events that the builtin trainer writes itself."""
