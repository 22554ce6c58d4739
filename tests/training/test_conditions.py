"""Conditions: captions count, every option of the text acts, and texts encoded once are the same as live ones."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from mikazuki.models import load
from mikazuki.models.families import FamilyName
from mikazuki.models.identify import identify
from mikazuki.settings.datasets import CaptionOptions
from mikazuki.training.conditions import Condition, FrozenText, LiveText, captions_change, possible_texts
from tests.training.conftest import GetModel, MakeRun
from tests.training.planning import plan_of

pytestmark = pytest.mark.tiny

LONG = ", ".join(f"word{number}" for number in range(25))


def live(get: GetModel, family: FamilyName = "sd1", clip_skip: int | None = None, length: int = 75) -> LiveText:
    info = identify(get(family))
    encoders = load.load_text_encoders(info, dtype=torch.float32)
    return LiveText(encoders, load.load_tokenizers(info), clip_skip, length, torch.device("cpu"))


def never(texts: list[str]) -> Condition:
    raise AssertionError(texts)


@pytest.mark.parametrize("family", ["sd1", "sd2", "sdxl"])
def test_frozen_texts_are_the_live_ones(tiny_model: GetModel, family: FamilyName) -> None:
    encode = live(tiny_model, family)
    texts = ["a red square", "", "a green square", "a wide thing"]
    frozen = FrozenText(encode, texts, batch=2)
    with torch.no_grad():
        one = encode(["a wide thing", ""])
    other = frozen(["a wide thing", ""])
    assert torch.allclose(one.context, other.context, atol=1e-5)
    assert (one.pooled is None, other.pooled is None) == (family != "sdxl",) * 2
    if one.pooled is not None and other.pooled is not None:
        assert torch.allclose(one.pooled, other.pooled, atol=1e-5)
    assert not torch.allclose(other.context[0], other.context[1])
    with pytest.raises(KeyError):
        frozen(["never given"])


def test_clip_skip_takes_an_earlier_layer(tiny_model: GetModel) -> None:
    found = [live(tiny_model, clip_skip=skip)(["a cat"]).context for skip in (None, 1, 2)]
    assert torch.equal(found[0], found[1])
    assert not torch.allclose(found[0], found[2])


def test_longer_captions_are_read_on(tiny_model: GetModel) -> None:
    short, long = (live(tiny_model, length=length) for length in (75, 150))
    assert short([LONG]).context.shape[1] == 77
    assert long([LONG]).context.shape[1] == 152
    red, blue = (long([LONG + end]).context for end in (", red", ", blue"))
    assert not torch.allclose(red, blue)
    red, blue = (short([LONG + end]).context for end in (", red", ", blue"))
    assert torch.equal(red, blue)


def test_sizes_stay_exact() -> None:
    condition = Condition(torch.zeros(1, 2, 3, dtype=torch.bfloat16), torch.zeros(1, 4, dtype=torch.bfloat16))
    added = condition.added(torch.tensor([[1333.0, 1999.0, 0.0, 37.0, 832.0, 1216.0]]))
    assert added is not None
    assert added["time_ids"].tolist() == [[1333, 1999, 0, 37, 832, 1216]]
    assert Condition(torch.zeros(1, 2, 3)).added(torch.zeros(1, 6)) is None


@pytest.mark.parametrize("family", ["sd1", "sdxl"])
def test_weights_act_where_they_are_asked_for(tiny_model: GetModel, family: FamilyName) -> None:
    plain = live(tiny_model, family)
    weighted = replace(plain, weighted=True)
    with torch.no_grad():
        assert torch.equal(plain(["a cat"]).context, weighted(["a cat"]).context)
        one, other = weighted(["a (cat:1.5)"]), weighted(["a cat"])
    assert torch.allclose(one.context[:, 2], other.context[:, 2] * 1.5, atol=1e-5)
    if one.pooled is not None and other.pooled is not None:
        assert torch.equal(one.pooled, other.pooled)
    assert not torch.allclose(plain(["a (cat:1.5)"]).context, other.context)


@pytest.mark.parametrize("family", ["sd1", "sd2", "sdxl"])
@pytest.mark.parametrize("length", [75, 300])
def test_strict_phrases_are_texts_of_their_own(tiny_model: GetModel, family: FamilyName, length: int) -> None:
    """A phrase alone is the plain text; several ones are another, live and in the table alike."""
    plain = live(tiny_model, family, length=length)
    strict = replace(plain, strict=True)
    with torch.no_grad():
        for one, other in zip((plain(["a cat"]), plain([""])), (strict(["a cat."]), strict([""])), strict=True):
            assert torch.equal(one.context, other.context)
            assert other.pooled is None or torch.equal(one.pooled, other.pooled)  # type: ignore[arg-type]
        phrases = ["a cat, red", "cat, a red hat"]
        found = strict(phrases)
        assert not torch.allclose(found.context, plain(phrases).context)
        if found.pooled is not None:
            assert not torch.allclose(found.pooled, plain(phrases).pooled)  # type: ignore[arg-type]
    assert found.context.shape[1] == length + 2
    assert torch.allclose(FrozenText(strict, phrases)(phrases).context, found.context, atol=1e-5)


def test_strict_phrases_have_weights_as_well(tiny_model: GetModel) -> None:
    strict = replace(live(tiny_model), strict=True)
    with torch.no_grad():
        one, other = replace(strict, weighted=True)(["a cat, (red:1.5)"]).context, strict(["a cat, red"]).context
    assert torch.allclose(one[:, 5], other[:, 5] * 1.5, atol=1e-5)
    assert torch.equal(one[:, :5], other[:, :5])


def test_what_fills_a_text_is_left_out_where_it_is_asked_for(tiny_model: GetModel) -> None:
    """As long as the longest text is, whatever phrases it has: start, words and ends."""
    plain = replace(live(tiny_model), padded=False)
    texts = ["a cat", "a cat, red"]
    for encode, length in ((plain, 6), (replace(plain, strict=True), 7)):
        with torch.no_grad():
            found, filled = encode(texts).context, replace(encode, padded=True)(texts).context
        assert found.shape[1] == length
        assert torch.equal(found, filled[:, :length])


def test_what_is_known_is_not_encoded(tiny_model: GetModel) -> None:
    encode = live(tiny_model)
    first = FrozenText(encode, ["a", "b"])
    known = {said: first.known(said) for said in ("a", "b")}
    again = FrozenText(never, ["a", "b"], known=known)
    assert torch.equal(again(["b"]).context, first(["b"]).context)
    with pytest.raises(AssertionError, match="c"):
        FrozenText(never, ["a", "c"], known=known)


@pytest.mark.parametrize(
    ("options", "changes"),
    [
        ({}, False),
        ({"caption_dropout_rate": 0.5, "caption_dropout_every_n_epochs": 2}, False),
        ({"caption_prefix": "x", "keep_tokens": 2, "keep_tokens_separator": "|||"}, False),
        ({"shuffle_caption": True}, True),
        ({"enable_wildcard": True}, True),
        ({"caption_tag_dropout_rate": 0.1}, True),
        ({"token_warmup_step": 0.5}, True),
    ],
)
def test_whether_captions_change(tmp_path: Path, options: dict[str, Any], changes: bool) -> None:  # noqa: FBT001
    assert captions_change(plan_of(tmp_path, captions=CaptionOptions(**options))) == changes


def test_all_texts_of_a_training_are_known(tmp_path: Path) -> None:
    whole = {"best a red square, left end", "best another end"}
    for dropout, texts in (
        ({}, whole),
        ({"caption_dropout_rate": 0.5}, {*whole, ""}),
        ({"caption_dropout_every_n_epochs": 2}, {*whole, ""}),
    ):
        options = CaptionOptions(caption_prefix="best", caption_suffix="end")
        plan = plan_of(tmp_path, captions=replace(options, **dropout))
        held_back = replace(plan.entries[0], caption="another")
        assert possible_texts(replace(plan, entries=plan.entries[:1], validation=(held_back,))) == texts


@pytest.mark.parametrize("unet_only", [True, False])
def test_the_options_reach_the_training(train_tiny: MakeRun, unet_only: bool) -> None:  # noqa: FBT001
    plain = train_tiny(at="plain", network_train_unet_only=unet_only).losses()
    options: dict[str, dict[str, Any]] = {
        "skip": {"clip_skip": 2},
        "long": {"max_token_length": 150},
        "strict": {"strict_tokens": True},
        "none": {"caption_dropout_rate": 1.0},
    }
    for at, option in options.items():
        losses = train_tiny(at=at, network_train_unet_only=unet_only, **option).losses()
        # the first loss tells: the LoRA is still nothing, so only the condition differs
        assert losses[0] != plain[0], at


def test_frozen_captions_train_like_live_ones(train_tiny: MakeRun) -> None:
    """Shuffling captions of one tag keeps the encoders live and leaves the texts as they are."""
    frozen, shuffled = (
        train_tiny(at=str(on), network_train_unet_only=True, shuffle_caption=on, keep_tokens=9) for on in (False, True)
    )
    assert frozen.losses() == pytest.approx(shuffled.losses(), rel=1e-5)
