"""Taggers and captioners: programs of a process of their own; `known`, `rules` and `history` load no model."""
