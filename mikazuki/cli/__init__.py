"""What people type: `python -m mikazuki COMMAND`, one thin module a command; the only room that prints."""
