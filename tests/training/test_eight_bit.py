import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812

from mikazuki.training.eight_bit import FORMAT, keep_in_8_bits, to_8_bits, widened


def test_a_row_uses_the_whole_range_and_keeps_its_digits() -> None:
    weight = torch.tensor([[1.0, -0.5, 0.25, 0.0], [1e-4, -2e-4, 3e-5, 1.5e-4], [0.0, 0.0, 0.0, 0.0]])
    small, scale = to_8_bits(weight)
    assert small.dtype == FORMAT
    # 448 is the format's largest number: the largest weight of a row becomes it
    assert torch.equal(small.float().abs().amax(1), torch.tensor([448.0, 448.0, 0.0]))
    error = (widened(small, scale, torch.float32) - weight).abs()
    # three bits after the first one: half a step is one sixteenth of a number
    assert bool((error <= weight.abs() / 16 + 1e-9).all())


def test_a_convolutions_scales_stand_for_its_output_channels() -> None:
    small, scale = to_8_bits(torch.randn(5, 3, 3, 3))
    assert small.shape == (5, 3, 3, 3)
    assert scale.shape == (5, 1, 1, 1)


def model() -> nn.Sequential:
    torch.manual_seed(0)
    made = nn.Sequential(nn.Conv2d(3, 8, 3, stride=2, padding=1), nn.SiLU(), nn.Flatten(), nn.Linear(8 * 16, 5))
    return made.requires_grad_(requires_grad=False)


def test_output_and_gradient_are_those_of_the_widened_weights() -> None:
    plain, eight = model(), model()
    saved = keep_in_8_bits(eight)
    assert saved == 3 * (8 * 27 + 5 * 128)
    with torch.no_grad():
        for number in (0, 3):
            scale = eight[number].get_buffer("weight_scale")
            plain[number].get_parameter("weight").copy_(
                widened(eight[number].get_parameter("weight"), scale, torch.float32)
            )
    x, y = (torch.randn(2, 3, 8, 8, generator=torch.Generator().manual_seed(1)).requires_grad_() for _ in range(2))
    a, b = plain(x), eight(y)
    assert torch.equal(a, b)
    torch.autograd.backward([F.mse_loss(a, torch.ones_like(a)), F.mse_loss(b, torch.ones_like(b))])
    assert x.grad is not None
    assert y.grad is not None
    assert torch.allclose(x.grad, y.grad, atol=1e-7)


def test_what_is_remembered_for_the_way_back_is_small() -> None:
    layer = nn.Linear(256, 256, bias=False).requires_grad_(requires_grad=False)
    keep_in_8_bits(layer)
    kept: list[int] = []

    def note(tensor: torch.Tensor) -> torch.Tensor:
        kept.append(tensor.numel() * tensor.element_size())
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
        layer(torch.randn(1, 256).requires_grad_())
    assert sum(kept) == 256 * 256 + 256 * 4


def test_autocast_chooses_the_format_of_the_arithmetic() -> None:
    eight = model()
    keep_in_8_bits(eight)
    with torch.autocast("cpu", torch.bfloat16):
        assert eight(torch.randn(1, 3, 8, 8)).dtype == torch.bfloat16
