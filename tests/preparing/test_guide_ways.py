"""The values that the guided mode gives each method, as tables."""

from dataclasses import replace
from typing import Any

import pytest

from mikazuki.preparing.guide_facts import Facts
from mikazuki.preparing.guide_length import total_steps
from mikazuki.preparing.guide_parts import Thrift
from mikazuki.preparing.guide_ways import WAYS
from mikazuki.settings.methods import USUAL_RATES
from tests.preparing.test_guide_choices import FACTS, by_name

PLAIN = Thrift(1)
FRUGAL = Thrift(1, checkpointing=True, frugal=True)


def way(method: str, thrift: Thrift = PLAIN, **changes: Any) -> dict[str, Any]:
    """Return the values of a method for the facts with these changes."""
    facts: Facts = replace(FACTS, method=method, **changes)
    return by_name(*WAYS[method](facts, thrift))


def test_every_method_has_its_way() -> None:
    assert WAYS.keys() == {"lora", *USUAL_RATES}


@pytest.mark.parametrize(
    ("changes", "dim", "rate", "text"),
    [
        ({}, 32, 1e-4, [1e-5]),
        ({"goal": "concept"}, 8, 1e-4, [2e-5]),
        ({"goal": "style"}, 32, 1e-4, None),
        ({"family": "sdxl"}, 16, 1e-4, None),
        ({"tiny": True}, 16, 1e-3, [5e-4]),
    ],
)
def test_a_lora_s_rank_and_rates(changes: dict[str, Any], dim: int, rate: float, text: list[float] | None) -> None:
    found = way("lora", **changes)
    assert (found["network_dim"], found["network_alpha"], found["learning_rate"]) == (dim, dim / 2, rate)
    assert found.get("text_encoder_lr") == text
    assert ("network_train_unet_only" in found) == (text is None)


def test_the_optimizer_is_what_is_installed() -> None:
    assert way("lora")["optimizer_type"] == "AdamW"
    assert way("lora", eight_bit=True)["optimizer_type"] == "AdamW8bit"
    assert way("dreambooth", eight_bit=True)["optimizer_type"] == "AdamW8bit"
    assert way("lora", eight_bit=True, memory=None)["optimizer_type"] == "AdamW"
    assert way("textual_inversion", eight_bit=True)["optimizer_type"] == "AdamW"


def test_a_text_encoder_learns_with_dreambooth_for_a_while() -> None:
    found = way("dreambooth")
    third = total_steps(replace(FACTS, method="dreambooth"), 1) // 3
    assert (found["learning_rate"], found["learning_rate_te"]) == (2e-6, 1e-6)
    assert found["stop_text_encoder_training"] == third > 100
    assert way("dreambooth", goal="style")["stop_text_encoder_training"] == -1
    assert "stop_text_encoder_training" not in way("dreambooth", FRUGAL, family="sdxl")
    assert way("dreambooth", tiny=True)["learning_rate"] == 1e-4


@pytest.mark.parametrize("method", ["dreambooth", "fine_tune", "imagic"])
def test_the_frugal_way_frees_gradients_and_keeps_weights_in_16_bits(method: str) -> None:
    found = way(method, FRUGAL)
    frugal = {"fused_backward_pass": True, "full_bf16": True, "mixed_precision": "bf16", "max_grad_norm": 0}
    assert found["optimizer_type"] == "Adafactor"
    assert found.items() >= frugal.items()
    assert way(method)["mixed_precision"] == "auto"
    assert not frugal.keys() & way(method).keys() - {"mixed_precision"}


@pytest.mark.parametrize(("method", "once"), [("dreambooth", True), ("fine_tune", True), ("imagic", False)])
def test_sdxl_s_captions_are_encoded_once(*, method: str, once: bool) -> None:
    assert way(method, FRUGAL, family="sdxl").get("cache_text_encoder_outputs", False) is once


@pytest.mark.parametrize(
    ("changes", "option", "value"),
    [
        ({}, "template_file", "subject_filewords"),
        ({"goal": "style"}, "template_file", "style_filewords"),
        ({"captions": ()}, "use_object_template", True),
        ({"captions": ("x",) * 19}, "use_object_template", True),
        ({"captions": (), "goal": "style"}, "use_style_template", True),
    ],
)
def test_the_word_stands_in_sentences(changes: dict[str, Any], option: str, value: object) -> None:
    for method, vectors in (("textual_inversion", 4), ("pivotal_tuning", 2)):
        found = way(method, **changes)
        said = {"template_file", "use_object_template", "use_style_template"} & found.keys()
        assert (said, found[option]) == ({option}, value)
        assert (found["token_string"], found["num_vectors_per_token"]) == ("<aki>", vectors)


def test_the_other_methods_rates() -> None:
    pivotal, word = way("pivotal_tuning"), way("textual_inversion")
    assert (pivotal["embedding_lr"], pivotal["learning_rate"], pivotal["network_dim"]) == (1e-3, 1e-4, 16)
    assert word["learning_rate"] == 5e-3
    assert way("hypernetwork")["learning_rate"] == 5e-5
    assert way("hypernetwork", tiny=True)["learning_rate"] == 3e-3
    imagic = way("imagic", sides=(700,), shown=1)
    assert (imagic["learning_rate"], imagic["imagic_embedding_lr"], imagic["lr_scheduler"]) == (2e-6, 1e-3, "constant")
    assert "min_snr_gamma" not in imagic
    assert "lr_warmup_steps" not in imagic
