"""LoRA: upstream's names and shapes, its numbers worked out by hand, and the same results in diffusers."""

import math
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from mikazuki.errors import MikazukiError
from mikazuki.models import load
from mikazuki.models.adapters import load_adapter, save_adapter
from mikazuki.models.families import FAMILIES, SD1, FamilyName, family_of
from mikazuki.models.identify import identify
from mikazuki.models.lora_spec import LoraSpec, lora_spec
from mikazuki.models.text import encode_sd, encode_sdxl, tokenize
from mikazuki.training.networks.lora import LoraConv, LoraLinear, LoraNetwork, build_network
from tests.models import contract, tiny
from tests.training.networks.building import rates

LOCON = ("conv_dim=4", "conv_alpha=1")
SHARED = Path(__file__).parents[4] / "shared" / "contract"
FILES: dict[str, FamilyName] = {"sd15": "sd1", "sd20": "sd2", "sdxl": "sdxl"}


def shapes_of(network: LoraNetwork) -> dict[str, list[list[int]]]:
    """Return module name -> shapes of down and up; every module has exactly alpha, down and up."""
    state = network.state_dict()
    names = [name.removesuffix(".alpha") for name in state if name.endswith(".alpha")]
    assert len(state) == 3 * len(names)
    assert all(state[f"{name}.alpha"].shape == () for name in names)
    assert {tensor.dtype for tensor in state.values()} == {torch.float32}
    return {name: [list(state[f"{name}.lora_{side}.weight"].shape) for side in ("down", "up")] for name in names}


@pytest.mark.parametrize("locon", [False, True])
@pytest.mark.parametrize("name", FILES)
def test_names_and_shapes_are_those_of_upstreams_files(name: str, locon: bool) -> None:  # noqa: FBT001
    family = FILES[name]
    spec = lora_spec(8, 4.0, None, LOCON if locon else ())
    unet, texts = contract.meta_unet(family), contract.meta_texts(family)
    wanted = contract.read(f"lora_{name}{'_locon' if locon else ''}.json")
    assert shapes_of(build_network(unet, texts, family_of(family), spec)) == wanted


@pytest.mark.parametrize("family", FAMILIES)
def test_a_part_that_is_not_trained_has_no_modules(family: FamilyName) -> None:
    unet, texts, spec = contract.meta_unet(family), contract.meta_texts(family), LoraSpec(4, 1.0)
    whole = set(shapes_of(build_network(unet, texts, family_of(family), spec)))
    text_only = set(shapes_of(build_network(None, texts, family_of(family), spec)))
    unet_only = set(shapes_of(build_network(unet, [], family_of(family), spec)))
    assert text_only == {name for name in whole if name.startswith("lora_te")}
    assert unet_only == whole - text_only


@pytest.mark.skipif(not SHARED.is_dir(), reason="the whole contract is not beside this checkout")
def test_the_copied_contract_is_the_whole_one() -> None:
    import json

    for path in sorted(SHARED.glob("lora_*.json")):
        entries = json.loads(path.read_text(encoding="utf-8")).get("keys")
        name = path.name.replace("_te_only", "").replace("_unet_only", "")
        if entries is None or not (contract.FOLDER / name).is_file():
            continue
        part = "lora_te" if "_te_only" in path.name else "lora_unet" if "_unet_only" in path.name else "lora_"
        own = {module: shapes for module, shapes in contract.read(name).items() if module.startswith(part)}
        flat = {
            f"{module}.lora_{side}.weight": s
            for module, pair in own.items()
            for side, s in zip(("down", "up"), pair, strict=True)
        }
        flat |= {f"{module}.alpha": [] for module in own}
        assert flat == {key: entry["shape"] for key, entry in entries.items()}, path.name


def filled(network: LoraNetwork, scale: float = 0.1) -> LoraNetwork:
    """Give the up weights numbers, as if trained."""
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for module in network.lora_modules:
            module.lora_up.weight.copy_(torch.randn(module.lora_up.weight.shape, generator=generator) * scale)
    return network


@pytest.mark.parametrize("shape", [(5, 6), (2, 7, 6)])
def test_a_linear_adds_up_times_down_times_alpha_over_dim(shape: tuple[int, ...]) -> None:
    target, x = nn.Linear(6, 3), torch.randn(shape)
    module = LoraLinear(target, 4, 2.0, LoraSpec(4, 2.0))
    nn.init.normal_(module.lora_up.weight)
    module.attach()
    added = x @ module.lora_down.weight.T @ module.lora_up.weight.T * (2 / 4)
    assert torch.allclose(target(x), F.linear(x, target.weight, target.bias) + added, atol=1e-6)
    module.multiplier = 0.0
    assert torch.equal(target(x), F.linear(x, target.weight, target.bias))
    module.multiplier = -2.0
    assert torch.allclose(target(x), F.linear(x, target.weight, target.bias) - 2 * added, atol=1e-6)
    module.detach()
    assert torch.equal(target(x), F.linear(x, target.weight, target.bias))


@pytest.mark.parametrize(("kernel", "stride", "padding"), [(1, 1, 0), (3, 1, 1), (3, 2, 1)])
def test_a_convolution_adds_the_merged_kernel(kernel: int, stride: int, padding: int) -> None:
    target, x = nn.Conv2d(4, 5, kernel, stride, padding), torch.randn(2, 4, 8, 8)
    module = LoraConv(target, 3, 1.5, LoraSpec(3, 1.5))
    nn.init.normal_(module.lora_up.weight)
    module.attach()
    delta = torch.einsum("or,rikl->oikl", module.lora_up.weight[:, :, 0, 0], module.lora_down.weight) * (1.5 / 3)
    wanted = F.conv2d(x, target.weight + delta, target.bias, stride, padding)
    assert torch.allclose(target(x), wanted, atol=1e-5)


def test_weights_start_as_upstreams() -> None:
    torch.manual_seed(0)
    module = LoraLinear(nn.Linear(400, 30), 64, 1.0, LoraSpec(64, 1.0))
    down = module.lora_down.weight
    bound = 1 / math.sqrt(400)
    assert down.abs().max() <= bound
    assert float(down.detach().std()) == pytest.approx(bound / math.sqrt(3), rel=0.02)
    assert not module.lora_up.weight.any()
    assert float(module.alpha) == 1.0


def test_gradients_are_those_of_the_formula() -> None:
    target, x = nn.Linear(6, 3).requires_grad_(requires_grad=False), torch.randn(2, 5, 6)
    module = LoraLinear(target, 4, 8.0, LoraSpec(4, 8.0))
    nn.init.normal_(module.lora_up.weight)
    module.attach()
    target(x).square().sum().backward()
    own = [module.lora_down.weight.grad, module.lora_up.weight.grad]
    down, up = (w.detach().clone().requires_grad_() for w in (module.lora_down.weight, module.lora_up.weight))
    wanted_output = F.linear(x, target.weight, target.bias) + x @ down.T @ up.T * 2
    wanted_output.square().sum().backward()  # type: ignore[no-untyped-call]
    for mine, wanted in zip(own, (down.grad, up.grad), strict=True):
        assert mine is not None
        assert wanted is not None
        assert torch.allclose(mine, wanted, rtol=1e-4, atol=1e-4)
    assert target.weight.grad is None


@pytest.mark.parametrize("target", [nn.Linear(6, 3), nn.Conv2d(6, 3, 3, padding=1)])
def test_the_base_may_be_in_a_lower_type(target: nn.Module) -> None:
    target = target.to(torch.bfloat16)
    kind = LoraLinear if isinstance(target, nn.Linear) else LoraConv
    module = kind(target, 4, 1.0, LoraSpec(4, 1.0))
    module.attach()
    x = torch.randn((2, 6) if kind is LoraLinear else (2, 6, 4, 4))
    assert module.lora_down.weight.dtype == torch.float32
    assert target(x.to(torch.bfloat16)).dtype == torch.bfloat16
    with torch.autocast("cpu", torch.bfloat16):
        target(x).sum().backward()
    assert module.lora_up.weight.grad is not None
    assert module.lora_up.weight.grad.dtype == torch.float32


def test_dropout_drops_only_in_training_and_keeps_the_mean() -> None:
    torch.manual_seed(0)
    for spec in (LoraSpec(64, 64.0, dropout=0.25), LoraSpec(64, 64.0, rank_dropout=0.25)):
        target, x = nn.Linear(6, 3, bias=False), torch.randn(1, 6).expand(4000, 6)
        module = LoraLinear(target, 64, 64.0, spec)
        nn.init.normal_(module.lora_up.weight)
        module.attach()
        module.eval()
        wanted = target(x)
        module.train()
        dropped = target(x)
        assert not torch.allclose(dropped, wanted, atol=1e-2)
        assert torch.allclose(dropped.mean(0), wanted[0], atol=0.2)


def test_rank_dropout_drops_a_rank_of_a_whole_picture() -> None:
    torch.manual_seed(0)
    module = LoraConv(nn.Conv2d(2, 2, 1), 64, 1.0, LoraSpec(64, 1.0, rank_dropout=0.5))
    kept = module._dropped(torch.ones(3, 64, 4, 4), 1)
    assert set(kept.flatten().tolist()) == {0.0, 2.0}
    assert torch.equal(kept, kept[:, :, :1, :1].expand_as(kept))
    assert not torch.equal(kept[0], kept[1])


def test_module_dropout_leaves_the_base_alone_in_its_share_of_steps() -> None:
    torch.manual_seed(0)
    target, x = nn.Linear(6, 3), torch.randn(1, 6)
    module = LoraLinear(target, 4, 4.0, LoraSpec(4, 4.0, module_dropout=0.3))
    nn.init.normal_(module.lora_up.weight)
    module.attach()
    base = F.linear(x, target.weight, target.bias)
    skipped = sum(torch.equal(target(x), base) for _ in range(1000))
    assert 240 < skipped < 360
    module.eval()
    assert not any(torch.equal(target(x), base) for _ in range(50))


def small_network(spec: LoraSpec) -> LoraNetwork:
    made = tiny.parts("sd1")
    return build_network(made["unet"], [made["text_encoder"]], SD1, spec)


@pytest.mark.tiny
def test_groups_follow_the_rates() -> None:
    network = small_network(LoraSpec(2, 1.0))
    groups = network.parameter_groups(rates(learning_rate=1e-3, text_encoder_lr=5e-4))
    assert [(group["name"], group["lr"]) for group in groups] == [("textencoder", 5e-4), ("unet", 1e-3)]
    assert sum(p.numel() for group in groups for p in group["params"]) == sum(
        p.numel() for p in network.parameters() if p.requires_grad
    )
    assert [g["name"] for g in network.parameter_groups(rates(learning_rate=1e-3, text_encoder_lr=0.0))] == ["unet"]
    assert [g["lr"] for g in network.parameter_groups(rates(learning_rate=0.0, unet_lr=2e-4))] == [2e-4]


@pytest.mark.tiny
def test_saved_weights_come_back_with_their_alpha(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    save_adapter(path, filled(small_network(LoraSpec(4, 2.0))).state_dict(), {})
    network = small_network(LoraSpec(4, 1.0))
    network.load_weights(load_adapter(path))
    assert {module.scale for module in network.lora_modules} == {0.5}
    assert all(torch.equal(network.state_dict()[name], tensor) for name, tensor in load_adapter(path).items())


@pytest.mark.tiny
@pytest.mark.parametrize("spec", [LoraSpec(8, 1.0), LoraSpec(4, 1.0, conv_dim=2)])
def test_weights_of_another_shape_are_refused(spec: LoraSpec) -> None:
    with pytest.raises(MikazukiError, match="does not fit") as caught:
        small_network(LoraSpec(4, 1.0)).load_weights(small_network(spec).state_dict())
    assert caught.value.code == "lora-mismatch"


@pytest.mark.tiny
def test_multiplier_and_detach_reach_every_module() -> None:
    unet: Any = tiny.parts("sd1")["unet"].eval()
    latents, condition = torch.randn(1, 4, 8, 8), torch.randn(1, 77, tiny.TEXT_WIDTH)

    def output() -> Tensor:
        with torch.no_grad():
            return unet(latents, 5, condition).sample  # type: ignore[no-any-return]

    base = output()
    network = filled(build_network(unet, [], SD1, LoraSpec(4, 4.0, conv_dim=2)))
    assert not torch.allclose(output(), base, atol=1e-2)
    network.multiplier = 0
    assert torch.equal(output(), base)
    network.multiplier = 1
    network.detach()
    assert torch.equal(output(), base)


@pytest.mark.tiny
def test_the_patched_unet_compiles_in_one_graph() -> None:
    target = nn.Sequential(nn.Linear(6, 6), nn.SiLU(), nn.Linear(6, 6))
    for linear in (target[0], target[2]):
        LoraLinear(linear, 2, 1.0, LoraSpec(2, 1.0)).attach()
    x = torch.randn(2, 6)
    compiled = torch.compile(target, backend="eager", fullgraph=True)
    assert torch.equal(compiled(x), target(x))


def pipeline(family: FamilyName, base: load.BaseModel) -> Any:
    """Put a base model into diffusers' own pipeline."""
    from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline
    from diffusers.pipelines.stable_diffusion_xl.pipeline_stable_diffusion_xl import StableDiffusionXLPipeline
    from diffusers.schedulers.scheduling_ddim import DDIMScheduler

    shared = {"unet": base.unet, "vae": base.vae, "scheduler": DDIMScheduler(), "text_encoder": base.text_encoders[0]}
    shared["tokenizer"] = base.tokenizers[0]
    if family == "sdxl":
        return StableDiffusionXLPipeline(
            **shared, text_encoder_2=base.text_encoders[1], tokenizer_2=base.tokenizers[1], add_watermarker=False
        )
    return StableDiffusionPipeline(**shared, safety_checker=None, feature_extractor=None, requires_safety_checker=False)


@torch.no_grad()
def outputs(family: FamilyName, base: load.BaseModel) -> list[Tensor]:
    """Return the condition of a caption and what the UNet makes of noise under it."""
    generator = torch.Generator().manual_seed(3)
    latents = torch.randn(2, 4, 8, 8, generator=generator)
    ids = [tokenize(tokenizer, ["a photo of a dog", "cat"]) for tokenizer in base.tokenizers]
    if family != "sdxl":
        condition = encode_sd(base.text_encoders[0], ids[0])
        return [condition, base.unet(latents, torch.tensor([7, 800]), condition).sample]
    condition, pooled = encode_sdxl(base.text_encoders, *ids)
    added = {"text_embeds": pooled, "time_ids": torch.tensor([[64.0, 64, 0, 0, 64, 64]] * 2)}
    noise = base.unet(latents, torch.tensor([7, 800]), condition, added_cond_kwargs=added).sample
    return [condition, pooled, noise]


@pytest.mark.tiny
@pytest.mark.parametrize("spec", [LoraSpec(4, 2.0), LoraSpec(4, 2.0, conv_dim=3, conv_alpha=1.0)])
@pytest.mark.parametrize("family", FAMILIES)
def test_diffusers_makes_the_same_of_the_file(tmp_path: Path, family: FamilyName, spec: LoraSpec) -> None:
    pytest.importorskip("peft")
    info = identify(tiny.make(family, tmp_path))
    ours, theirs = (load.load_base(info, dtype=torch.float32) for _ in range(2))
    plain = outputs(family, ours)
    network = filled(build_network(ours.unet, ours.text_encoders, family_of(family), spec)).eval()
    path = tmp_path / "lora.safetensors"
    save_adapter(path, network.state_dict(), {})
    pipe = pipeline(family, theirs)
    pipe.load_lora_weights(str(tmp_path), weight_name=path.name)
    for base, mine, other in zip(plain, outputs(family, ours), outputs(family, theirs), strict=True):
        assert (mine - base).abs().max() > 1e-3
        assert (mine - other).abs().max() <= 1e-5
