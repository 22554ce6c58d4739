from pathlib import Path
from typing import Any, ClassVar

import pytest
import torch
from torch import Tensor
from torch.autograd.graph import save_on_cpu

from mikazuki.errors import MikazukiError
from mikazuki.models import load
from mikazuki.models.identify import identify
from mikazuki.settings.train import TrainSettings
from mikazuki.training.frugal import compile_unet, set_up_unet
from tests.models import tiny

CPU = torch.device("cpu")


class Counting(save_on_cpu):
    """Notes the sizes of what is moved."""

    packed: ClassVar[list[int]] = []

    def __init__(self, *, pin_memory: bool) -> None:
        super().__init__(pin_memory=pin_memory)
        move: Any = self.pack_hook

        def counted(tensor: Tensor) -> Any:
            self.packed.append(tensor.numel())
            return move(tensor)

        self.pack_hook = counted


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.make("sd1", tmp_path_factory.mktemp("frugal") / "model")


def settings_with(**more: Any) -> TrainSettings:
    values: dict[str, Any] = {"pretrained_model_name_or_path": "m", "train_data_dir": "d"}
    return TrainSettings.model_validate(values | more)


def unet_of(model: Path, settings: TrainSettings, dtype: torch.dtype = torch.float32) -> Any:
    return set_up_unet(load.load_unet(identify(str(model), None), dtype=dtype), settings, CPU)


def answer(unet: Any, dtype: torch.dtype = torch.float32) -> tuple[Tensor, Tensor]:
    """Return a prediction and the gradient of its input."""
    generator = torch.Generator().manual_seed(3)
    x = torch.randn(1, 4, 8, 8, generator=generator).to(dtype).requires_grad_()
    width = unet.config.cross_attention_dim
    context = torch.randn(1, 7, width, generator=generator).to(dtype)
    predicted = unet(x, torch.tensor([500]), context).sample
    predicted.float().square().mean().backward()
    assert x.grad is not None
    return predicted.detach(), x.grad


@pytest.mark.tiny
@pytest.mark.parametrize(
    "more",
    [
        {"gradient_checkpointing": True},
        {"gradient_checkpointing": True, "cpu_offload_checkpointing": True},
        {"mem_eff_attn": True},
        {"sdpa": False},
    ],
)
def test_what_saves_memory_changes_no_number(model: Path, more: dict[str, Any]) -> None:
    plain = answer(unet_of(model, settings_with()))
    frugal = answer(unet_of(model, settings_with(**more)))
    for a, b in zip(plain, frugal, strict=True):
        assert torch.allclose(a, b, rtol=1e-4, atol=1e-6)


@pytest.mark.tiny
def test_checkpoints_in_main_memory_keep_only_the_blocks_inputs(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Counting.packed = []
    monkeypatch.setattr(torch.autograd.graph, "save_on_cpu", Counting)
    unet = unet_of(model, settings_with(gradient_checkpointing=True, cpu_offload_checkpointing=True))
    answer(unet)
    blocks = sum(type(module).__name__ in {"BasicTransformerBlock", "ResnetBlock2D"} for module in unet.modules())
    # a few inputs each, and nothing of what is computed inside
    assert blocks <= len(Counting.packed) <= 6 * blocks


@pytest.mark.tiny
def test_8_bits_predict_nearly_the_same(model: Path) -> None:
    more = {"mixed_precision": "bf16"}
    plain, _ = answer(unet_of(model, settings_with(**more), torch.bfloat16), torch.bfloat16)
    eight, _ = answer(unet_of(model, settings_with(fp8_base=True, **more), torch.bfloat16), torch.bfloat16)
    error = (plain.float() - eight.float()).norm() / plain.float().norm()
    assert 0 < float(error) < 0.1


@pytest.mark.tiny
def test_a_compiled_unet_predicts_the_same(model: Path) -> None:
    plain, _ = answer(unet_of(model, settings_with()))
    settings = settings_with(torch_compile=True, dynamo_backend="eager")
    unet = unet_of(model, settings)
    compile_unet(unet, settings)
    assert unet._compiled_call_impl is not None
    assert torch.allclose(answer(unet)[0], plain, atol=1e-6)


def test_a_backend_that_is_not_there_is_refused_with_the_list() -> None:
    with pytest.raises(MikazukiError, match="dynamo_backend fx2trt is not in this version") as caught:
        compile_unet(torch.nn.Linear(1, 1), settings_with(torch_compile=True, dynamo_backend="fx2trt"))
    assert "inductor" in caught.value.hint
