"""Captions to conditions, against the words of the rule and the encoders' own outputs."""

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from mikazuki.models import load, text
from mikazuki.models.families import FamilyName
from mikazuki.models.identify import identify
from tests.models import tiny

pytestmark = pytest.mark.tiny
START, END = 49406, 49407
WORDS = "dog " * 100
DOG = 1929


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[FamilyName, tuple[list[Any], list[Any]]]:
    """Text encoders and tokenizers of each family."""
    found = {}
    folder: Path = tmp_path_factory.mktemp("models")
    families: tuple[FamilyName, ...] = ("sd1", "sd2", "sdxl")
    for family in families:
        info = identify(tiny.make(family, folder))
        found[family] = load.load_text_encoders(info, dtype=torch.float32), load.load_tokenizers(info)
    return found


Models = dict[FamilyName, tuple[list[Any], list[Any]]]


def test_ids_are_clips(models: Models) -> None:
    (tokenizer,) = models["sd1"][1]
    ids = text.tokenize(tokenizer, ["a photo of sks dog"])
    assert ids.shape == (1, 1, 77)
    assert ids[0, 0, :8].tolist() == [START, 320, 1125, 539, 48136, DOG, END, END]
    (second,) = models["sd2"][1]
    assert text.tokenize(second, ["a"])[0, 0, :5].tolist() == [START, 320, END, 0, 0]


@pytest.mark.parametrize(("length", "windows"), [(75, 1), (150, 2), (225, 3), (300, 4)])
def test_long_captions_fill_windows(models: Models, length: int, windows: int) -> None:
    ids = text.tokenize(models["sd1"][1][0], [WORDS, "dog"], length)
    assert ids.shape == (2, windows, 77)
    assert (ids[:, :, 0] == START).all()
    assert (ids[:, :, -1] == END).all()
    assert (ids == DOG).sum(dim=(1, 2)).tolist() == [min(100, length), 1]


def test_windows_of_families_that_fill_with_another_token(models: Models) -> None:
    ids = text.tokenize(models["sd2"][1][0], [WORDS, "dog"], 225)
    # full window: closed by the end token; half-full one: words, end, fillers; empty one: an end token at once
    assert ids[0, 0].tolist() == [START, *[DOG] * 75, END]
    assert ids[0, 1].tolist() == [START, *[DOG] * 25, END, *[0] * 50]
    assert ids[0, 2].tolist() == [START, END, *[0] * 75]
    assert ids[1, 1].tolist() == [START, END, *[0] * 75]


@pytest.mark.parametrize("length", [75, 150, 225, 300])
def test_long_captions_are_encoded_window_by_window(models: Models, length: int) -> None:
    """By hand: rows of a start, 75 words and an end, each encoded alone; of all, one start, the words, one end."""
    (encoder,), (tokenizer,) = models["sd1"]
    words = tokenizer("a red dog, two cats " * 60)["input_ids"][1 : length + 1]
    assert len(words) == length
    rows = torch.tensor([[START, *words[first : first + 75], END] for first in range(0, length, 75)])
    ids = text.tokenize(tokenizer, ["a red dog, two cats " * 60], length)
    with torch.no_grad():
        states = encoder(rows).last_hidden_state
        wanted = torch.cat((states[0, :1], *states[:, 1:76], states[-1, 76:]))
        found = text.encode_sd(encoder, ids)
    assert found.shape == (1, length + 2, states.shape[-1])
    assert torch.allclose(found[0], wanted, atol=1e-5)


def test_windows_are_joined_with_one_start_and_one_end() -> None:
    states = torch.arange(2 * 3 * 5).reshape(6, 5, 1)
    joined = text.join_windows(states, 3)
    assert joined.shape == (2, 11, 1)
    assert joined[1].flatten().tolist() == [15, 16, 17, 18, 21, 22, 23, 26, 27, 28, 29]


def hidden_by_hand(encoder: Any, ids: Tensor, layers: int) -> Tensor:
    """Run the first layers one by one with a causal mask."""
    core = load.text_core(encoder)
    states: Tensor = core.embeddings(input_ids=ids)
    mask = torch.full((ids.shape[1], ids.shape[1]), float("-inf")).triu(1)[None, None]
    for layer in core.encoder.layers[:layers]:
        output = layer(states, attention_mask=mask)
        states = output[0] if isinstance(output, tuple) else output
    return states


@pytest.mark.parametrize("family", ["sd1", "sd2"])
@pytest.mark.parametrize("skip", [None, 1, 2, 3])
def test_clip_skip_counts_layers_from_the_end(models: Models, family: FamilyName, skip: int | None) -> None:
    (encoder,), (tokenizer,) = models[family]
    ids = text.tokenize(tokenizer, ["a dog", "two dogs"])
    with torch.no_grad():
        wanted = encoder.final_layer_norm(hidden_by_hand(encoder, ids[:, 0], 4 - (skip or 1)))
        assert torch.allclose(text.encode_sd(encoder, ids, skip), wanted, atol=1e-5)


def test_sdxl_takes_the_last_but_one_layer_of_both_and_pools_the_end(models: Models) -> None:
    (first, second), tokenizers = models["sdxl"]
    ids = [text.tokenize(tokenizer, ["a dog", WORDS]) for tokenizer in tokenizers]
    with torch.no_grad():
        context, pooled = text.encode_sdxl((first, second), *ids)
        wanted = [hidden_by_hand(encoder, part[:, 0], 2) for encoder, part in zip((first, second), ids, strict=True)]
        last = second.text_model.final_layer_norm(hidden_by_hand(second, ids[1][:, 0], 3))
        ends = torch.stack((last[0, 3], last[1, 76]))
        assert torch.allclose(context, torch.cat(wanted, dim=-1), atol=1e-5)
        assert torch.allclose(pooled, second.text_projection(ends), atol=1e-5)


def test_sdxl_pools_the_first_window(models: Models) -> None:
    encoders, tokenizers = models["sdxl"]
    short = [text.tokenize(tokenizer, ["a dog", "two dogs"]) for tokenizer in tokenizers]
    long = [text.tokenize(tokenizer, ["a dog", "two dogs"], 225) for tokenizer in tokenizers]
    with torch.no_grad():
        context, pooled = text.encode_sdxl(encoders, *long)
        assert context.shape == (2, 227, tiny.TEXT_WIDTH + tiny.SECOND_WIDTH)
        assert torch.allclose(pooled, text.encode_sdxl(encoders, *short)[1], atol=1e-6)


def test_gradients_reach_the_encoder(models: Models) -> None:
    (encoder,), (tokenizer,) = models["sd1"]
    weight = encoder.encoder.layers[0].self_attn.q_proj.weight.requires_grad_()
    text.encode_sd(encoder, text.tokenize(tokenizer, ["a dog"]), 2).sum().backward()  # type: ignore[no-untyped-call]
    weight.requires_grad_(requires_grad=False)
    assert weight.grad is not None
    assert weight.grad.abs().sum() > 0


def test_time_ids_are_size_crop_and_target() -> None:
    ids = text.sdxl_time_ids(torch.tensor([[512, 768]]), torch.tensor([[0, 16]]), torch.tensor([[1024, 1024]]))
    assert ids.tolist() == [[512, 768, 0, 16, 1024, 1024]]
    assert ids.dtype == torch.float32


@pytest.mark.parametrize(
    ("caption", "pieces"),
    [
        ("a red dog", [("a red dog", 1)]),
        ("a (red:1.3) dog", [("a ", 1), ("red", 1.3), (" dog", 1)]),
        ("(red) [dog]", [("red", 1.1), (" ", 1), ("dog", 1 / 1.1)]),
        ("((red)) ([dog:2])", [("red", 1.21), (" dog:2", 1)]),
        ("((red:2) dog)", [("red", 2.2), (" dog", 1.1)]),
        # words of one weight are one piece, brackets or not
        ("(red)(der)", [("redder", 1.1)]),
        # never closed, never opened
        ("a (red dog", [("a ", 1), ("red dog", 1.1)]),
        ("a red) dog]:1.3)", [("a red) dog]:1.3)", 1)]),
        (r"dog \(real\) \\ \[x\]", [(r"dog (real) \ [x]", 1)]),
        # a number must follow the colon at once, and be one
        ("(red: 1.3) (re:d) (1:2.3.4)", [("red: 1.3", 1.1), (" ", 1), ("re:d", 1.1), (" ", 1), ("1:2.3.4", 1.1)]),
        ("(red:-0.5)(dog:.5)", [("red", -0.5), ("dog", 0.5)]),
        ("", []),
    ],
)
def test_weights_are_read_from_brackets(caption: str, pieces: list[tuple[str, float]]) -> None:
    found = text.parse_weights(caption)
    assert [piece for piece, _ in found] == [piece for piece, _ in pieces]
    assert [weight for _, weight in found] == pytest.approx([weight for _, weight in pieces])


@pytest.mark.parametrize("family", ["sd1", "sd2"])
@pytest.mark.parametrize("length", [75, 150, 225, 300])
def test_without_brackets_the_tokens_are_the_same(models: Models, family: FamilyName, length: int) -> None:
    (tokenizer,) = models[family][1]
    captions = ["", "a photo of sks dog", "dog " * 74 + "dog", "dog " * 75 + "cat", WORDS * 3]
    ids, weights = text.tokenize_weighted(tokenizer, captions, length)
    assert torch.equal(ids, text.tokenize(tokenizer, captions, length))
    assert torch.equal(weights, torch.ones(ids.shape))


def test_each_token_has_the_weight_of_its_words(models: Models) -> None:
    (tokenizer,) = models["sd1"][1]
    ids, weights = text.tokenize_weighted(tokenizer, ["a (dog dog:1.5) dog"])
    assert ids[0, 0, :6].tolist() == [START, 320, DOG, DOG, DOG, END]
    assert weights[0, 0, :7].tolist() == [1, 1, 1.5, 1.5, 1, 1, 1]
    ids, weights = text.tokenize_weighted(tokenizer, ["dog " * 74 + "(" + "dog " * 3 + ":0.5) dog"], 150)
    assert ids.shape == (1, 2, 77)
    # the 75th word ends the first window, its two fellows begin the second
    assert weights[0].nonzero().shape[0] == 154
    assert (weights == 0.5).nonzero().tolist() == [[0, 0, 75], [0, 1, 1], [0, 1, 2]]


def test_states_are_multiplied_by_the_weights(models: Models) -> None:
    (encoder,), (tokenizer,) = models["sd1"]
    caption = "a (dog:1.5) " + "cat " * 100 + "[dog]"
    ids, weights = text.tokenize_weighted(tokenizer, [caption], 150)
    with torch.no_grad():
        plain, weighed = text.encode_sd(encoder, ids), text.encode_sd(encoder, ids, weights=weights)
    factors = (weighed / plain).mean(dim=-1)[0]
    assert factors.shape == (152,)
    expected = torch.ones(152)
    expected[2], expected[103] = 1.5, 1 / 1.1
    assert torch.allclose(factors, expected, atol=1e-3)
    assert text.weigh(plain.bfloat16(), weights).dtype == torch.bfloat16


def test_sdxl_weighs_both_encoders_and_not_the_pooled_caption(models: Models) -> None:
    encoders, tokenizers = models["sdxl"]
    pairs = [text.tokenize_weighted(tokenizer, ["a (dog:1.5)"]) for tokenizer in tokenizers]
    (ids1, weights1), (ids2, weights2) = pairs
    with torch.no_grad():
        plain, pooled = text.encode_sdxl(encoders, ids1, ids2)
        weighed, other = text.encode_sdxl(encoders, ids1, ids2, weights=[weights1, weights2])
    assert torch.equal(pooled, other)
    assert torch.allclose(weighed[:, 2], plain[:, 2] * 1.5, atol=1e-6)
    assert torch.equal(weighed[:, 3:], plain[:, 3:])


def strict(tokenizer: Any, caption: str, length: int = 75) -> list[list[int]]:
    """Return a caption's windows, what only fills them left out."""
    ids, weights = text.tokenize_strict(tokenizer, [caption], length)
    assert torch.equal(weights, torch.ones(ids.shape))
    assert ids.shape == (1, length // 75, 77)
    return [bare(row) for row in ids[0].tolist()]


def bare(row: list[int]) -> list[int]:
    """Cut off behind the last start token's end."""
    last = max(place for place, token in enumerate(row) if token == START)
    end = row.index(END, last)
    assert set(row[end + 1 :]) <= {0, END}
    return row[: end + 1]


@pytest.mark.parametrize("family", ["sd1", "sd2"])
@pytest.mark.parametrize("length", [75, 150, 225, 300])
@pytest.mark.parametrize(
    "caption",
    ["", "a photo of sks dog", "1.5 times e.g cat", "dog " * 74, "dog " * 75, "dog " * 76, "dog " * 151, WORDS * 4],
)
def test_a_single_phrase_is_the_plain_text(models: Models, family: FamilyName, length: int, caption: str) -> None:
    (tokenizer,) = models[family][1]
    plain = text.tokenize(tokenizer, [caption], length)
    for said in (caption, f", {caption}", f"{caption.strip()}.", f"{caption.strip()}; "):
        assert torch.equal(text.tokenize_strict(tokenizer, [said], length)[0], plain)


@pytest.mark.parametrize(
    ("caption", "phrases"),
    [
        ("a dog, two dogs", ["a dog", "two dogs"]),
        ("a; b, c. d! e? f", ["a", "b", "c", "d", "e", "f"]),
        ("a,, b?! c...", ["a", "b", "c"]),
        ("a , b ,  , c", ["a", "b", "c"]),
        ("1,5 or 1.5, example.com", ["1,5 or 1.5", "example.com"]),
        ("\u732b\uff0c\u72d7\u3002\u6708", ["\u732b", "\u72d7", "\u6708"]),
    ],
)
def test_each_phrase_stands_between_start_and_end(models: Models, caption: str, phrases: list[str]) -> None:
    """Its tokens are those that it has alone."""
    (tokenizer,) = models["sd1"][1]
    assert strict(tokenizer, caption) == [[token for said in phrases for token in tokenizer(said)["input_ids"]]]


def dogs(count: int) -> list[int]:
    return [START, *[DOG] * count, END]


@pytest.mark.parametrize(
    ("counts", "windows", "wanted"),
    [
        # 40 words and 33 fill 77 places with their starts and ends; 34 do not fit
        ((40, 33), 1, [(40, 33)]),
        ((40, 34), 1, [(40,)]),
        ((40, 34, 1), 1, [(40,)]),
        ((40, 34), 2, [(40,), (34,)]),
        ((40, 34, 39, 1), 2, [(40,), (34, 39)]),
        ((40, 34, 38, 1), 3, [(40,), (34, 38), (1,)]),
        # longer than a window: it fills some of its own, and the next one goes on behind it
        ((5, 100, 7), 3, [(5,), (75,), (25, 7)]),
        ((5, 100, 7), 2, [(5,), (75,)]),
        ((100, 7), 1, [(75,)]),
        ((1, 1), 4, [(1, 1), (), (), ()]),
    ],
)
def test_phrases_that_do_not_fit_begin_a_window(
    models: Models, counts: tuple[int, ...], windows: int, wanted: list[tuple[int, ...]]
) -> None:
    (tokenizer,) = models["sd1"][1]
    caption = ", ".join(" ".join(["dog"] * count) for count in counts)
    found = strict(tokenizer, caption, 75 * windows)
    assert found == [[token for count in row or (0,) for token in dogs(count)] for row in wanted]


def test_strict_phrases_have_the_weights_of_their_brackets(models: Models) -> None:
    (tokenizer,) = models["sd1"][1]
    ids, weights = text.tokenize_strict(tokenizer, ["a (dog, dog dog:1.5) dog. [dog]"], weighted=True)
    assert ids[0, 0, :14].tolist() == [START, 320, DOG, END, START, DOG, DOG, DOG, END, START, DOG, END, END, END]
    assert weights[0, 0, :13].tolist() == pytest.approx([1, 1, 1.5, 1, 1, 1.5, 1.5, 1, 1, 1, 1 / 1.1, 1, 1])
    plain, _ = text.tokenize_strict(tokenizer, ["a (dog:1.5)"])
    assert torch.equal(plain, text.tokenize(tokenizer, ["a (dog:1.5)"]))


def test_the_text_ends_behind_its_last_phrase(models: Models) -> None:
    tokenizers = models["sdxl"][1]
    captions = ["", "a dog", "a dog, two dogs", WORDS]
    for tokenizer in tokenizers:
        ids, _ = text.tokenize_strict(tokenizer, captions)
        assert text.text_ends(ids[:, 0], END).tolist() == [1, 3, 7, 76]
        assert text.text_ends(text.tokenize(tokenizer, captions)[:, 0], END).tolist() == [1, 3, 6, 76]


def test_sdxl_pools_the_end_of_the_last_phrase(models: Models) -> None:
    (first, second), tokenizers = models["sdxl"]
    ids = [text.tokenize_strict(tokenizer, ["a dog, two dogs"])[0] for tokenizer in tokenizers]
    with torch.no_grad():
        _, pooled = text.encode_sdxl((first, second), *ids)
        last = second.text_model.final_layer_norm(hidden_by_hand(second, ids[1][:, 0], 3))
        assert torch.allclose(pooled, second.text_projection(last[:, 7]), atol=1e-5)
