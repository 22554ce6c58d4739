"""Runs any command as a job: its folder, its events, its process tree; knows no engine."""
