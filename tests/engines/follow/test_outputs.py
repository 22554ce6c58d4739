import json
import os
import struct
import zipfile
from pathlib import Path

import pytest

from mikazuki.engines.follow.outputs import Outputs, Picture, Saved

PNG = b"\x89PNG\r\n\x1a\n...IEND\xaeB`\x82"


def safetensors(path: Path, numbers: int = 2) -> bytes:
    header = json.dumps({"a": {"dtype": "F32", "shape": [numbers], "data_offsets": [0, 4 * numbers]}}).encode()
    data = struct.pack("<Q", len(header)) + header + bytes(4 * numbers)
    path.write_bytes(data)
    return data


def test_a_model_is_told_once_it_is_whole(tmp_path: Path) -> None:
    outputs, path = Outputs(tmp_path, "cat"), tmp_path / "cat-step00000020.safetensors"
    data = safetensors(path)
    path.write_bytes(data[:-1])
    outputs.expect(str(path))
    assert outputs.saved() == []
    assert outputs.saved(final=True) == [], "a run that was killed leaves half a file"
    path.write_bytes(data)
    (saved,) = outputs.saved()
    assert saved == Saved("model", path, len(data))
    assert (saved.step, saved.epoch) == (20, None)
    assert outputs.saved() == []


def test_a_pickled_model_is_whole_with_its_directory(tmp_path: Path) -> None:
    outputs, path = Outputs(tmp_path, "cat"), tmp_path / "cat.ckpt"
    outputs.expect(str(path))
    path.write_bytes(b"PK\x03\x04 not yet")
    assert outputs.saved(final=True) == []
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("data.pkl", b"x")
    assert [saved.path for saved in outputs.saved()] == [path]


@pytest.mark.parametrize(
    ("mark", "name"),
    [({"epoch": 3}, "cat-000003-state"), ({"step": 40}, "cat-step00000040-state"), ({}, "cat-state")],
)
def test_a_state_is_whole_with_what_is_written_last_and_when_it_has_stopped_growing(
    tmp_path: Path, mark: dict[str, int], name: str
) -> None:
    outputs, folder = Outputs(tmp_path, "cat"), tmp_path / name
    assert outputs.expect_state(**mark) == folder
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"12345")
    assert outputs.saved() == []
    assert outputs.saved(final=True) == []
    (folder / "random_states_0.pkl").write_bytes(b"678")
    assert outputs.saved() == []
    (saved,) = outputs.saved()
    assert (saved.what, saved.path, saved.bytes) == ("state", folder, 8)
    assert (saved.epoch, saved.step) == (mark.get("epoch"), mark.get("step"))


def test_paths_that_the_logs_rows_have_broken_are_found_by_name(tmp_path: Path) -> None:
    outputs, path = Outputs(tmp_path, "my cat"), tmp_path / "my cat-000001.safetensors"
    path.touch()
    assert outputs.find("/some where/out/my cat-0000 01.safetensors") == path
    assert outputs.find("C:\\out\\mycat-000001.safetensors") == path
    assert outputs.find("/out/gone.safetensors") == tmp_path / "gone.safetensors"


def test_pictures_of_this_run_are_told_once_and_read_by_their_names(tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    folder.mkdir()
    (folder / "cat_e000001_00_20261121145753_1.png").write_bytes(PNG)
    outputs = Outputs(tmp_path, "cat")
    assert outputs.pictures() == []
    first, second = folder / "cat_000010_01_20261121145801.png", folder / "cat_e000002_00_20261121145809_7.png"
    first.write_bytes(PNG)
    second.write_bytes(PNG[:-2])
    (folder / "dog_e000002_00_20261121145809_7.png").write_bytes(PNG)
    assert outputs.pictures() == [Picture(first, 1, 10, None, None)]
    second.write_bytes(PNG)
    assert outputs.pictures() == [Picture(second, 0, None, 2, 7)]
    assert outputs.pictures(final=True) == []


def test_the_last_model_is_the_runs_own_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "cat.safetensors"
    safetensors(path)
    outputs = Outputs(tmp_path, "cat")
    assert outputs.last_model() is None, "it lay there before"
    data = safetensors(path, numbers=3)
    assert outputs.last_model() == path
    path.write_bytes(data[:-1])
    assert outputs.last_model() is None


def test_the_last_model_may_be_a_folder(tmp_path: Path) -> None:
    outputs = Outputs(tmp_path, "cat")
    (tmp_path / "cat").mkdir()
    assert outputs.last_model() is None
    (tmp_path / "cat" / "model_index.json").write_text("{}", encoding="utf-8")
    assert outputs.last_model() == tmp_path / "cat"


def test_what_an_earlier_run_of_that_name_left_is_not_told_until_it_is_written_anew(tmp_path: Path) -> None:
    path, state = tmp_path / "cat-000001.safetensors", tmp_path / "cat-000001-state"
    safetensors(path)
    state.mkdir()
    for name in ("model.safetensors", "random_states_0.pkl"):
        (state / name).write_bytes(b"old")
    outputs = Outputs(tmp_path, "cat")
    outputs.expect(str(path))
    outputs.expect_state(epoch=1)
    assert outputs.saved() == outputs.saved() == []
    safetensors(path, numbers=4)
    assert [saved.what for saved in outputs.saved()] == ["model"]
    (state / "model.safetensors").write_bytes(b"newer")
    later = (state / "random_states_0.pkl").stat().st_mtime + 10
    os.utime(state / "model.safetensors", (later, later))
    assert outputs.saved() == outputs.saved() == outputs.saved(final=True) == []
    os.utime(state / "random_states_0.pkl", (later, later))
    assert outputs.saved() == []
    assert [saved.what for saved in outputs.saved()] == ["state"]
