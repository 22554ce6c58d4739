"""Which masks a run is to make: of which pictures, where to, and what is there already."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mikazuki.data.folders import Notice, listed
from mikazuki.data.mask_models import find_model
from mikazuki.data.mask_places import MaskFinder, mask_place, masks_folder
from mikazuki.data.walk import check_apart, find_files, no_pictures
from mikazuki.settings.masking import MaskSettings


@dataclass(frozen=True, slots=True)
class MaskItem:
    """A mask to make: its picture, that one's path within image_dir, where it is written, and the mask there now."""

    picture: Path
    name: str
    place: Path
    there: Path | None


@dataclass(frozen=True, slots=True)
class MaskPlan:
    """All pictures of a run in the order of their paths, and what was left out; `model` is None with source alpha."""

    items: tuple[MaskItem, ...]
    notices: tuple[Notice, ...]
    output: Path
    model: Path | None

    @property
    def wanted(self) -> tuple[MaskItem, ...]:
        """Those without a mask."""
        return tuple(item for item in self.items if item.there is None)


def make_plan(settings: MaskSettings) -> MaskPlan:
    """Plan the masks of a folder; nothing is decoded.

    Raises:
        MikazukiError: `output-in-source` where masks would lie among the pictures, `model-not-found`, `dataset-empty`,
            and what `find_files` raises.
    """
    root = Path(settings.image_dir)
    output = Path(settings.mask_output_dir) if settings.mask_output_dir else masks_folder(root)
    # a training would take them for pictures
    check_apart("mask_output_dir", output, root, "masks are no pictures to train on")
    model = _model(settings)
    found = find_files(root, recursive=settings.recursive)
    names = {path: path.relative_to(root).as_posix() for path in found.pictures}
    wanted = set(settings.only)
    pictures = [path for path in found.pictures if not wanted or names[path] in wanted]
    notices = [*found.notices, *_unknown(wanted, names.values())]
    if not pictures:
        raise no_pictures(root, notices)
    finder = MaskFinder()
    items: dict[Path, MaskItem] = {}
    for path in pictures:
        place = mask_place(path, root, output)
        if place in items:
            text = f"{names[path]} would have the same mask as {items[place].name}; rename one of them."
            notices.append(Notice("mask-shared", text))
            continue
        items[place] = MaskItem(path, names[path], place, finder.one(place))
    return MaskPlan(tuple(items.values()), tuple(notices), output, model)


def _model(settings: MaskSettings) -> Path | None:
    if settings.source != "model" or settings.model is None:
        return None
    return find_model(settings.model, Path(settings.models_dir))


def _unknown(wanted: Iterable[str], names: Iterable[str]) -> Iterator[Notice]:
    unknown = sorted(set(wanted) - set(names))
    if unknown:
        yield Notice("only", f"Not there to make masks of: {listed(unknown)}.")
