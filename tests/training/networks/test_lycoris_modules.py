"""A LyCORIS module beside a target: multiplier, dropouts, precision, norms, and what a file holds of a scalar."""

import pytest
import torch
from torch import Tensor, nn

from mikazuki.models.lycoris_spec import ModuleSpec, lycoris_spec
from mikazuki.training.networks.lycoris_kinds import KINDS
from mikazuki.training.networks.lycoris_modules import Drops, LycorisModule, module_of, new_module
from tests.training.networks.lycoris_cases import CASES, filled, lycoris_settings

KIND_NAMES = ("lora", "dora", "loha", "lokr", "ia3", "glora", "full", "diag-oft", "boft")


def beside(target: nn.Module, name: str = "lora", drops: Drops | None = None, **more: object) -> LycorisModule:
    """Return an attached module with numbers in it; ``name`` is one of the cases."""
    spec = lycoris_spec(lycoris_settings(*CASES[name], **more)).module
    assert isinstance(target, (nn.Linear, nn.Conv2d, nn.GroupNorm, nn.LayerNorm))
    module = filled(new_module(target, spec, drops or Drops()))
    module.attach()
    return module


@pytest.mark.parametrize("name", KIND_NAMES)
def test_a_multiplier_scales_what_is_added(name: str) -> None:
    target, x = nn.Linear(8, 8), torch.randn(3, 8)
    base = target(x)
    module = beside(target, name).eval()
    added = target(x) - base
    module.multiplier = -0.5
    assert torch.allclose(target(x), base - 0.5 * added, atol=1e-5)
    module.multiplier = 0.0
    assert torch.equal(target(x), base)
    module.detach()
    assert torch.equal(target(x), base)


@pytest.mark.parametrize("name", [*KIND_NAMES, "lora tucker", "loha tucker", "lokr tucker"])
@pytest.mark.parametrize("shape", ["linear", "conv"])
def test_a_new_module_adds_nothing(name: str, shape: str) -> None:
    target = nn.Linear(8, 8) if shape == "linear" else nn.Conv2d(8, 8, 3, 2, 1)
    x = torch.randn((3, 8) if shape == "linear" else (3, 8, 6, 6))
    base = target(x)
    spec = lycoris_spec(lycoris_settings(*CASES[name])).module
    new_module(target, spec, Drops()).attach()
    assert torch.allclose(target(x), base, atol=1e-5)


@pytest.mark.parametrize("target", [nn.GroupNorm(2, 8), nn.LayerNorm(8)])
def test_norms_get_a_change_of_weight_and_bias(target: nn.GroupNorm | nn.LayerNorm) -> None:
    x = torch.randn(2, 8, 8)
    module = beside(target)
    assert set(module.state_dict()) == {"w_norm", "b_norm"}
    out = target(x)
    module.detach()
    with torch.no_grad():
        target.weight.add_(module.tensors["w_norm"])
        target.bias.add_(module.tensors["b_norm"])
    assert torch.allclose(out, target(x), atol=1e-5)


@pytest.mark.parametrize("name", KIND_NAMES)
def test_the_base_may_be_in_a_lower_type_under_autocast(name: str) -> None:
    """What is added is computed in fp32: a change far below bf16's steps still reaches the output."""
    target = nn.Linear(8, 8, bias=False).to(torch.bfloat16)
    module = beside(target, name)
    weight, bias = module.change()
    assert weight.dtype == torch.float32
    with torch.autocast("cpu", torch.bfloat16):
        again, _ = module.change()
        target(torch.randn(2, 8)).float().square().sum().backward()
    assert torch.equal(weight, again)
    assert bias is None
    assert all(p.grad is not None and p.grad.dtype == torch.float32 for p in module.parameters())


@pytest.mark.parametrize("name", [*KIND_NAMES, "lokr dora scalar", "glora scalar"])
def test_everything_may_be_in_a_lower_type(name: str) -> None:
    """As full_bf16 has it: the module's tensors too, without autocast."""
    target = nn.Conv2d(8, 8, 3, padding=1).to(torch.bfloat16)
    module = beside(target, name).to(torch.bfloat16)
    out = target(torch.randn(2, 8, 4, 4, dtype=torch.bfloat16))
    out.float().square().sum().backward()
    assert out.dtype == torch.bfloat16
    assert {p.grad.dtype for p in module.parameters() if p.grad is not None} == {torch.bfloat16}
    assert all(p.grad is not None for p in module.parameters())
    with torch.no_grad():
        assert module.limit_norm(0.01) is not None


def test_module_dropout_leaves_the_base_alone_in_its_share_of_steps() -> None:
    torch.manual_seed(0)
    target, x = nn.Linear(8, 8), torch.randn(1, 8)
    base = target(x)
    module = beside(target, "loha", Drops(modules=0.3))
    assert 240 < sum(torch.equal(target(x), base) for _ in range(1000)) < 360
    module.eval()
    assert not any(torch.equal(target(x), base) for _ in range(50))


@pytest.mark.parametrize("name", ["lora", "dora", "loha", "full"])
def test_rank_dropout_leaves_out_outputs_for_the_whole_batch(name: str) -> None:
    torch.manual_seed(0)
    target, x = nn.Conv2d(4, 64, 1), torch.randn(3, 4, 5, 5)
    base = target(x)
    module = beside(target, name, Drops(outputs=0.5))
    added = (target(x) - base).detach()
    left_out = (added == 0).all(dim=(0, 2, 3))
    assert 16 < int(left_out.sum()) < 48
    module.eval()
    whole = (target(x) - base).detach()
    # those that are left are not made larger
    assert torch.allclose(added[:, ~left_out], whole[:, ~left_out], atol=1e-6)


def test_with_bypass_a_lora_loses_ranks_instead() -> None:
    torch.manual_seed(0)
    target, x = nn.Linear(4, 64), torch.randn(200, 4)
    base = target(x)
    module = beside(target, "lora", Drops(outputs=0.5, ranks_inside=True))
    added = (target(x) - base).detach()
    assert bool((added != 0).any(dim=0).all())
    assert int(torch.linalg.matrix_rank(added, rtol=1e-4)) < module.tensors["lora_down.weight"].shape[0]


def test_dropout_keeps_the_mean() -> None:
    torch.manual_seed(0)
    target, x = nn.Linear(8, 8), torch.randn(1, 8).expand(4000, 8)
    base = target(x)
    module = beside(target, "lokr", Drops(numbers=0.25))
    dropped = (target(x) - base).detach()
    module.eval()
    assert torch.allclose(dropped.mean(0), (target(x) - base)[0], atol=0.1)
    assert float((dropped == 0).float().mean()) == pytest.approx(0.25, abs=0.02)


@pytest.mark.parametrize("name", ["lora scalar", "loha dora scalar", "lokr dora scalar", "glora scalar"])
def test_a_file_has_the_scalar_in_its_tensors(name: str) -> None:
    target, x = nn.Linear(8, 8), torch.randn(3, 8)
    module = beside(target, name).eval()
    assert module.tensors["scalar"].item() == pytest.approx(0.7)
    wanted, state = target(x), {key: tensor.clone() for key, tensor in module.state_dict().items()}
    assert "scalar" not in state
    module.detach()
    module_of(target, module.kind, state).attach()
    assert torch.allclose(target(x), wanted, atol=1e-6)


def test_an_alpha_that_is_loaded_counts() -> None:
    spec = ModuleSpec(algo="loha", dim=2, alpha=1.0)
    module = filled(new_module(nn.Linear(8, 8), spec, Drops()))
    before = module.change()[0]
    module.load_state_dict({**module.state_dict(), "alpha": torch.tensor(4.0)})
    module.take_alpha()
    assert torch.allclose(module.change()[0], 4 * before)


@pytest.mark.parametrize("name", ["lora", "dora", "loha", "lokr", "ia3", "glora", "full"])
@torch.no_grad()
def test_norms_are_brought_down_to_the_maximum(name: str) -> None:
    target = nn.Linear(8, 8)
    module = beside(target, name)

    def norm() -> Tensor:
        norm: Tensor = torch.linalg.vector_norm(module._plain(module.tensors, target.weight))
        return norm

    before = float(norm())
    for maximum, after in ((before * 2, before), (before / 2, before / 2)):
        report = module.limit_norm(maximum)
        assert report is not None
        assert report.tolist() == pytest.approx([before, after], rel=1e-4)
        assert float(norm()) == pytest.approx(after, rel=1e-4)


@torch.no_grad()
def test_rotations_are_limited_by_their_generators() -> None:
    module = beside(nn.Linear(8, 8), "diag-oft")
    norm = float(module.tensors["oft_blocks"].norm())
    report = module.limit_norm(norm / 4)
    assert report is not None
    assert float(module.tensors["oft_blocks"].norm()) == pytest.approx(norm / 4, rel=1e-5)
    assert new_module(nn.LayerNorm(4), ModuleSpec(), Drops()).limit_norm(1.0) is None


def test_numbers_are_drawn_alike_for_every_seed() -> None:
    for kind in KINDS:
        drawn = []
        for _ in range(2):
            torch.manual_seed(5)
            drawn.append(new_module(nn.Linear(8, 8), ModuleSpec(algo=kind, dim=2), Drops()).state_dict())
        assert all(torch.equal(drawn[0][name], drawn[1][name]) for name in drawn[0])
