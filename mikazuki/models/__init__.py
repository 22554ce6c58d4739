"""Checkpoints and adapters on disk: families, identification, loading, conversion and key formats."""
