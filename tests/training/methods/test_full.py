"""The methods dreambooth and fine_tune: what of the model learns, at which rates, and what the file holds."""

import math
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch._subclasses.fake_tensor import FakeTensorMode

from mikazuki.errors import MikazukiError
from mikazuki.models import load
from mikazuki.models.families import FamilyName
from mikazuki.models.identify import identify
from mikazuki.training.loop import Loop
from mikazuki.training.methods.full import FullMethod, block_number
from tests.training import making
from tests.training.conftest import GetModel, MakeRun, MakeSettings

pytestmark = pytest.mark.tiny

DREAMBOOTH: dict[str, Any] = {"method": "dreambooth", "learning_rate": 1e-3}
RANDOM = {"flip_aug": True, "caption_dropout_rate": 0.3, "shuffle_caption": True, "noise_offset": 0.1}
SLOW = pytest.mark.slow


def options(**more: Any) -> dict[str, Any]:
    return {**DREAMBOOTH, **more}


def prepared(settings: Any, tmp_path: Path) -> Loop:
    return making.prepared(settings, tmp_path / "job")


def changed(before: dict[str, Tensor], after: dict[str, Tensor]) -> set[str]:
    """Return the parts of the model that differ: the first word of their tensors' names."""
    assert before.keys() == after.keys()
    return {name.partition(".")[0] for name in before if not torch.equal(before[name], after[name])}


@pytest.mark.parametrize("family", ["sd1", "sd2", "sdxl"])
def test_the_file_is_the_base_models_with_other_numbers(
    tiny_model: GetModel, train_tiny: MakeRun, family: FamilyName
) -> None:
    done = train_tiny(tiny_model(family), **options(train_text_encoder=True))
    before, after = load_file(tiny_model(family)), done.weights()
    assert {name: t.shape for name, t in after.items() if name in before} == {n: t.shape for n, t in before.items()}
    # SD2's last layer is never computed, and the decoder never trained
    parts = changed(before, {name: after[name] for name in before})
    assert parts == {"model", "conditioner" if family == "sdxl" else "cond_stage_model"}
    metadata = done.metadata()
    assert all(key.startswith("modelspec.") for key in metadata)
    assert metadata["modelspec.architecture"].startswith("stable-diffusion-")
    assert "/" not in metadata["modelspec.architecture"]


@pytest.mark.parametrize(
    ("family", "more", "parts"),
    [
        ("sd1", {}, {"unet", "text_encoder"}),
        pytest.param("sd1", {"stop_text_encoder_training": -1}, {"unet"}, marks=SLOW),
        pytest.param("sd1", {"learning_rate_te": 0}, {"unet"}, marks=SLOW),
        ("sd1", {"learning_rate": 0, "learning_rate_te": 1e-3}, {"text_encoder"}),
        ("sd1", {"method": "fine_tune"}, {"unet"}),
        pytest.param("sd1", {"method": "fine_tune", "train_text_encoder": True}, {"unet", "text_encoder"}, marks=SLOW),
        ("sdxl", {}, {"unet"}),
        pytest.param("sdxl", {"train_text_encoder": True}, {"unet", "text_encoder", "text_encoder_2"}, marks=SLOW),
        ("sdxl", {"train_text_encoder": True, "learning_rate_te1": 0}, {"unet", "text_encoder_2"}),
        pytest.param(
            "sdxl", {"train_text_encoder": True, "learning_rate_te2": 0}, {"unet", "text_encoder"}, marks=SLOW
        ),
    ],
)
def test_what_learns(
    tiny_model: GetModel,
    make_settings: MakeSettings,
    tmp_path: Path,
    family: FamilyName,
    more: dict[str, Any],
    parts: set[str],
) -> None:
    loop = prepared(
        make_settings(tiny_model(family), **options(max_train_steps=1, **{"learning_rate": 1e-3, **more})), tmp_path
    )
    method: Any = loop.learner.method
    before = {name: tensor.clone() for name, tensor in method.weights().items()}
    every = [parameter for model in method._parts.values() for parameter in model.parameters()]
    loop.run()
    assert {name.partition(".")[0] for name in before} == parts
    assert changed(before, dict(method.weights())) == parts
    assert method.counts()[1] == sum(p.numel() for p in method.parameters()) <= sum(p.numel() for p in every)
    assert method.trains_text == (parts != {"unet"})


def test_parts_have_their_own_rates(tiny_model: GetModel, train_tiny: MakeRun) -> None:
    more = {"train_text_encoder": True, "learning_rate_te1": 2e-4, "learning_rate_te2": 3e-4, "max_train_steps": 1}
    (values,) = [event["values"] for event in train_tiny(tiny_model("sdxl"), **options(**more)).of("metric")]
    found = {tag: rate for tag, rate in values.items() if tag.startswith("lr/")}
    assert found == pytest.approx({"lr/unet": 1e-3, "lr/text_encoder1": 2e-4, "lr/text_encoder2": 3e-4})


def test_blocks_have_their_own_rates(tiny_model: GetModel, make_settings: MakeSettings, tmp_path: Path) -> None:
    rates = ["1e-3"] * 23
    rates[0] = rates[11] = "0"
    settings = make_settings(tiny_model("sdxl"), **options(block_lr=",".join(rates), max_train_steps=1))
    loop = prepared(settings, tmp_path)
    method: Any = loop.learner.method
    before = {name: tensor.clone() for name, tensor in method.weights().items()}
    loop.run()
    moved = {name for name, tensor in method.weights().items() if not torch.equal(tensor, before[name])}
    rested = {name.removeprefix("unet.") for name in before.keys() - moved}
    assert {name.partition(".")[0] for name in rested} == {"time_embedding", "add_embedding", "mid_block"}
    assert all(name.startswith(("time_", "add_", "mid_block.attentions.0")) for name in rested)
    assert "block0" not in {group["name"] for group in method.groups()}


def test_blocks_are_sdxls(make_settings: MakeSettings, tmp_path: Path) -> None:
    with pytest.raises(MikazukiError) as caught:
        prepared(make_settings(**options(block_lr=",".join(["1e-3"] * 23))), tmp_path)
    assert caught.value.code == "not-sdxl"


@pytest.mark.parametrize(
    ("name", "number"),
    [("time_embed.0.weight", 0), ("label_emb.0.0.bias", 0), ("input_blocks.0.0.weight", 1), ("input_blocks.8.1.x", 9),
     ("middle_block.0.x", 10), ("middle_block.2.x", 12), ("output_blocks.0.0.x", 13), ("output_blocks.8.0.x", 21),
     ("out.2.bias", 22)],
)  # fmt: skip
def test_block_numbers_are_upstreams(name: str, number: int) -> None:
    assert block_number(name) == number


@pytest.mark.parametrize("family", ["sd1", "sdxl"])
def test_it_learns(tiny_model: GetModel, make_settings: MakeSettings, tmp_path: Path, family: FamilyName) -> None:
    settings = make_settings(tiny_model(family), **options(max_train_steps=20))
    losses = making.on_one_batch(prepared(settings, tmp_path), 8)
    assert losses[-1] < 0.9 * losses[0]


@pytest.mark.parametrize(
    "more",
    [
        {"gradient_checkpointing": True, "ema_decay": 0.9, "stop_text_encoder_training": 3},
        pytest.param(
            {"mixed_precision": "bf16", "full_bf16": True, "optimizer_type": "AdamW8bit", "fused_optimizer_groups": 5},
            marks=pytest.mark.skipif(not find_spec("bitsandbytes"), reason="bitsandbytes is not installed"),
        ),
        pytest.param({}, marks=SLOW),
        pytest.param({"mixed_precision": "bf16", "full_bf16": True}, marks=SLOW),
        pytest.param(
            {"optimizer_type": "Adafactor", "optimizer_args": ["relative_step=False"], "fused_backward_pass": True},
            marks=SLOW,
        ),
    ],
)
def test_a_stopped_run_goes_on_bit_for_bit(train_tiny: MakeRun, tmp_path: Path, more: dict[str, Any]) -> None:
    whole = train_tiny(**options(max_train_steps=4, save_every_n_steps=2, save_state=True, **RANDOM, **more))
    state = Path(whole.settings.output_dir) / "x-step00000002-state"
    settings = making.set_anew(whole.settings, resume=str(state), output_dir=str(tmp_path / "on"))
    again = making.run(settings, tmp_path / "job")
    assert again.losses() == whole.losses()[2:]
    assert making.same(again.weights(), whole.weights())


def test_the_text_encoder_rests_after_its_steps(make_settings: MakeSettings, tmp_path: Path) -> None:
    loop = prepared(make_settings(**options(stop_text_encoder_training=1, max_train_steps=3)), tmp_path)
    method: Any = loop.learner.method
    texts = [method.weights()[name] for name in method.weights() if name.startswith("text_encoder.")]
    seen = [[text.clone() for text in texts]]
    step = loop.learner.finish

    def finish() -> dict[str, float]:
        values = step()
        seen.append([text.clone() for text in texts])
        return values

    loop.learner.finish = finish  # type: ignore[method-assign]
    loop.run()
    moved = [any(not torch.equal(a, b) for a, b in zip(*pair, strict=True)) for pair in pairwise(seen)]
    assert moved == [True, False, False]


def test_mixed_precision_keeps_whole_weights(make_settings: MakeSettings, tmp_path: Path) -> None:
    mixed = prepared(make_settings(**options(mixed_precision="bf16")), tmp_path).learner.method
    assert {parameter.dtype for parameter in mixed.parameters()} == {torch.float32}
    half = prepared(make_settings(**options(mixed_precision="bf16", full_bf16=True)), tmp_path).learner.method
    assert {parameter.dtype for parameter in half.parameters()} == {torch.bfloat16}


def test_fp16_needs_a_gpu(make_settings: MakeSettings, tmp_path: Path) -> None:
    if torch.cuda.is_available():
        pytest.skip("there is one")
    with pytest.raises(MikazukiError) as caught:
        prepared(make_settings(**options(mixed_precision="fp16")), tmp_path)
    assert caught.value.code == "fp16-cpu"


@pytest.mark.parametrize(
    "more",
    [
        {"no_token_padding": True},
        pytest.param({"mixed_precision": "bf16"}, marks=SLOW),
        pytest.param({"gradient_checkpointing": True}, marks=SLOW),
    ],
)
def test_other_ways_come_to_the_same(train_tiny: MakeRun, more: dict[str, Any]) -> None:
    plain, other = train_tiny(at="plain", **options()), train_tiny(at="other", **options(**more))
    assert other.losses() == pytest.approx(plain.losses(), rel=3e-2)
    assert other.losses() != plain.losses() or "gradient_checkpointing" in more


@pytest.mark.parametrize("groups", [4, pytest.param(1000, marks=SLOW)])
def test_fused_groups_are_the_same_training(train_tiny: MakeRun, groups: int) -> None:
    more = options(max_grad_norm=0)
    fused = train_tiny(at="fused", fused_optimizer_groups=groups, **more)
    assert fused.losses() == pytest.approx(train_tiny(at="plain", **more).losses(), rel=1e-5)


def test_steps_too_small_for_bf16_are_not_lost(make_settings: MakeSettings, tmp_path: Path) -> None:
    """A step of 1e-5 is a hundredth of what bf16 knows between 0.25 and 0.5."""
    more = {"mixed_precision": "bf16", "full_bf16": True, "learning_rate": 1e-5, "optimizer_args": ["weight_decay=0"]}
    loop = prepared(make_settings(**options(**more)), tmp_path)
    before = torch.cat([weight.flatten() for weight in making.trained(loop)])
    loop.run()
    moved = torch.cat([weight.flatten() for weight in making.trained(loop)]) != before
    large = before.abs() > 0.25
    assert 0.002 < float(moved[large].float().mean()) < 0.1


@pytest.mark.parametrize("merged", [False, True])
def test_the_base_is_seen_again(
    make_settings: MakeSettings, train_tiny: MakeRun, tmp_path: Path, *, merged: bool
) -> None:
    lora = {"base_weights": str(train_tiny(at="lora").file)} if merged else {}
    settings = make_settings(**options(**lora))
    loop = prepared(settings, tmp_path)
    method: Any = loop.learner.method
    before = making.trained(loop)
    loop.run()
    after = making.trained(loop)
    with method.switched_off():
        assert all(torch.equal(a, b) for a, b in zip(making.trained(loop), before, strict=True))
    assert all(torch.equal(a, b) for a, b in zip(making.trained(loop), after, strict=True))
    assert any(not torch.equal(a, b) for a, b in zip(before, after, strict=True))
    with pytest.raises(ValueError, match=r"0\.5"):
        method.at_strength(0.5)


def test_a_gpu_holds_one_model_while_the_base_is_seen() -> None:
    with FakeTensorMode():
        method: Any = FullMethod.__new__(FullMethod)
        weight, base = nn.Parameter(torch.empty(2, device="cuda")), [torch.empty(2)]
        method._trained = [weight]
        for _ in range(2):
            method._exchange(base)
            assert (weight.device.type, base[0].device.type) == ("cuda", "cpu")


PRESERVING = """
[[datasets]]
resolution = 64
min_bucket_reso = 32
[[datasets.subsets]]
image_dir = '{folder}/1_sks thing'
[[datasets.subsets]]
image_dir = '{others}/1_sks thing'
is_reg = true
custom_attributes = {{ diff_output_preservation = true }}
"""


def test_the_base_models_own_words_are_preserved(make_settings: MakeSettings, dataset: Path, tmp_path: Path) -> None:
    """At the first step the model is still the base, so that what is preserved has no loss; later it has."""
    config = tmp_path / "datasets.toml"
    others = making.draw_dataset(tmp_path / "class")
    config.write_text(PRESERVING.format(folder=dataset.as_posix(), others=others.as_posix()), encoding="utf-8")
    settings = make_settings(**options(train_data_dir=None, dataset_config=str(config), max_train_steps=8))
    loop = prepared(settings, tmp_path)
    method: Any = loop.learner.method
    assert all(torch.equal(a, b) for a, b in zip(method._base, method.parameters(), strict=True))
    (entry, *_) = [number for number, one in enumerate(loop.plan.entries) if one.is_reg]
    batch = loop.maker.make((0, 0, [entry]))
    first = float(loop.loss(batch).detach())
    loop.run()
    # without gradients other kernels compute, which round otherwise
    assert first < 1e-10
    assert float(loop.loss(batch).detach()) > 1e-6


def test_a_folder_is_diffusers(train_tiny: MakeRun) -> None:
    done = train_tiny(
        **options(save_model_as="diffusers_safetensors", save_every_n_steps=1, save_last_n_steps=1, max_train_steps=4)
    )
    assert {path.name for path in done.file.parent.iterdir() if path.is_dir()} == {
        "x",
        "x-step00000002",
        "x-step00000003",
    }
    info = identify(done.file)
    assert (info.layout, info.family) == ("diffusers", "sd1")
    single = train_tiny(at="single", **options(max_train_steps=4))
    unets = [load.load_unet(identify(run.file), dtype=torch.float32).state_dict() for run in (done, single)]
    assert making.same(*unets)
    (told,) = [event for event in done.events if event["kind"] == "done"]
    assert told["bytes"] > 100_000


def test_what_lies_beside_a_file_goes_with_it(tiny_model: GetModel, train_tiny: MakeRun) -> None:
    more = {"save_every_n_steps": 1, "save_last_n_steps": 1, "max_train_steps": 4, "learning_rate_te": 0}
    done = train_tiny(tiny_model("sd2"), **options(**more))
    files = {"x", "x-step00000002", "x-step00000003"}
    assert {path.stem for path in done.file.parent.glob("x*.yaml")} == files
    assert {path.stem for path in done.file.parent.glob("x*.safetensors")} == files


@pytest.mark.parametrize(
    ("saved_as", "ending"),
    [("safetensors", ".safetensors"), ("ckpt", ".safetensors"), ("diffusers", "")],
)
def test_older_ways_to_say_the_format(make_settings: MakeSettings, saved_as: str, ending: str) -> None:
    assert make_settings(**options(save_model_as=saved_as, use_safetensors=True)).file_ending == ending


def test_a_checkpoint_and_a_half_file_hold_the_same(train_tiny: MakeRun) -> None:
    plain = train_tiny(at="plain", **options(max_train_steps=1)).weights()
    old = train_tiny(at="old", **options(max_train_steps=1, save_model_as="ckpt"))
    held = torch.load(old.file, weights_only=True)
    assert making.same(held.get("state_dict", held), plain)
    half = train_tiny(at="half", **options(max_train_steps=1, save_precision="fp16")).weights()
    floats = {name: tensor.dtype for name, tensor in half.items() if tensor.is_floating_point()}
    assert set(floats.values()) == {torch.float16}
    assert all(torch.equal(half[name], plain[name].half()) for name in floats)


def test_what_is_saved_predicts_what_was_learned(make_settings: MakeSettings, tmp_path: Path) -> None:
    """The file, loaded again as a base model, has the loss that the training ended with."""
    settings = make_settings(**options())
    loop = prepared(settings, tmp_path)
    loop.run()
    loop.learner.method.save(tmp_path / "x.safetensors", {})
    again = prepared(make_settings(model=tmp_path / "x.safetensors", **options()), tmp_path)
    batch = loop.maker.make((0, 0, [0]))
    with torch.no_grad():
        assert float(loop.loss(batch)) == float(again.loss(batch))
        assert math.isfinite(float(again.loss(batch)))


def test_a_mean_is_what_is_saved_but_not_the_base(train_tiny: MakeRun, tmp_path: Path) -> None:
    """With a running mean, the base model's pictures are still the base model's."""
    prompts = tmp_path / "prompts.txt"
    prompts.write_text("a thing --w 64 --h 64 --s 2 --d 1 --l 3\n", encoding="utf-8")
    drawn = [
        train_tiny(at=name, **options(sample_prompts=str(prompts), learning_rate=0.01, **more)).of("sample")
        for name, more in (("mean", {"ema_decay": 0.999}), ("plain", {}))
    ]
    (mean, base), (plain, same_base) = ([Path(event["path"]).read_bytes() for event in run] for run in drawn)
    assert base == same_base
    assert len({mean, base, plain}) == 3


def test_a_strength_is_refused(make_settings: MakeSettings, dataset: Path, tmp_path: Path) -> None:
    config = tmp_path / "datasets.toml"
    text = PRESERVING.format(folder=dataset.as_posix(), others="-").partition("[[datasets.subsets]]\nimage_dir = '-")[0]
    text = text.replace("resolution = 64", "resolution = 64\nnetwork_multiplier = 0.5")
    config.write_text(text, encoding="utf-8")
    with pytest.raises(MikazukiError) as caught:
        prepared(make_settings(**options(train_data_dir=None, dataset_config=str(config))), tmp_path)
    assert caught.value.code == "no-strength"


def test_a_lora_merged_beforehand_is_in_the_file(train_tiny: MakeRun) -> None:
    lora = train_tiny(at="lora")
    more = options(learning_rate=1e-30, max_train_steps=1, stop_text_encoder_training=-1)
    plain = train_tiny(at="plain", **more).weights()
    merged = train_tiny(at="merged", base_weights=str(lora.file), **more).weights()
    assert changed(plain, merged) == {"model", "cond_stage_model"}
