"""Counts CLIP's tokens of captions with the project's own vocabulary, without torch and fast for thousands."""

import threading
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import BPE

_FILES: Final = Path(__file__).parents[2] / "models" / "clip_tokenizer"
_SPLIT: Final = r"<\|startoftext\|>|<\|endoftext\|>|'(?:s|t|re|ve|m|ll|d)|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+"
"""Where CLIP cuts a text before it looks for word parts: endings such as 's, letters, single digits, other signs."""


class TokenCounter:
    """Counts tokens, each word once: no token of CLIP reaches across a blank, so a caption is the sum of its words."""

    def __init__(self) -> None:
        """Load the vocabulary, which takes about 50 ms."""
        self._tokenizer = _tokenizer()
        self._words: dict[str, int] = {}
        self._lock = threading.Lock()

    def count(self, text: str) -> int:
        """Return how many tokens a text has, start and end not counted."""
        return self.counts([text])[0]

    def counts(self, texts: Iterable[str]) -> list[int]:
        """Return how many tokens each of many texts has."""
        rows = [text.split() for text in texts]
        with self._lock:
            known = self._words
            if new := list({word for row in rows for word in row if word not in known}):
                known.update(zip(new, map(len, self._tokenizer.encode_batch_fast(new)), strict=True))
            return [sum(map(known.__getitem__, row)) for row in rows]


@cache
def token_counter() -> TokenCounter:
    """Return the one counter of this process."""
    return TokenCounter()


def _tokenizer() -> Tokenizer:
    """Build CLIP's tokenizer: lower case, one blank between words, byte-level word parts."""
    model = BPE.from_file(
        str(_FILES / "vocab.json"),
        str(_FILES / "merges.txt"),
        continuing_subword_prefix="",
        end_of_word_suffix="</w>",
        unk_token="<|endoftext|>",  # noqa: S106 - a token of a vocabulary
    )
    found = Tokenizer(model)
    found.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    found.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_SPLIT), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    found.add_special_tokens(["<|startoftext|>", "<|endoftext|>"])
    return found
