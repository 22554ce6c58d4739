import shutil
import tempfile
from pathlib import Path

import pytest

from mikazuki.engines.machine import Gpu
from mikazuki.errors import MikazukiError
from mikazuki.paths import repository
from mikazuki.preparing.preflight import (
    check_gpus,
    check_space,
    check_writable,
    existing_output,
    leftover_demo,
    memory_notices,
)
from mikazuki.settings.train import TrainSettings

GPU = Gpu(0, "card", 8, 8, "1")


def settings(**changes: object) -> TrainSettings:
    return TrainSettings.model_validate({"pretrained_model_name_or_path": "m", "train_data_dir": "d", **changes})


def test_trying_a_folder_leaves_nothing_behind(tmp_path: Path) -> None:
    check_writable(tmp_path / "a" / "b", "output_dir")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "there").mkdir()
    check_writable(tmp_path / "there", "output_dir")
    assert list(tmp_path.rglob("*")) == [tmp_path / "there"]


def test_a_folder_that_cannot_be_written_to_leaves_no_half_made_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(MikazukiError, match=r"output_dir: .*Permission denied") as caught:
        check_writable(tmp_path / "a" / "b", "output_dir")
    assert caught.value.code == "not-writable"
    assert list(tmp_path.iterdir()) == []


def test_space_is_that_of_the_disk_the_folder_will_be_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_space(tmp_path / "a" / "b", 1000)
    asked: list[Path] = []
    full = shutil.disk_usage(tmp_path)._replace(free=60_000_000)

    def usage(path: Path) -> object:
        asked.append(path)
        return full

    monkeypatch.setattr(shutil, "disk_usage", usage)
    check_space(tmp_path / "a" / "b", 9_000_000)
    assert asked == [tmp_path]
    with pytest.raises(MikazukiError, match="disk"):
        check_space(tmp_path, 11_000_000)


@pytest.mark.parametrize(
    ("processes", "gpu_ids", "gpus", "fits"),
    [(1, None, 0, True), (2, None, 1, False), (2, None, 2, True), (2, "0,1", 0, True), (3, "0,1", 4, False)],
)
def test_processes_need_gpus(processes: int, gpu_ids: str | None, gpus: int, fits: bool) -> None:  # noqa: FBT001
    wanted = settings(num_processes=processes, gpu_ids=gpu_ids)
    if fits:
        check_gpus(wanted, [GPU] * gpus)
    else:
        with pytest.raises(MikazukiError, match="num_processes"):
            check_gpus(wanted, [GPU] * gpus)


def test_an_earlier_file_is_warned_of_unless_it_is_gone_on_with(tmp_path: Path) -> None:
    wanted = settings(output_dir=str(tmp_path), output_name="cat")
    assert existing_output(wanted, resumed=False) == []
    (tmp_path / "cat.safetensors").touch()
    assert [notice.code for notice in existing_output(wanted, resumed=False)] == ["output-exists"]
    assert existing_output(wanted, resumed=True) == []


def test_the_demos_regularisation_pictures_are_for_the_demo() -> None:
    train = repository().train
    mine = settings(reg_data_dir=str(train / "demo-reg"))
    assert [notice.code for notice in leftover_demo(mine)] == ["demo-regularisation"]
    assert leftover_demo(settings()) == []
    assert leftover_demo(mine.model_copy(update={"train_data_dir": str(train / "demo")})) == []


def test_little_memory_is_warned_of() -> None:
    assert memory_notices(5, 5, "card") == []
    assert "card has 5 bytes free" in memory_notices(6, 5, "card")[0].text
