"""What every own kind of network must do, on every family: the rules that upstream's files and training share."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import torch

from mikazuki.errors import MikazukiError
from mikazuki.models.adapters import save_adapter
from mikazuki.models.families import FamilyName
from mikazuki.training.networks import Network, attach_file, new_or_started
from mikazuki.training.networks.files import merge_weights
from tests.training import making
from tests.training.networks import building
from tests.training.networks.building import KINDS, Base, apart, filled

pytestmark = pytest.mark.tiny
FAMILIES: tuple[FamilyName, ...] = get_args(FamilyName)


@pytest.fixture(params=FAMILIES)
def base(request: pytest.FixtureRequest) -> Base:
    return building.shared_base(request.param)


@pytest.fixture(params=KINDS)
def network(request: pytest.FixtureRequest, base: Base) -> Iterator[Network]:
    torch.manual_seed(0)
    made = filled(base.build(**KINDS[request.param])).eval()
    yield made
    made.detach()


@torch.no_grad()
def test_it_acts_and_strength_0_is_the_base(base: Base, network: Network, tmp_path: Path) -> None:
    with_it = base.outputs()
    network.multiplier = 0.0
    off = base.outputs()
    network.multiplier = 0.7
    partly = base.outputs()
    network.detach()
    plain = base.outputs()
    assert apart(off, plain) == 0
    assert apart(with_it, plain) > 1e-3
    # merged into a copy of the base it is the same
    path = tmp_path / "x.safetensors"
    save_adapter(path, network.state_dict(), {})
    copy = building.base(base.family.name)
    assert merge_weights(copy.unet, copy.texts, copy.family, path, 0.7) == network.module_count()
    assert apart(copy.outputs(), partly) < 2e-5
    assert apart(copy.outputs(), plain) > 1e-3


@torch.no_grad()
def test_a_file_brings_its_ranks_along(
    base: Base, network: Network, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    wanted = base.outputs()
    network.detach()
    path = tmp_path / "x.safetensors"
    save_adapter(path, network.state_dict(), {})
    options = KINDS[request.node.callspec.params["network"]]
    more = {"network_dim": 2, "network_alpha": 0.3, "network_weights": str(path), "dim_from_weights": True}
    args = [pair for pair in options.get("network_args", []) if pair.startswith("unit")]
    settings = building.settings(**{**options, **more, "network_args": args})
    again = new_or_started(base.unet, base.texts, base.family, settings).eval()
    try:
        assert making.same(again.state_dict(), network.state_dict())
        assert apart(base.outputs(), wanted) == 0
    finally:
        again.detach()
    shown = attach_file(base.unet, base.texts, base.family, path)
    assert apart(base.outputs(), wanted) < 1e-5
    shown.detach()


def test_it_learns_what_another_one_does(base: Base, network: Network) -> None:
    goal = [output.detach() for output in base.outputs()]
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.mul_(0.5)

    def loss() -> torch.Tensor:
        return torch.stack([((one - two) ** 2).mean() for one, two in zip(base.outputs(), goal, strict=True)]).sum()

    before = float(loss().detach())
    optimizer = torch.optim.AdamW(network.train().parameter_groups(building.rates(learning_rate=0.01)))
    for _ in range(6):
        loss().backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        optimizer.zero_grad()
    network.eval()
    assert float(loss().detach()) < 0.8 * before


def test_it_computes_in_bf16_and_keeps_fp32(base: Base, network: Network) -> None:
    plain = [output.detach() for output in base.outputs()]
    with torch.autocast("cpu", torch.bfloat16):
        low = base.outputs()
        low[-1].float().square().mean().backward()  # type: ignore[no-untyped-call]
    assert apart([output.float().detach() for output in low], plain) < 0.1 * max(float(o.abs().max()) for o in plain)
    assert {tensor.dtype for tensor in network.state_dict().values()} == {torch.float32}
    beside_unet = [p for p in network.parameters() if p.grad is not None]
    assert beside_unet
    assert {p.grad.dtype for p in beside_unet if p.grad is not None} == {torch.float32}


def test_names_begin_as_upstreams(base: Base, network: Network) -> None:
    kind = "oft" if any(name.startswith("oft") for name in network.unet_names) else "lora"
    assert {"_".join(name.split("_")[:2]) for name in network.unet_names} == {f"{kind}_unet"}
    prefixes = {f"{spec.lora_prefix}_text_model_" for spec in base.family.text_encoders} if kind == "lora" else set()
    assert {prefix for prefix in prefixes if any(name.startswith(prefix) for name in network.text_names)} == prefixes
    original = {name.split("_")[2] for name in network.unet_names} & {"input", "middle", "output"}
    assert bool(original) == (base.family.name == "sdxl")


def test_weights_of_another_kind_do_not_fit(base: Base, network: Network) -> None:
    other = base.build(network_dim=3, **({} if network.text_names else {"network_train_unet_only": True}))
    try:
        with pytest.raises(MikazukiError) as caught:
            network.load_weights(other.state_dict())
        assert caught.value.code == "lora-mismatch"
    finally:
        other.detach()
