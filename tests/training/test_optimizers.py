"""Optimizers: every name learns and goes on exactly after its state was saved; clear words for what is wrong."""

from importlib.util import find_spec
from io import BytesIO
from typing import Any

import pytest
import torch
from torch import nn

from mikazuki.errors import MikazukiError
from mikazuki.settings import optimizers as names
from mikazuki.training.optimizers import (
    averaged_weights,
    averages,
    build_optimizer,
    learning_rates,
    load_optimizer_state,
    optimizer_class,
)

pytestmark = pytest.mark.filterwarnings("ignore:Paged optimizers are not supported on CPU:UserWarning")

RATES = {
    "SGD": 0.1,
    "SGDNesterov": 0.1,
    "SGDNesterov8bit": 0.1,
    "ASGD": 0.1,
    "Adadelta": 1.0,
    "SGDScheduleFree": 0.5,
    "DAdaptSGD": 0.5,
}
ARGUMENTS = {
    "Adafactor": ["relative_step=False", "scale_parameter=False"],
    "Muon": ["weight_decay=0.0"],
    "DAdaptAdaGrad": ["d0=1e-3"],
    "DAdaptSGD": ["d0=1e-2"],
    "DAdaptLion": ["d0=1e-4"],
}
DOTTED = (
    "torch.optim.AdamW",
    "transformers.optimization.Adafactor",
    "bitsandbytes.optim.AdEMAMix8bit",
    "prodigyplus.prodigy_plus_schedulefree.ProdigyPlusScheduleFree",
    "pytorch_optimizer.Lion",
    "schedulefree.AdamWScheduleFree",
)
EVERY = (*names.NAMED, *DOTTED)


def rate_of(name: str) -> float:
    """Return a rate that suits an optimizer."""
    own = names.finds_own_rate(name) or name.endswith("ProdigyPlusScheduleFree")
    return RATES.get(name, 1.0 if own else 0.01)


def needs(name: str) -> None:
    """Skip where the package of an optimizer is not installed."""
    needed = names.requirement(name)
    if needed and not find_spec(needed.package):
        pytest.skip(f"{needed.pip} is not installed")


class World:
    """A small regression: two layers in two groups, the first one large enough for a state in 8 bits."""

    def __init__(self, name: str, arguments: list[str] | None = None, dtype: torch.dtype = torch.float32) -> None:
        needs(name)
        torch.manual_seed(3)
        first, second = nn.Linear(72, 64, bias=False), nn.Linear(64, 2, bias=name != "Muon")
        self.model = nn.Sequential(first, nn.Tanh(), second).to(dtype)
        self.pictures, self.target = torch.randn(32, 72, dtype=dtype), torch.randn(32, 2, dtype=dtype)
        self.groups: list[dict[str, Any]] = [
            {"name": "textencoder", "params": list(first.parameters()), "lr": rate_of(name)},
            {"name": "unet", "params": list(second.parameters()), "lr": rate_of(name)},
        ]
        said = ARGUMENTS.get(name, []) if arguments is None else arguments
        self.optimizer = build_optimizer(name, said, self.groups)

    def loss(self) -> torch.Tensor:
        return nn.functional.mse_loss(self.model(self.pictures), self.target)

    def steps(self, count: int) -> list[float]:
        losses = []
        for _ in range(count):
            loss = self.loss()
            loss.backward()  # type: ignore[no-untyped-call]
            self.optimizer.step()
            self.optimizer.zero_grad()
            losses.append(loss.item())
        return losses

    def weights(self) -> list[torch.Tensor]:
        return [parameter.detach().clone() for parameter in self.model.parameters()]


def same(one: list[torch.Tensor], other: list[torch.Tensor]) -> bool:
    return all(torch.equal(a, b) for a, b in zip(one, other, strict=True))


def kept(state: dict[str, Any]) -> dict[str, Any]:
    """Return a state as it comes back from a file that may hold nothing but numbers."""
    file = BytesIO()
    torch.save(state, file)
    file.seek(0)
    read: dict[str, Any] = torch.load(file, weights_only=True)
    return read


@pytest.mark.parametrize("name", EVERY)
def test_learns(name: str) -> None:
    world = World(name)
    losses = world.steps(40)
    with averaged_weights(world.optimizer):
        assert world.loss().item() < 0.9 * losses[0]


@pytest.mark.parametrize("name", EVERY)
def test_goes_on_exactly_from_a_saved_state(name: str) -> None:
    straight, stopped, resumed = World(name), World(name), World(name)
    losses = straight.steps(8)
    assert stopped.steps(4) == losses[:4]
    resumed.model.load_state_dict(stopped.model.state_dict())
    load_optimizer_state(resumed.optimizer, kept(stopped.optimizer.state_dict()))
    assert resumed.steps(4) == losses[4:]
    assert same(resumed.weights(), straight.weights())


@pytest.mark.parametrize("name", ["Adafactor", "AdamW", "AdamW8bit", "CAME", "ProdigyPlusScheduleFree"])
def test_goes_on_exactly_with_weights_in_bfloat16(name: str) -> None:
    stopped, resumed = World(name, dtype=torch.bfloat16), World(name, dtype=torch.bfloat16)
    stopped.steps(4)
    resumed.model.load_state_dict(stopped.model.state_dict())
    load_optimizer_state(resumed.optimizer, kept(stopped.optimizer.state_dict()))
    for world in (stopped, resumed):
        torch.manual_seed(11)  # some round at random
        world.steps(4)
    assert same(stopped.weights(), resumed.weights())


@pytest.mark.parametrize("name", EVERY)
def test_refuses_an_argument_it_does_not_know(name: str) -> None:
    with pytest.raises(MikazukiError, match=r"wieght_decay.* It takes: ") as caught:
        World(name, ["wieght_decay=0.1"])
    assert caught.value.code == "optimizer-arguments"


@pytest.mark.parametrize("name", [name for name in EVERY if names.is_schedule_free(name)])
def test_looking_at_averaged_weights_changes_nothing(name: str) -> None:
    looking, straight = World(name), World(name)
    losses = straight.steps(20)
    seen = []
    for _ in range(20):
        seen += looking.steps(1)
        before = looking.weights()
        with averaged_weights(looking.optimizer):
            inside = looking.weights()
        assert same(looking.weights(), before)
    assert not same(inside, before)
    assert seen == losses
    assert all(group["train_mode"] for group in looking.optimizer.state_dict()["param_groups"])


@pytest.mark.tiny
def test_all_works_through_what_accelerate_wraps_around() -> None:
    from accelerate import Accelerator

    world, machine = World("AdamWScheduleFree"), Accelerator(mixed_precision="no")
    optimizer = world.optimizer = machine.prepare_optimizer(world.optimizer)
    world.steps(3)
    before = world.weights()
    with averaged_weights(optimizer):
        assert not same(world.weights(), before)
    assert same(world.weights(), before)
    assert learning_rates(optimizer) == {"lr/textencoder": 0.01, "lr/unet": 0.01}
    fresh = World("AdamWScheduleFree")
    fresh.model.load_state_dict(world.model.state_dict())
    load_optimizer_state(machine.prepare_optimizer(fresh.optimizer), kept(optimizer.state_dict()))
    assert fresh.steps(2) == world.steps(2)


def test_weights_come_back_after_a_failure_too() -> None:
    world = World("AdamWScheduleFree")
    world.steps(3)
    before = world.weights()
    with pytest.raises(OSError, match="full"), averaged_weights(world.optimizer):
        raise OSError("full")
    assert same(world.weights(), before)


def test_plain_optimizers_have_one_set_of_weights() -> None:
    world = World("AdamW")
    assert not averages(world.optimizer)
    with averaged_weights(world.optimizer):
        pass


@pytest.mark.parametrize(
    ("name", "kind"), [("AdamW", torch.optim.AdamW), ("adamw", torch.optim.AdamW), ("SGDNesterov", torch.optim.SGD)]
)
def test_names_in_any_case(name: str, kind: type) -> None:
    assert type(World(name).optimizer) is kind


def test_groups_keep_their_rate_and_take_the_arguments() -> None:
    group = World("AdamW", ["weight_decay=0.25"]).optimizer.param_groups[0]
    assert (group["lr"], group["base_lr"], group["weight_decay"], group["fused"]) == (0.01, 0.01, 0.25, True)


def test_given_groups_stay_as_they_are() -> None:
    world = World("AdamW")
    assert world.groups[0].keys() == {"name", "params", "lr"}


def test_nesterov_brings_its_momentum_unless_told() -> None:
    group = World("sgdnesterov", ["momentum=0.5"]).optimizer.param_groups[0]
    assert (group["momentum"], group["nesterov"]) == (0.5, True)


def test_fused_kernels_give_way_to_other_wishes() -> None:
    assert not World("AdamW", ["foreach=True"]).optimizer.param_groups[0]["fused"]


def test_one_step_of_adamw_is_the_papers() -> None:
    # decoupled decay 1 - 0.1 * 0.5, then the first step of Adam, which is the rate against the gradient's sign
    weight = nn.Parameter(torch.tensor([2.0]))
    optimizer = build_optimizer("AdamW", ["weight_decay=0.5"], [{"name": "unet", "params": [weight], "lr": 0.1}])
    weight.grad = torch.tensor([3.0])
    optimizer.step()
    assert weight.item() == pytest.approx(2.0 * 0.95 - 0.1, abs=1e-6)


def test_adafactor_sets_its_rate_itself_unless_told() -> None:
    world = World("Adafactor", [])
    assert learning_rates(world.optimizer) == {"lr/textencoder": 0.0, "lr/unet": 0.0}
    before = [float(group["params"][0].detach().square().mean().sqrt()) for group in world.groups]
    world.steps(1)
    assert [group["lr"] for group in world.optimizer.param_groups] == [None, None]
    # Shazeer and Stern 2018: root mean square of the weights times min(1e-2, 1/sqrt(step))
    assert list(learning_rates(world.optimizer).values()) == pytest.approx([0.01 * rms for rms in before], rel=1e-5)


def test_adafactors_warmup_means_a_rate_of_its_own() -> None:
    group = World("Adafactor", ["relative_step=False", "warmup_init=True"]).optimizer.param_groups[0]
    assert (group["relative_step"], group["lr"]) == (True, None)


def test_rates_have_upstreams_tags() -> None:
    world = World("AdamW")
    del world.optimizer.param_groups[1]["name"]
    world.optimizer.param_groups[1]["lr"] = 0.5
    assert learning_rates(world.optimizer) == {"lr/textencoder": 0.01, "lr/group1": 0.5}


@pytest.mark.parametrize(
    ("name", "more"), [("Prodigy", set()), ("DAdaptAdam", set()), ("ProdigyPlusScheduleFree", {"lr/d*lr"})]
)
def test_rates_that_were_found_are_told(name: str, more: set[str]) -> None:
    world = World(name)
    world.steps(5)
    told = learning_rates(world.optimizer)
    tags = {"lr/textencoder", "lr/unet", "lr/d*lr/textencoder", "lr/d*lr/unet"} | more
    assert told.keys() == tags
    assert told["lr/unet"] == 1.0
    assert told["lr/d*lr/unet"] == world.optimizer.param_groups[1]["d"] > 1e-6


@pytest.mark.parametrize("name", ["Prodigy", "DAdaptAdam", "DAdaptAdaGrad"])
def test_one_found_rate_cannot_be_two(name: str) -> None:
    needs(name)
    groups = [
        {"name": title, "params": [nn.Parameter(torch.ones(2))], "lr": rate}
        for title, rate in (("textencoder", 0.5), ("unet", 1.0))
    ]
    with pytest.raises(MikazukiError, match=r"textencoder 0\.5, unet 1") as caught:
        build_optimizer(name, [], groups)
    assert caught.value.code == "optimizer-rates"


def test_unknown_name_tells_the_nearest() -> None:
    with pytest.raises(MikazukiError, match=r"Did you mean AdamW\?.*AdamW8bit") as caught:
        optimizer_class("AdamWW")
    assert caught.value.code == "optimizer-unknown"


def test_a_path_leads_to_optimizers_of_known_packages_only() -> None:
    with pytest.raises(MikazukiError, match=r"a path may begin with torch\.optim"):
        optimizer_class("os.system")
    with pytest.raises(MikazukiError, match=r"has no optimizer AdamV.*: Adam, "):
        optimizer_class("torch.optim.AdamV")
    with pytest.raises(MikazukiError, match="has no optimizer Tensor"):
        optimizer_class("torch.optim.optimizer.Tensor")
    with pytest.raises(MikazukiError, match="cannot be imported"):
        optimizer_class("torch.optim.nowhere.Adam")


def test_a_class_that_needs_more_than_a_step_fails_at_once() -> None:
    with pytest.raises(MikazukiError, match="closure") as caught:
        World("torch.optim.LBFGS")
    assert caught.value.code == "optimizer-arguments"


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "lion_pytorch", None)
    with pytest.raises(MikazukiError, match=r"pip install lion-pytorch==0\.2\.3") as caught:
        optimizer_class("lion")
    assert caught.value.code == "optimizer-not-installed"


def test_moments_in_8_bits_are_kept_in_8_bits() -> None:
    world = World("AdamW8bit")
    world.steps(2)
    fresh = World("AdamW8bit")
    load_optimizer_state(fresh.optimizer, kept(world.optimizer.state_dict()))
    first = next(fresh.model.parameters())
    assert fresh.optimizer.state[first]["state1"].dtype == torch.uint8


def test_a_state_keeps_the_rates_of_now() -> None:
    before, after = World("AdamW"), World("AdamW")
    before.steps(1)
    after.optimizer.param_groups[1]["base_lr"] = 0.25
    load_optimizer_state(after.optimizer, before.optimizer.state_dict())
    assert [group["base_lr"] for group in after.optimizer.param_groups] == [0.01, 0.25]


def test_the_rate_is_no_argument() -> None:
    with pytest.raises(MikazukiError, match="it does not know lr"):
        World("AdamW", ["lr=0.1"])
