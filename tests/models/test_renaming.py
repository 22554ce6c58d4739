"""A model renamed with what belongs to it, and never over another file."""

from pathlib import Path

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.models.renaming import rename_model


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model with its picture, and a stranger whose name begins alike."""
    for name in ("old.safetensors", "old.preview.png", "old.json", "older.png"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    return tmp_path / "old.safetensors"


@pytest.mark.parametrize("name", ["new", "new.safetensors", " new "])
def test_ending_and_companions_stay(model: Path, name: str) -> None:
    assert rename_model(model, name) == model.with_name("new.safetensors")
    assert _names(model.parent) == {"new.safetensors", "new.preview.png", "new.json", "older.png"}


@pytest.mark.parametrize("there", ["new.safetensors", "new.json"])
def test_nothing_is_overwritten(model: Path, there: str) -> None:
    model.with_name(there).write_text("mine", encoding="utf-8")
    before = _names(model.parent)
    with pytest.raises(MikazukiError) as refused:
        rename_model(model, "new")
    assert refused.value.code == "model-exists"
    assert _names(model.parent) == before


def test_a_failure_in_the_middle_is_undone(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.rename

    def rename(path: Path, target: Path) -> Path:
        if path == model:
            raise PermissionError(13, "in use")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    before = _names(model.parent)
    with pytest.raises(MikazukiError) as refused:
        rename_model(model, "new")
    assert refused.value.code == "not-writable"
    assert _names(model.parent) == before


def test_the_same_name_and_a_folder(model: Path, tmp_path: Path) -> None:
    assert rename_model(model, "old") == model
    (tmp_path / "sd-v1.5").mkdir()
    assert rename_model(tmp_path / "sd-v1.5", "sd-v1.6").name == "sd-v1.6"
    with pytest.raises(MikazukiError):
        rename_model(tmp_path / "nowhere", "x")
