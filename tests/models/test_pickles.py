import collections
import zipfile
from pathlib import Path

import pytest
import torch

from mikazuki.errors import MikazukiError
from mikazuki.models.pickles import read_shapes
from tests.models.conftest import Runs, legacy_pickle

STATE = {"state_dict": {"a.weight": torch.zeros(3, 2), "b": torch.zeros(())}, "global_step": 7, "note": "x"}


@pytest.mark.parametrize("modern", [True, False])
def test_names_and_shapes_are_read_from_both_formats(tmp_path: Path, modern: bool) -> None:  # noqa: FBT001
    path = tmp_path / "model.ckpt"
    torch.save(STATE, path, _use_new_zipfile_serialization=modern)
    assert read_shapes(path) == {"a.weight": (3, 2), "b": ()}


def test_parameters_and_state_dicts_of_modules_are_read(tmp_path: Path) -> None:
    path = tmp_path / "model.pt"
    layer = torch.nn.Linear(2, 3)
    torch.save({"parameter": layer.weight, "module": layer.state_dict()}, path)
    assert read_shapes(path) == {"parameter": (3, 2), "module.weight": (3, 2), "module.bias": (3,)}


@pytest.mark.parametrize("modern", [True, False])
def test_code_is_refused_by_name_and_never_runs(tmp_path: Path, modern: bool) -> None:  # noqa: FBT001
    path, trace = tmp_path / "model.ckpt", tmp_path / "trace"
    content = {"state_dict": {"a": torch.zeros(1)}, "extra": Runs(trace)}
    if modern:
        torch.save(content, path)
    else:
        legacy_pickle(path, {"extra": Runs(trace)})
    with pytest.raises(MikazukiError, match=r"\.open") as caught:
        read_shapes(path)
    assert caught.value.code == "unsafe-pickle"
    assert not trace.exists()


def test_every_name_we_take_torch_takes_too() -> None:
    from torch import _weights_only_unpickler

    from mikazuki.models import pickles

    torch_takes = set(_weights_only_unpickler._get_allowed_globals())
    ours = [*pickles._PLAIN, *pickles._REBUILD_TENSOR, *pickles._REBUILD_PARAMETER]
    assert set(ours) <= torch_takes
    assert not pickles._ALLOWED.fullmatch("torch.load")
    assert not pickles._ALLOWED.fullmatch("torch.hub.load")
    missed = {name for name in torch_takes if not (pickles._ALLOWED.fullmatch(name) or name in ours)}
    assert all("sparse" in name or name.startswith(("torch.per_", "torch.bits")) for name in missed)


def test_state_set_by_the_pickle_does_not_reach_the_stand_ins(tmp_path: Path) -> None:
    from mikazuki.models.pickles import _StandIn

    path = tmp_path / "model.ckpt"
    # GLOBAL torch.FloatStorage, then BUILD with a dictionary and a tuple of two
    body = b"\x80\x02ctorch\nFloatStorage\n}X\x05\x00\x00\x00_makeK\x01sb."
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", body)
    assert read_shapes(path) == {}
    assert callable(_StandIn())


@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_a_checkpoint_cut_short_is_truncated(tmp_path: Path, kept: float) -> None:
    path = tmp_path / "model.ckpt"
    torch.save(STATE, path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(MikazukiError) as caught:
        read_shapes(path)
    assert caught.value.code == "truncated"


def test_other_pickles_and_zips_are_no_models(tmp_path: Path) -> None:
    archive = tmp_path / "archive.ckpt"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("readme", "x")
    other = tmp_path / "other.ckpt"
    import pickle

    other.write_bytes(pickle.dumps(collections.OrderedDict(a=1)))
    for path in (archive, other):
        with pytest.raises(MikazukiError, match=path.name):
            read_shapes(path)
