"""Finds the mask pictures of training pictures: files of the same name in another folder."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from mikazuki.data.buckets import Size
from mikazuki.data.folders import Notice, Subset, list_folder, listed
from mikazuki.errors import MikazukiError
from mikazuki.text import count


def find_masks(subsets: Sequence[Subset]) -> tuple[list[dict[Path, Path]], list[Notice]]:
    """Find the masks of subsets that have a folder of masks: for each subset picture -> mask, and what was left over.

    A picture's mask has its name, whatever the ending. Where the folder of masks has a folder of a subset's name in
    it, that one holds the subset's masks.

    Raises:
        MikazukiError: `masks-not-found` when there is no such folder, `masks-missing` naming every picture
            without a mask, `dataset-not-readable`.
    """
    found: list[dict[Path, Path]] = []
    lacking: list[Path] = []
    there: dict[Path, None] = {}
    for subset in subsets:
        folder = _folder(subset)
        # reversed, so that the first of several with one stem stays
        by_stem = {mask.stem: mask for mask in reversed(list_folder(folder).pictures)} if folder else {}
        there |= dict.fromkeys(by_stem.values())
        found.append({path: by_stem[path.stem] for path in subset.pictures if path.stem in by_stem})
        if folder:
            lacking += [path for path in subset.pictures if path.stem not in by_stem]
    if lacking:
        raise MikazukiError(
            "masks-missing",
            f"There is no mask for {count(len(lacking), 'picture')}: {listed(lacking)}.",
            "Put a mask of the same name for each into conditioning_data_dir: white counts fully, black not at all.",
        )
    taken = {mask for masks in found for mask in masks.values()}
    left = [mask for mask in there if mask not in taken]
    return found, [Notice("masks-unused", f"These masks belong to no picture: {listed(left)}.")] if left else []


def _folder(subset: Subset) -> Path | None:
    root = subset.options.conditioning_data_dir
    if root is None:
        return None
    if not root.is_dir():
        raise MikazukiError(
            "masks-not-found",
            f"The folder of masks {root} (conditioning_data_dir) does not exist.",
            "Set conditioning_data_dir to a folder of mask pictures with the names of the training pictures.",
        )
    own = root / subset.name
    return own if own.is_dir() else root


def check_sizes(pairs: Iterable[tuple[Path, Size, Size]]) -> None:
    """Hold sizes of masks against those of their pictures, given as (mask, its size, the picture's).

    Raises:
        MikazukiError: `mask-size`, naming every mask that differs.
    """
    wrong = [f"{mask} ({own[0]}x{own[1]}, not {size[0]}x{size[1]})" for mask, own, size in pairs if own != size]
    if wrong:
        raise MikazukiError(
            "mask-size",
            f"{count(len(wrong), 'mask')} of another size than the picture: {listed(wrong)}.",
            "Make every mask as large as its picture.",
        )
