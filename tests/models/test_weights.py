from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from mikazuki.errors import MikazukiError
from mikazuki.models.weights import opened, opened_all
from tests.models.conftest import Runs

STATE = {"a.b": torch.arange(3.0), "c": torch.ones(2)}


@pytest.mark.parametrize("name", ["m.safetensors", "m.ckpt", "old.pt"])
def test_every_format_is_read_by_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if path.suffix == ".safetensors":
        save_file(STATE, path)
    else:
        torch.save({"state_dict": STATE}, path, _use_new_zipfile_serialization=name != "old.pt")
    with opened(path) as (read, names):
        assert sorted(names) == ["a.b", "c"]
        assert torch.equal(read("a.b"), STATE["a.b"])


def test_several_files_are_read_as_one(tmp_path: Path) -> None:
    paths = []
    for name, tensor in STATE.items():
        paths.append(tmp_path / f"{name}.safetensors")
        save_file({name: tensor}, paths[-1])
    with opened_all(paths) as (read, names):
        assert sorted(names) == ["a.b", "c"]
        assert all(torch.equal(read(name), tensor) for name, tensor in STATE.items())


def test_code_does_not_run(tmp_path: Path) -> None:
    path = tmp_path / "m.ckpt"
    torch.save({"x": Runs(tmp_path / "trace")}, path)
    with pytest.raises(MikazukiError, match="refused"), opened(path):
        pass
    assert not (tmp_path / "trace").exists()
