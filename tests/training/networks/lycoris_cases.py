"""Every kind of LyCORIS network as network_args, and what the tests of these networks share."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

import torch
from torch import Tensor, nn

from mikazuki.settings.train import TrainSettings

M = TypeVar("M", bound=nn.Module)
CASES: Final[dict[str, tuple[str, ...]]] = {
    "lora": ("algo=lora",),
    "lora tucker": ("algo=lora", "use_tucker=true"),
    "lora scalar": ("algo=lora", "use_scalar=true"),
    "lora rs": ("algo=lora", "rs_lora=true"),
    "dora": ("algo=lora", "dora_wd=true"),
    "dora on inputs": ("algo=lora", "dora_wd=true", "wd_on_output=false"),
    "dora tucker scalar": ("algo=lora", "dora_wd=true", "use_tucker=true", "use_scalar=true"),
    "loha": ("algo=loha",),
    "loha tucker": ("algo=loha", "use_tucker=true"),
    "loha dora scalar": ("algo=loha", "dora_wd=true", "use_scalar=true"),
    "lokr": ("algo=lokr",),
    "lokr factor": ("algo=lokr", "factor=2"),
    "lokr both": ("algo=lokr", "decompose_both=true", "factor=8"),
    "lokr tucker": ("algo=lokr", "use_tucker=true", "factor=2"),
    "lokr full": ("algo=lokr", "full_matrix=true"),
    "lokr unbalanced": ("algo=lokr", "unbalanced_factorization=true", "factor=2"),
    "lokr dora scalar": ("algo=lokr", "dora_wd=true", "use_scalar=true"),
    "ia3": ("algo=ia3",),
    "glora": ("algo=glora",),
    "glora scalar": ("algo=glora", "use_scalar=true"),
    "full": ("algo=full",),
    "diag-oft": ("algo=diag-oft",),
    "diag-oft rescaled": ("algo=diag-oft", "constraint=0.01", "rescaled=true"),
    "boft": ("algo=boft",),
    "boft rescaled": ("algo=boft", "constraint=0.01", "rescaled=true"),
}


def lycoris_settings(*args: str, **more: Any) -> TrainSettings:
    """Return settings of a LyCORIS network of rank 4 and alpha 2."""
    values: dict[str, Any] = {
        "pretrained_model_name_or_path": "model.safetensors",
        "train_data_dir": "train",
        "network_module": "lycoris.kohya",
        "network_dim": 4,
        "network_alpha": 2.0,
        "network_args": args,
    }
    return TrainSettings.model_validate({**values, **more})


def filled(network: M, scale: float = 0.2) -> M:
    """Give everything trained numbers, as if trained; magnitudes and the like keep their size."""
    generator = torch.Generator().manual_seed(1)

    def drawn(parameter: Tensor) -> Tensor:
        return torch.randn(parameter.shape, generator=generator)

    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name.endswith(("dora_scale", "rescale")):
                parameter.mul_(1 + 0.3 * drawn(parameter).abs())
            elif name.endswith("scalar"):
                parameter.fill_(0.7)
            else:
                parameter.copy_(drawn(parameter) * scale)
    return network


def digest(shapes: Mapping[str, Sequence[int]]) -> str:
    """Return the first 16 digits of SHA-256 over the JSON of the sorted [name, shape] pairs, as the contract's."""
    pairs = sorted((name, list(shape)) for name, shape in shapes.items())
    return hashlib.sha256(json.dumps(pairs).encode()).hexdigest()[:16]
