"""The builtin engine's process: what runs in the child that ``accelerate launch`` starts."""
