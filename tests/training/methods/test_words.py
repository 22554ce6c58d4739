"""New words: their tokens, their first rows, and how texts are written out with them."""

from typing import Any

import pytest
import torch
from torch import nn
from transformers.models.clip.tokenization_clip import CLIPTokenizer

from mikazuki.errors import MikazukiError
from mikazuki.models.load import TOKENIZER
from mikazuki.settings.words import token_names
from mikazuki.training.methods.words import GrownEmbedding, add_tokens, first_rows, written_out


def tokenizer() -> Any:
    return CLIPTokenizer.from_pretrained(TOKENIZER, local_files_only=True)


def test_a_word_is_its_tokens_in_the_encoder() -> None:
    tokens = token_names("<cat>", 3)
    assert tokens == ["<cat>", "<cat>1", "<cat>2"]
    assert written_out("a <CAT>, and <cat>", [tokens]) == "a <cat> <cat>1 <cat>2, and <cat> <cat>1 <cat>2"
    words = tokenizer()
    add_tokens(words, tokens, 49408)
    ids = words(written_out("a <cat> runs", [tokens]))["input_ids"]
    assert ids[2:5] == [49408, 49409, 49410]


@pytest.mark.parametrize("word", ["cat", "sks", "Cat"])
def test_a_word_that_is_known_is_refused(word: str) -> None:
    with pytest.raises(MikazukiError) as caught:
        add_tokens(tokenizer(), [word], 49408)
    assert caught.value.code == "token-known"


def test_a_tokenizer_of_another_size_is_refused() -> None:
    with pytest.raises(MikazukiError) as caught:
        add_tokens(tokenizer(), ["<cat>"], 1000)
    assert caught.value.code == "tokenizer-mismatch"


def test_first_rows_are_the_words() -> None:
    torch.manual_seed(3)
    old, words = nn.Embedding(49408, 4), tokenizer()
    ids = words("teal cat", add_special_tokens=False)["input_ids"]
    rows = first_rows(old, words, "teal cat", 3)
    assert torch.equal(rows, old.weight[[ids[0], ids[1], ids[0]]])
    free = first_rows(old, words, None, 500)
    assert free.mean().item() == pytest.approx(0, abs=0.1)
    assert free.std().item() == pytest.approx(1, abs=0.1)


def test_a_grown_vocabulary_looks_up_both() -> None:
    old = nn.Embedding(5, 3)
    grown = GrownEmbedding(old, torch.full((2, 3), 7.0))
    found = grown(torch.tensor([[0, 4, 5, 6]]))
    assert torch.equal(found[0, :2], old.weight[[0, 4]])
    assert torch.equal(found[0, 2:], torch.full((2, 3), 7.0))
    found[0, 2].sum().backward()
    assert grown.rows.grad is not None
    assert torch.equal(grown.rows.grad, torch.tensor([[1.0] * 3, [0.0] * 3]))


def test_a_word_that_begins_as_another_one_is_itself() -> None:
    words = [token_names(word, 2) for word in ("mika", "mikacat")]
    assert written_out("Mikacat, mika and <x>", words) == "mikacat mikacat1, mika mika1 and <x>"
