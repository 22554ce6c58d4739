"""The method hypernetwork: attention is what the classic web UI computes, the base model rests, files go on."""

from pathlib import Path
from typing import Any, cast

import pytest
import torch
from diffusers.models.attention_processor import AttnProcessor, AttnProcessor2_0, SlicedAttnProcessor
from safetensors.torch import load_file
from torch import Tensor

from mikazuki.errors import MikazukiError
from mikazuki.models import load
from mikazuki.models.families import FamilyName
from mikazuki.models.hypernetwork_spec import HypernetworkSpec, file_shapes_of
from mikazuki.models.hypernetworks import Hypernetwork, HypernetworkFile, save_hypernetwork
from mikazuki.models.identify import identify
from mikazuki.models.metadata import model_hashes
from mikazuki.training.methods.hypernetwork import attach, attention_layers
from tests.training import making
from tests.training.conftest import GetModel, MakeRun, MakeSettings

pytestmark = pytest.mark.tiny

SLOW = pytest.mark.slow
FAMILIES = ["sd1", pytest.param("sd2", marks=SLOW), "sdxl"]
HYPERNETWORK: dict[str, Any] = {"method": "hypernetwork", "learning_rate": 0.01, "save_model_as": "pt"}
DROPS = {"hypernetwork_layer_structure": "1,2,2,1", "hypernetwork_dropout_structure": "0,0.4,0.3,0"}


def options(**more: Any) -> dict[str, Any]:
    return {**HYPERNETWORK, **more}


def held(run: making.Run) -> dict[Any, Any]:
    found: dict[Any, Any] = torch.load(run.file, weights_only=True)
    return found


def tensors(run: making.Run) -> dict[str, Tensor]:
    return {
        f"{width}.{number}.{name}": tensor
        for width, parts in held(run).items()
        if isinstance(width, int)
        for number, part in enumerate(parts)
        for name, tensor in part.items()
    }


def unet_of(path: Path) -> Any:
    return load.load_unet(identify(path), dtype=torch.float32, device=torch.device("cpu")).eval()


def strong(widths: tuple[int, ...], **more: Any) -> Hypernetwork:
    """Return a network whose work is seen."""
    torch.manual_seed(11)
    return Hypernetwork(widths, HypernetworkSpec(weight_init="XavierNormal", **more)).eval()


def predicted(unet: Any, width: int) -> Tensor:
    torch.manual_seed(2)
    latents, text = torch.randn(2, 4, 8, 8), torch.randn(2, 7, width)
    with torch.no_grad():
        found: Tensor = unet(latents, torch.tensor([5, 900]), text).sample
    return found


@pytest.mark.parametrize(
    ("family", "widths"),
    [("sd1", (8, 16)), pytest.param("sd2", (8, 16), marks=SLOW), ("sdxl", (16, 40))],
)
def test_the_file_is_the_web_uis(
    tiny_model: GetModel, train_tiny: MakeRun, family: FamilyName, widths: tuple[int, ...]
) -> None:
    done = train_tiny(tiny_model(family), **options(metadata_description="a thing"))
    content = held(done)
    found = {name: tuple(tensor.shape) for name, tensor in tensors(done).items()}
    assert found == file_shapes_of(HypernetworkSpec(), widths)
    assert {tensor.dtype for part in content[widths[0]] for tensor in part.values()} == {torch.float32}
    base = tiny_model(family)
    told = {key: content[key] for key in ("step", "name", "sd_checkpoint", "sd_checkpoint_name", "optional_info")}
    assert told == {
        "step": 3,
        "name": "x",
        "sd_checkpoint": model_hashes(base)[1][:10],
        "sd_checkpoint_name": base.stem,
        "optional_info": "a thing",
    }


def test_a_safetensors_file_and_its_metadata(tiny_model: GetModel, train_tiny: MakeRun) -> None:
    done = train_tiny(tiny_model(layout="diffusers"), **options(save_model_as="safetensors", save_precision="fp16"))
    assert {tensor.dtype for tensor in done.weights().values()} == {torch.float16}
    metadata = done.metadata()
    assert metadata["modelspec.architecture"] == "stable-diffusion-v1/hypernetwork"
    assert (metadata["step"], metadata["name"], metadata["sd_checkpoint_name"]) == ("3", "x", "tiny-sd1")
    # a folder has no hash
    assert "sd_checkpoint" not in metadata


@pytest.mark.parametrize("processor", [AttnProcessor2_0(), AttnProcessor(), SlicedAttnProcessor(1)])
@pytest.mark.parametrize("crossed", [True, False])
def test_attention_is_the_web_uis(tiny_model: GetModel, processor: Any, crossed: bool) -> None:  # noqa: FBT001
    """Keys and values come of two networks' contexts, queries of none: written out, for both kinds of attention."""
    unet = unet_of(tiny_model())
    unet.set_attn_processor(processor)
    network = strong((8, 16), activation="relu")
    network.strength = 0.7
    attach(network, unet)
    block = unet.down_blocks[0].attentions[0].transformer_blocks[0]
    attention = block.attn2 if crossed else block.attn1
    torch.manual_seed(4)
    x = torch.randn(2, 6, 8)
    context = torch.randn(2, 5, 16) if crossed else x
    parts = []
    for number in (0, 1):
        one, _, two = cast("Any", network.part(context.shape[-1], number).linear)
        inner = (context @ one.weight.T + one.bias).clamp(min=0)
        parts.append(context + 0.7 * (inner @ two.weight.T + two.bias))
    query, key, value = (
        x @ attention.to_q.weight.T,
        parts[0] @ attention.to_k.weight.T,
        parts[1] @ attention.to_v.weight.T,
    )

    def heads(tensor: Tensor) -> Tensor:
        return tensor.reshape(2, -1, attention.heads, 8 // attention.heads).transpose(1, 2)

    scores = heads(query) @ heads(key).transpose(-1, -2) / (8 / attention.heads) ** 0.5
    mixed = (scores.softmax(-1) @ heads(value)).transpose(1, 2).flatten(2)
    expected = mixed @ attention.to_out[0].weight.T + attention.to_out[0].bias
    with torch.no_grad():
        found = attention(x, encoder_hidden_states=context if crossed else None)
    assert torch.allclose(found, expected, atol=1e-5)


def test_every_attention_has_its_networks(tiny_model: GetModel) -> None:
    unet = unet_of(tiny_model("sdxl"))
    layers = attention_layers(unet)
    blocks = sum(name.endswith(("attn1", "attn2")) for name, _ in unet.named_modules())
    assert len(layers) == 2 * blocks > 0
    attach(strong((16,)), unet)
    hooked = [len(layer._forward_pre_hooks) for layer, _ in layers]
    assert hooked == [int(layer.in_features == 16) for layer, _ in layers]


def test_strength(tiny_model: GetModel) -> None:
    """0 is the base model bit for bit, whatever the networks hold; between, it acts in part."""
    unet = unet_of(tiny_model())
    base = predicted(unet, 16)
    network = strong((8, 16))
    attach(network, unet)
    whole = predicted(unet, 16)
    network.strength = 0.5
    half = predicted(unet, 16)
    network.strength = 0.0
    torch.nn.init.constant_(network.part(16, 0).linear.get_parameter("0.bias"), torch.inf)
    assert torch.equal(predicted(unet, 16), base)
    assert 0 < (half - base).norm() < (whole - base).norm()


def test_a_new_one_changes_next_to_nothing(tiny_model: GetModel) -> None:
    unet = unet_of(tiny_model())
    base = predicted(unet, 16)
    torch.manual_seed(0)
    attach(Hypernetwork((8, 16), HypernetworkSpec(layer_norm=True)).eval(), unet)
    assert torch.allclose(predicted(unet, 16), base, atol=0.02 * float(base.std()))


@pytest.mark.parametrize("family", FAMILIES)
def test_it_learns_and_the_base_model_rests(
    tiny_model: GetModel, make_settings: MakeSettings, tmp_path: Path, family: FamilyName
) -> None:
    settings = make_settings(tiny_model(family), **options(max_train_steps=20))
    loop = making.prepared(settings, tmp_path / "job")
    unet: Any = loop.loss.__self__._unet  # type: ignore[attr-defined]
    before = {name: tensor.clone() for name, tensor in unet.state_dict().items()}
    losses = making.on_one_batch(loop, 8)
    assert losses[0] > losses[4] > losses[8]
    assert making.same(before, unet.state_dict())
    assert not any(parameter.requires_grad for parameter in unet.parameters())
    method: Any = loop.learner.method
    assert all(parameter.grad is None for parameter in unet.parameters())
    assert method.counts() == (4, sum(weight.numel() for weight in method.parameters()))
    assert not method.trains_text


@pytest.mark.parametrize("more", [{}, pytest.param({"mixed_precision": "bf16"}, marks=SLOW)])
def test_a_stopped_run_goes_on_bit_for_bit(train_tiny: MakeRun, tmp_path: Path, more: dict[str, Any]) -> None:
    whole = train_tiny(**options(max_train_steps=4, save_every_n_steps=2, save_state=True, **DROPS, **more))
    state = Path(whole.settings.output_dir) / "x-step00000002-state"
    settings = making.set_anew(whole.settings, resume=str(state), output_dir=str(tmp_path / "on"))
    again = making.run(settings, tmp_path / "job")
    assert again.losses() == whole.losses()[2:]
    assert making.same(tensors(again), tensors(whole))


def test_another_structure_is_another_run(train_tiny: MakeRun, tmp_path: Path) -> None:
    first = train_tiny(**options(max_train_steps=1, save_state=True))
    for change in ({"hypernetwork_layer_structure": "1,3,1"}, {"hypernetwork_layer_norm": True}):
        with pytest.raises(MikazukiError) as caught:
            making.run(making.set_anew(first.settings, resume="last", max_train_steps=2, **change), tmp_path / "job")
        assert caught.value.code == "other-run"


@pytest.mark.parametrize(
    "more",
    [
        {"gradient_checkpointing": True},
        pytest.param({"torch_compile": True, "dynamo_backend": "eager"}, marks=SLOW),
        pytest.param({"gradient_checkpointing": True, "cpu_offload_checkpointing": True}, marks=SLOW),
        pytest.param({"mem_eff_attn": True, "sdpa": False}, marks=SLOW),
    ],
)
def test_other_ways_to_compute_come_to_the_same(train_tiny: MakeRun, more: dict[str, Any]) -> None:
    plain = train_tiny(at="plain", **options(max_train_steps=2, **DROPS))
    other = train_tiny(at="other", **options(max_train_steps=2, **DROPS, **more))
    assert other.losses() == pytest.approx(plain.losses(), rel=1e-4)
    found, wanted = tensors(other), tensors(plain)
    assert all(torch.allclose(found[name], tensor, atol=1e-4) for name, tensor in wanted.items())


@pytest.mark.parametrize(
    "more",
    [
        {"fp8_base": True, "mixed_precision": "bf16"},
        pytest.param({"full_bf16": True, "mixed_precision": "bf16"}, marks=SLOW),
    ],
)
def test_it_is_trained_in_fewer_bits(train_tiny: MakeRun, more: dict[str, Any]) -> None:
    done = train_tiny(**options(hypernetwork_layer_norm=True, **more))
    assert all(bool(torch.isfinite(tensor).all()) for tensor in tensors(done).values())
    assert len(set(done.losses())) == 3


def test_sizes_choose_widths(train_tiny: MakeRun) -> None:
    done = train_tiny(**options(hypernetwork_sizes="16", max_train_steps=1))
    assert {width for width in held(done) if isinstance(width, int)} == {16}


def test_a_width_that_the_model_lacks_is_refused(make_settings: MakeSettings, tmp_path: Path) -> None:
    with pytest.raises(MikazukiError, match="320, 768: the base model's attention has 8, 16") as caught:
        making.prepared(make_settings(**options(hypernetwork_sizes="768,16,320")), tmp_path / "job")
    assert caught.value.code == "hypernetwork-width"


def test_the_structure_is_the_settings(make_settings: MakeSettings, tmp_path: Path) -> None:
    asked = {
        "hypernetwork_layer_structure": "1,2,2,1",
        "hypernetwork_activation": "mish",
        "hypernetwork_weight_init": "XavierUniform",
        "hypernetwork_layer_norm": True,
        "hypernetwork_activate_output": True,
        "hypernetwork_dropout_structure": "0,0.1,0,0",
    }
    loop = making.prepared(make_settings(**options(**asked)), tmp_path / "job")
    method: Any = loop.learner.method
    linear = method._network.part(16, 1).linear
    built = "Linear Mish LayerNorm Dropout Linear Mish LayerNorm Linear Mish LayerNorm"
    assert [type(layer).__name__ for layer in linear] == built.split()
    assert linear[3].p == 0.1
    # 0.01 would be Normal's; this one is even up to the root of 6 / (16 + 32)
    assert 0.34 < float(linear[0].weight.detach().abs().max()) <= 0.125**0.5
    method.save(tmp_path / "x.pt", {})
    content = torch.load(tmp_path / "x.pt", weights_only=True)
    keys = ("layer_structure", "activation_func", "weight_initialization", "is_layer_norm", "activate_output")
    assert [content[key] for key in keys] == [[1, 2, 2, 1], "mish", "XavierUniform", True, True]
    assert (content["dropout_structure"], content["use_dropout"]) == ([0, 0.1, 0, 0], True)


@pytest.mark.parametrize("ending", ["pt", pytest.param("safetensors", marks=SLOW)])
def test_weights_are_what_it_starts_from(train_tiny: MakeRun, ending: str) -> None:
    """The file's structure counts, and its steps are counted on."""
    built = {"hypernetwork_layer_structure": "1,3,1", "hypernetwork_layer_norm": True, "hypernetwork_sizes": "16"}
    first = train_tiny(at="first", **options(**built, save_model_as=ending))
    more = options(hypernetwork_weights=str(first.file), learning_rate=1e-30, max_train_steps=2)
    still = train_tiny(at="still", **more)
    assert making.same(tensors(still), tensors(first) if ending == "pt" else load_file(first.file))
    assert (held(still)["step"], held(still)["layer_structure"]) == (5, [1, 3, 1])
    with pytest.raises(MikazukiError, match="hypernetwork_sizes: there is nothing of width 8") as caught:
        train_tiny(at="more", **{**more, "hypernetwork_sizes": "8,16"})
    assert caught.value.code == "hypernetwork-width"


def test_a_file_for_another_family_is_refused(train_tiny: MakeRun, tmp_path: Path) -> None:
    path = tmp_path / "other.pt"
    save_hypernetwork(path, HypernetworkFile(HypernetworkSpec(), strong((16, 768)).state_dict()), {})
    with pytest.raises(MikazukiError, match="hypernetwork_weights: there is nothing of width 768") as caught:
        train_tiny(**options(hypernetwork_weights=str(path)))
    assert caught.value.code == "hypernetwork-width"


def test_samples_show_it(train_tiny: MakeRun, tmp_path: Path) -> None:
    prompts = tmp_path / "prompts.txt"
    prompts.write_text("a thing --w 64 --h 64 --s 2 --d 1 --l 3\n", encoding="utf-8")
    done = train_tiny(**options(sample_prompts=str(prompts), learning_rate=0.5, **DROPS))
    learned, base = (Path(event["path"]) for event in done.of("sample"))
    assert "base" in base.name
    assert learned.read_bytes() != base.read_bytes()


def test_a_datasets_strength_counts(make_settings: MakeSettings, tmp_path: Path) -> None:
    """As of a LoRA: what is learned then is what acts at that strength."""
    loop = making.prepared(make_settings(**options(hypernetwork_weight_init="XavierNormal")), tmp_path / "job")
    method: Any = loop.learner.method
    losses = []
    for strength in (0.0, 0.5, 1.0):
        with method.at_strength(strength), method.evaluating():
            losses.append(making.on_one_batch(loop, 0)[0])
    assert len(set(losses)) == 3
    with method.switched_off():
        assert making.on_one_batch(loop, 0)[0] == losses[0]
    assert making.on_one_batch(loop, 0)[0] == losses[2]
