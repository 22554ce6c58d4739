"""Turns what the rooms below say of jobs into the studio's answers."""

from dataclasses import asdict

from mikazuki.jobs.rows import JobRow as Row
from mikazuki.web.answers.jobs import JobRow


def answer_row(row: Row) -> JobRow:
    """Return a job's row as it is answered; both have the same fields."""
    return JobRow(**{**asdict(row), "gpus": list(row.gpus)})
