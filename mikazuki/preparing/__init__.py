"""From what a person asked for to a job that can start: read, check, estimate, freeze; prints nothing."""
