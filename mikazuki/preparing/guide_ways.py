"""The guided mode's ways to teach: for each method what is trained, how fast, and by which optimizer."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from mikazuki.preparing.guide_facts import Facts, Goal, first_meaning, new_word
from mikazuki.preparing.guide_length import sentence_steps, total_steps
from mikazuki.preparing.guide_parts import Choice, Thrift
from mikazuki.preparing.probe_choices import ADAFACTOR_ARGS
from mikazuki.settings.methods import DREAMBOOTH, FINE_TUNE, HYPERNETWORK, IMAGIC, INVERSION, LORA, PIVOTAL

Way = Callable[[Facts, Thrift], Iterator[Choice]]
"""From what is known, and how memory is saved, to choices."""

SEED: Final = 1337

RANKS: Final[Mapping[Goal, int]] = MappingProxyType({"character": 32, "style": 32, "concept": 8})
RANKS_SDXL: Final[Mapping[Goal, int]] = MappingProxyType({"character": 16, "style": 32, "concept": 8})
TINY_RANK: Final = 16
PIVOTAL_RANK: Final = 16
TEXT_RATES: Final[Mapping[Goal, float]] = MappingProxyType({"character": 1e-5, "concept": 2e-5, "style": 1e-5})

WHOLE_RATE: Final = 2e-6
ADAFACTOR_RATE: Final = 1e-5
"""Of SDXL's whole UNet, as its bf16 weights and Adafactor usually have it."""
WHOLE_TEXT_RATE: Final = 1e-6
TEXT_SHARE: Final = 3
"""Text encoders of whole models learn in one of so many steps."""
TINY_WHOLE_RATE: Final = 1e-4
WORD_RATE: Final = 5e-3
PIVOTAL_WORD_RATE: Final = 1e-3
SENTENCE_RATE: Final = 1e-3
TINY_SENTENCE_RATE: Final = 1e-2
HYPERNETWORK_RATE: Final = 5e-5
TINY_HYPERNETWORK_RATE: Final = 3e-3
VECTORS: Final = 4
PIVOTAL_VECTORS: Final = 2


def _lora(facts: Facts, thrift: Thrift) -> Iterator[Choice]:
    ranks = RANKS_SDXL if facts.family == "sdxl" else RANKS
    yield from _network(facts, ranks[facts.goal], f"network_dim_{facts.goal}")
    yield from _learning(facts, thrift)


def _dreambooth(facts: Facts, thrift: Thrift) -> Iterator[Choice]:
    """Of SDXL the UNet alone learns; of the others the text encoder as well, for a while."""
    yield from _whole(facts)
    if facts.family != "sdxl" and not facts.tiny:
        if facts.goal == "style":
            yield Choice("stop_text_encoder_training", -1, "stop_text_encoder_training_style")
        else:
            steps = max(1, total_steps(facts, thrift.batch) // TEXT_SHARE)
            yield Choice("learning_rate_te", WHOLE_TEXT_RATE)
            yield Choice("stop_text_encoder_training", steps, told={"steps": steps})
    yield from _learning(facts, thrift, "constant_with_warmup")


def _fine_tune(facts: Facts, thrift: Thrift) -> Iterator[Choice]:
    yield from _whole(facts)
    yield from _learning(facts, thrift, "constant_with_warmup")


def _imagic(facts: Facts, thrift: Thrift) -> Iterator[Choice]:
    tiny = facts.tiny
    yield Choice("learning_rate", TINY_WHOLE_RATE if tiny else WHOLE_RATE, _rate_text(facts, "whole"))
    yield Choice("imagic_embedding_lr", TINY_SENTENCE_RATE if tiny else SENTENCE_RATE)
    yield Choice("imagic_embedding_steps", sentence_steps(facts))
    yield from _learning(facts, thrift, "constant", even=False)


def _inversion(facts: Facts, thrift: Thrift) -> Iterator[Choice]:
    yield from _word(facts, VECTORS)
    yield Choice("learning_rate", WORD_RATE, "learning_rate_word")
    yield from _learning(facts, thrift)


def _pivotal(facts: Facts, thrift: Thrift) -> Iterator[Choice]:
    yield from _word(facts, VECTORS if facts.tiny else PIVOTAL_VECTORS)
    yield Choice("embedding_lr", WORD_RATE if facts.tiny else PIVOTAL_WORD_RATE)
    yield Choice("pivotal_ratio", 0.5)
    yield from _network(facts, PIVOTAL_RANK, "network_dim_pivotal")
    yield from _learning(facts, thrift)


def _hypernetwork(facts: Facts, thrift: Thrift) -> Iterator[Choice]:
    yield Choice("hypernetwork_layer_structure", "1,2,1")
    rate = TINY_HYPERNETWORK_RATE if facts.tiny else HYPERNETWORK_RATE
    yield Choice("learning_rate", rate, _rate_text(facts, "hypernetwork"))
    yield from _learning(facts, thrift)


WAYS: Final[Mapping[str, Way]] = MappingProxyType(
    {
        LORA: _lora,
        DREAMBOOTH: _dreambooth,
        FINE_TUNE: _fine_tune,
        INVERSION: _inversion,
        PIVOTAL: _pivotal,
        HYPERNETWORK: _hypernetwork,
        IMAGIC: _imagic,
    }
)
"""Method -> its way."""


def _network(facts: Facts, rank: int, text: str) -> Iterator[Choice]:
    """A network beside the model, and at which rates its parts learn."""
    rank = TINY_RANK if facts.tiny else rank
    yield Choice("network_module", "networks.lora")
    yield Choice("network_dim", rank, "network_dim_tiny" if facts.tiny else text)
    yield Choice("network_alpha", rank / 2)
    if facts.goal == "style" and not facts.tiny and facts.family != "sdxl":
        yield Choice("network_args", ["conv_dim=8", "conv_alpha=4"])
    if facts.tiny:
        yield Choice("learning_rate", 1e-3, "learning_rate_tiny")
        yield Choice("text_encoder_lr", [5e-4], "learning_rate_tiny")
        return
    yield Choice("learning_rate", 1e-4)
    if facts.goal == "style" or facts.family == "sdxl":
        yield Choice("network_train_unet_only", value=True)
    else:
        yield Choice("text_encoder_lr", [TEXT_RATES[facts.goal]])


def _word(facts: Facts, vectors: int) -> Iterator[Choice]:
    """The new word, what it means at first, and the sentences that say it."""
    meaning = first_meaning(facts)
    yield Choice("token_string", new_word(facts))
    yield Choice("init_word", meaning, "init_word_class" if facts.class_words else "", {"word": meaning})
    yield Choice("num_vectors_per_token", vectors)
    style = facts.goal == "style"
    if facts.tells_captions:
        yield Choice("template_file", "style_filewords" if style else "subject_filewords")
    else:
        yield Choice("use_style_template" if style else "use_object_template", value=True)


def _whole(facts: Facts) -> Iterator[Choice]:
    """The rate of a whole model; of SDXL captions are encoded once, for which its family must be said."""
    if facts.frugal:
        yield Choice("model_type", facts.family)
        yield Choice("learning_rate", ADAFACTOR_RATE, "learning_rate_adafactor")
        yield Choice("cache_text_encoder_outputs", value=True)
    else:
        yield Choice("learning_rate", TINY_WHOLE_RATE if facts.tiny else WHOLE_RATE, _rate_text(facts, "whole"))


def _rate_text(facts: Facts, kind: str) -> str:
    return f"learning_rate_{kind}_tiny" if facts.tiny else f"learning_rate_{kind}"


def _learning(facts: Facts, thrift: Thrift, course: str = "cosine", *, even: bool = True) -> Iterator[Choice]:
    """Optimizer, course of the rate, loss, precision; ``even``: noisy and clean pictures count alike."""
    yield from _frugal_optimizer() if thrift.frugal else _optimizer(facts)
    course = "cosine" if facts.tiny else course
    yield Choice("lr_scheduler", course, "" if course == "cosine" else "lr_scheduler_constant")
    if course != "constant" and not facts.tiny:
        yield Choice("lr_warmup_steps", 0.05)
    if even and not facts.tiny:
        yield Choice("min_snr_gamma", 5.0)
    yield Choice("cache_latents", value=True)
    yield Choice("seed", SEED)


def _optimizer(facts: Facts) -> Iterator[Choice]:
    # a word's few numbers gain nothing by 8 bits
    if facts.memory is not None and facts.eight_bit and not facts.tiny and facts.method != INVERSION:
        yield Choice("optimizer_type", "AdamW8bit", "optimizer_type_8bit")
    else:
        yield Choice("optimizer_type", "AdamW")
    yield Choice("mixed_precision", "auto")


def _frugal_optimizer() -> Iterator[Choice]:
    yield Choice("optimizer_type", "Adafactor", "optimizer_type_frugal")
    yield Choice("optimizer_args", list(ADAFACTOR_ARGS))
    yield Choice("fused_backward_pass", value=True)
    yield Choice("max_grad_norm", 0.0)
    yield Choice("mixed_precision", "bf16", "mixed_precision_frugal")
    yield Choice("full_bf16", value=True)
