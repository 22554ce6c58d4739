"""The kinds of LyCORIS module: what they add, worked out by hand, and the same as the library's own modules add."""

import math
from collections.abc import Callable
from typing import Any

import pytest
import torch
from lycoris.wrapper import network_module_dict
from torch import Tensor, nn

from mikazuki.errors import MikazukiError
from mikazuki.models.lycoris_spec import ModuleSpec, lycoris_spec
from mikazuki.training.networks.lycoris_kinds import (
    BOFT,
    DIAG_OFT,
    FULL,
    GLORA,
    IA3,
    LOHA,
    LOKR,
    LORA,
    Kind,
    dora_delta,
    dora_magnitudes,
    kind_of_tensors,
)
from mikazuki.training.networks.lycoris_modules import Drops, new_module
from tests.training.networks.lycoris_cases import CASES, filled, lycoris_settings

ONES = torch.ones(2, 2)


def numbers(*rows: tuple[float, ...]) -> Tensor:
    return torch.tensor(rows)


def test_loha_multiplies_two_products_elementwise() -> None:
    tensors = {
        "hada_w1_a": numbers((1.0,), (2.0,)),
        "hada_w1_b": numbers((3.0, 4.0)),
        "hada_w2_a": numbers((1.0,), (-1.0,)),
        "hada_w2_b": numbers((2.0, 5.0)),
    }
    # (3 4; 6 8) * (2 5; -2 -5) * 0.5, once
    assert torch.equal(LOHA.delta(tensors, ONES, 0.5), numbers((3.0, 10.0), (-6.0, -20.0)))
    assert LOHA.scale(tensors, 3.0) == 3.0


def test_lokr_is_a_kronecker_product() -> None:
    tensors = {"lokr_w1": numbers((1.0, 2.0)), "lokr_w2": numbers((5.0,), (7.0,))}
    # w1 is 1 x 2 and w2 2 x 1: each number of w1 times all of w2
    assert torch.equal(LOKR.delta(tensors, ONES, 0.5), numbers((2.5, 5.0), (3.5, 7.0)))
    halves = {"lokr_w1": torch.ones(2, 2), "lokr_w2_a": torch.ones(4, 3), "lokr_w2_b": torch.ones(3, 4)}
    assert LOKR.scale(halves, 6.0) == 2.0


def test_two_whole_matrices_of_a_lokr_act_as_they_are() -> None:
    tensors = LOKR.begin(torch.zeros(8, 8), ModuleSpec(algo="lokr", dim=4, alpha=1.0, full_matrix=True, rs_lora=True))
    assert float(tensors["alpha"]) == 4
    assert LOKR.scale(tensors, 4.0) == 1.0


def test_glora_adds_to_the_inputs_and_to_the_outputs() -> None:
    weight = numbers((1.0, 2.0), (3.0, 4.0))
    tensors = {
        "a1.weight": numbers((1.0,), (1.0,)),
        "a2.weight": numbers((2.0, 0.0)),
        "b1.weight": numbers((1.0,), (0.0,)),
        "b2.weight": numbers((0.0, 10.0)),
    }
    # W a1 a2 = (3; 7) (2 0) = (6 0; 14 0), and b1 b2 = (0 10; 0 0)
    assert torch.equal(GLORA.delta(tensors, weight, 0.5), numbers((3.0, 5.0), (7.0, 0.0)))


@pytest.mark.parametrize(("on_input", "wanted"), [(0, ((2.0, 4.0), (9.0, 12.0))), (1, ((2.0, 6.0), (6.0, 12.0)))])
def test_ia3_scales_outputs_or_inputs(on_input: int, wanted: tuple[tuple[float, ...], ...]) -> None:
    tensors = {"weight": torch.tensor([2.0, 3.0]), "on_input": torch.tensor(on_input)}
    assert torch.equal(IA3.delta(tensors, numbers((1.0, 2.0), (3.0, 4.0)), 1.0), numbers(*wanted))


def test_oft_turns_a_block_of_outputs_by_twice_the_arc_tangent() -> None:
    """The Cayley transform of (0 t; -t 0) is the rotation by 2 atan(t)."""
    blocks = torch.zeros(1, 2, 2)
    blocks[0, 0, 1] = 0.5
    weight = numbers((1.0, 0.0), (0.0, 1.0))
    turned = weight + DIAG_OFT.delta({"oft_blocks": blocks}, weight, 0.0)
    angle = 2 * math.atan(0.5)
    assert torch.allclose(turned.abs(), numbers((math.cos(angle), math.sin(angle)), (math.sin(angle), math.cos(angle))))
    assert float(torch.linalg.det(turned)) == pytest.approx(1)


@pytest.mark.parametrize("kind", [DIAG_OFT, BOFT])
def test_rotations_keep_lengths(kind: Kind) -> None:
    weight = torch.randn(8, 5)
    tensors = kind.begin(weight, ModuleSpec(dim=4))
    tensors["oft_blocks"] = torch.randn(tensors["oft_blocks"].shape)
    turned = weight + kind.delta(tensors, weight, 0.0)
    assert torch.allclose(turned.norm(dim=0), weight.norm(dim=0), atol=1e-5)
    assert not torch.allclose(turned, weight, atol=0.1)


def test_the_constraint_times_the_outputs_bounds_the_generator() -> None:
    weight, blocks = torch.eye(4), torch.zeros(2, 2, 2)
    blocks[0, 0, 1] = 3.0
    turned = weight + DIAG_OFT.delta({"oft_blocks": blocks}, weight, 0.05)
    # the norm of Q, 3 * sqrt(2), is brought down to 0.05 * 4
    assert float(turned[0, 0]) == pytest.approx(math.cos(2 * math.atan(0.2 / math.sqrt(2))))


def test_boft_refuses_what_it_cannot_cut() -> None:
    with pytest.raises(MikazukiError, match="320 outputs") as caught:
        BOFT.begin(torch.empty(320, 8, device="meta"), ModuleSpec(dim=4))
    assert caught.value.code == "bad-network-args"
    assert BOFT.begin(torch.empty(320, 8, device="meta"), ModuleSpec(dim=16))["oft_blocks"].shape == (6, 32, 10, 10)


@pytest.mark.parametrize("on_output", [True, False])
def test_dora_gives_the_whole_weight_its_magnitudes(on_output: bool) -> None:  # noqa: FBT001
    weight, added = torch.randn(3, 4, 2, 2), torch.randn(3, 4, 2, 2)
    magnitudes = dora_magnitudes(weight, on_output=on_output)
    assert magnitudes.shape == ((3, 1, 1, 1) if on_output else (1, 4, 1, 1))
    assert torch.allclose(dora_delta(weight, torch.zeros_like(weight), magnitudes), torch.zeros_like(weight), atol=1e-5)
    whole = weight + dora_delta(weight, added, 2 * magnitudes)
    assert torch.allclose(dora_magnitudes(whole, on_output=on_output), 2 * magnitudes, rtol=1e-5)
    assert (
        torch.allclose(torch.cosine_similarity(whole[0].flatten(), (weight + added)[0].flatten(), 0), torch.ones(()))
        is on_output
    )


def test_kinds_are_known_by_their_tensors() -> None:
    weight = torch.zeros(8, 8)
    for kind in (LORA, LOHA, LOKR, GLORA, FULL, IA3, DIAG_OFT, BOFT):
        assert kind_of_tensors(kind.begin(weight, ModuleSpec(dim=2))) is kind
    with pytest.raises(MikazukiError, match="unknown kind"):
        kind_of_tensors({"norm_k_img": weight})


TARGETS: dict[str, Callable[[], nn.Linear | nn.Conv2d]] = {
    "linear": lambda: nn.Linear(16, 8),
    "1x1": lambda: nn.Conv2d(16, 8, 1),
    "3x3": lambda: nn.Conv2d(16, 8, 3, 2, 1),
}


def library_module(target: nn.Module, spec: ModuleSpec) -> Any:
    """Return the library's own module of the same shape, which has not been read from a file."""
    return network_module_dict[spec.algo](
        "x", target, 1.0, spec.dim, spec.alpha, 0.0, 0.0, 0.0, spec.use_tucker,
        use_scalar=spec.use_scalar, weight_decompose=spec.dora_wd, wd_on_out=spec.wd_on_output, factor=spec.factor,
        full_matrix=spec.full_matrix, decompose_both=spec.decompose_both, constraint=spec.constraint,
        unbalanced_factorization=spec.unbalanced_factorization, rs_lora=spec.rs_lora, rescaled=spec.rescaled,
        train_on_input=spec.on_input,
    )  # fmt: skip


@pytest.mark.parametrize("shape", TARGETS)
@pytest.mark.parametrize("name", CASES)
def test_the_librarys_own_module_computes_the_same(name: str, shape: str) -> None:
    spec = lycoris_spec(lycoris_settings(*CASES[name], network_dim=1 if "lokr" in name else 4)).module
    target = TARGETS[shape]()
    own = filled(new_module(target, spec, Drops())).eval()
    state = {key: tensor.clone() for key, tensor in own.state_dict().items()}
    theirs = library_module(target, spec).eval()
    assert {key: tensor.shape for key, tensor in theirs.state_dict().items()} == {k: t.shape for k, t in state.items()}
    if "alpha" in state:
        assert float(theirs.alpha) == pytest.approx(float(state["alpha"]))
    theirs.load_state_dict(state, strict=False)
    x = torch.randn((2, 16) if shape == "linear" else (2, 16, 6, 6))
    with torch.no_grad():
        base = target(x)
        mine, wanted = own(x), theirs(x)
    assert (mine - base).abs().max() > 1e-2
    assert torch.allclose(mine, wanted, atol=1e-5), name
