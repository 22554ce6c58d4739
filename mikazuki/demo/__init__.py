"""The small world that tiny-sd was trained on, the demo's subject, and measures that read pixels alone."""
