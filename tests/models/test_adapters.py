import hashlib
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import Tensor

from mikazuki.errors import MikazukiError
from mikazuki.models.adapters import adapter_hashes, load_adapter, save_adapter
from mikazuki.models.headers import read_header
from mikazuki.models.metadata import read_metadata

NAME = "lora_unet_x"


def lora(width: int = 64) -> dict[str, Tensor]:
    torch.manual_seed(0)
    return {
        f"{NAME}.lora_down.weight": torch.randn(4, width),
        f"{NAME}.lora_up.weight": torch.randn(width, 4),
        f"{NAME}.alpha": torch.tensor(2.0),
    }


@pytest.mark.parametrize("name", ["a.safetensors", "a.pt", "a.ckpt"])
def test_what_is_saved_is_loaded(tmp_path: Path, name: str) -> None:
    state = lora()
    size = save_adapter(tmp_path / name, state, {"ss_seed": "1"})
    loaded = load_adapter(tmp_path / name)
    assert size == (tmp_path / name).stat().st_size
    assert loaded.keys() == state.keys()
    assert all(torch.equal(loaded[key], tensor) for key, tensor in state.items())
    assert list(tmp_path.iterdir()) == [tmp_path / name]


@pytest.mark.parametrize(("precision", "dtype"), [("fp16", torch.float16), ("bf16", torch.bfloat16)])
def test_precision_is_that_of_the_setting(tmp_path: Path, precision: str, dtype: torch.dtype) -> None:
    path = tmp_path / "a.safetensors"
    save_adapter(path, lora(), {}, precision)  # type: ignore[arg-type]
    loaded = load_file(path)
    assert {tensor.dtype for tensor in loaded.values()} == {dtype}
    assert torch.equal(loaded[f"{NAME}.lora_up.weight"], lora()[f"{NAME}.lora_up.weight"].to(dtype))


def test_metadata_is_kept_and_readable_by_the_library(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    metadata = {"ss_output_name": "三日月", "modelspec.title": "x"}
    save_adapter(path, lora(), metadata)
    with safe_open(path, framework="pt") as file:
        assert file.metadata() == read_metadata(path)
    assert metadata.items() <= read_metadata(path).items()
    assert read_metadata(path).keys() == {*metadata, "sshs_model_hash", "sshs_legacy_hash"}


def test_the_model_hash_is_that_of_all_bytes_after_the_header(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    save_adapter(path, lora(), {"ss_seed": "1"})
    data = path.read_bytes()
    body = data[8 + int.from_bytes(data[:8], "little") :]
    assert len(body) == sum(tensor.numel() * 4 for tensor in lora().values())
    assert read_metadata(path)["sshs_model_hash"] == hashlib.sha256(body).hexdigest()


def test_the_legacy_hash_is_over_64_kib_at_1_mib_of_a_file_with_ss_keys_only(tmp_path: Path) -> None:
    state, metadata = lora(100_000), {"ss_seed": "1", "modelspec.title": "x"}
    path = tmp_path / "a.safetensors"
    save_adapter(path, state, metadata)
    # the file as it is with the training's own keys, made by the library
    from safetensors.torch import save

    plain = save(state, {"ss_seed": "1"})
    assert len(plain) > 0x110000
    short = hashlib.sha256(plain[0x100000:0x110000]).hexdigest()[:8]
    assert read_metadata(path)["sshs_legacy_hash"] == short
    small = adapter_hashes(lora(), metadata)["sshs_legacy_hash"]
    assert small == hashlib.sha256(b"").hexdigest()[:8]


def test_the_same_weights_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.safetensors", tmp_path / "b.safetensors"
    save_adapter(first, lora(), {"ss_a": "1", "ss_b": "2"})
    save_adapter(second, dict(reversed(lora().items())), {"ss_b": "2", "ss_a": "1"})
    assert first.read_bytes() == second.read_bytes()
    header = read_header(first)
    assert min(tensor.start for tensor in header.tensors.values()) % 8 == 0


def test_what_is_no_lora_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    save_adapter(path, {"x": torch.zeros(1)}, {})
    for wrong, code in ((path, "not-a-lora"), (tmp_path / "b.safetensors", "model-not-found")):
        with pytest.raises(MikazukiError, match="network_weights") as caught:
            load_adapter(wrong)
        assert caught.value.code == code
