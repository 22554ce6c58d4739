"""Settings for all tests: a slow machine fails none of them."""

from hypothesis import settings

settings.register_profile("mikazuki", deadline=None)
settings.load_profile("mikazuki")
