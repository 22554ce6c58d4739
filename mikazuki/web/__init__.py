"""The studio on localhost: HTTP in, one call, typed answer out."""
