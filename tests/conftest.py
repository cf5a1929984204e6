"""What holds for all tests."""

from hypothesis import settings

# A slow machine is no mistake; and what passes once passes again.
settings.register_profile("gate", deadline=None, derandomize=True, database=None)
settings.load_profile("gate")
