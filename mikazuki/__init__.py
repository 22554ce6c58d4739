"""Mikazuki: a launcher and studio for teaching Stable Diffusion a new subject or style."""

__version__ = "0.1.0"
