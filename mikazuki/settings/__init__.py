"""Everything that can be set, defined once."""
