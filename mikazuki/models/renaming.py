"""Gives a model another name; its preview and the other files that lie beside it under its name go with it."""

from collections.abc import Sequence
from pathlib import Path

from mikazuki.errors import MikazukiError
from mikazuki.files import disk_error
from mikazuki.models.library import files_beside, stem_of


def rename_model(path: Path, name: str) -> Path:
    """Rename a model file or folder and return its new path; its ending stays, whether ``name`` has it or not.

    Args:
        path: The model.
        name: Its new name without folder, checked by the caller to be one that files may have.

    Raises:
        MikazukiError: ``model-not-found``; ``model-exists`` where a file of the new name would be overwritten;
            ``not-writable``. Nothing has been renamed then.
    """
    if not path.exists():
        raise MikazukiError("model-not-found", f"There is no model at {path}.", "Look at the list again.")
    old, ending = stem_of(path), path.name.removeprefix(stem_of(path))
    new = name.strip().removesuffix(ending) if ending else name.strip()
    moves = [(one, one.with_name(new + one.name.removeprefix(old))) for one in (*files_beside(path), path)]
    if new == old:
        return path
    for one, target in moves:
        if target.exists() and not (one.exists() and target.samefile(one)):
            hint = "Choose another name, or rename or delete that file first."
            raise MikazukiError("model-exists", f"There is a file {target} already.", hint)
    _move_all(moves)
    return path.with_name(new + ending)


def _move_all(moves: Sequence[tuple[Path, Path]]) -> None:
    """Rename all files, the model itself last; where one fails, those before go back."""
    done: list[tuple[Path, Path]] = []
    for one, target in moves:
        try:
            one.rename(target)
        except OSError as error:
            for old, moved in reversed(done):
                moved.rename(old)
            raise disk_error(one, error) from error
        done.append((one, target))
