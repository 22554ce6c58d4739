"""What can train: the contract of an engine, those there are, and how each is started."""
