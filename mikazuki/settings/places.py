"""Where a training puts what it saves."""

from pathlib import Path

from mikazuki.settings.options.save import SaveSettings


def output_folder(settings: SaveSettings) -> Path:
    """Return the folder of everything that is saved: output_dir, or in it the one of save_in_subfolder."""
    folder = Path(settings.output_dir)
    return folder / settings.output_name if settings.save_in_subfolder else folder


def state_folders(settings: SaveSettings) -> tuple[Path, Path]:
    """Return the folders in which states of this output_name may lie, whichever way save_in_subfolder was set then."""
    folder = Path(settings.output_dir)
    return folder, folder / settings.output_name
