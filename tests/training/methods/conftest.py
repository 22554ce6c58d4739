"""What tests of methods look at that no training keeps."""

import pytest

from mikazuki.training.methods import Loaded
from mikazuki.training.methods.words import NewWords


@pytest.fixture
def taught(monkeypatch: pytest.MonkeyPatch) -> list[Loaded]:
    """Keep every base model that new words were added to, with its text encoders and tokenizers."""
    found: list[Loaded] = []
    begin = NewWords.__init__

    def keeping(words: NewWords, loaded: Loaded) -> None:
        found.append(loaded)
        begin(words, loaded)

    monkeypatch.setattr(NewWords, "__init__", keeping)
    return found
