"""Reads metadata files: pictures with captions and tags, one JSON object for all (.json) or one a line (.jsonl)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mikazuki.data.folders import list_folder, listed
from mikazuki.errors import MikazukiError
from mikazuki.settings.datasets import CaptionOptions, SubsetOptions


@dataclass(frozen=True, slots=True)
class Described:
    """The pictures of a metadata file with their captions, in order of their paths.

    `tags` are what the file gives as tags, for counting; `missing` the names that no file was found for.
    """

    captions: Mapping[Path, str]
    tags: tuple[str, ...]
    missing: tuple[str, ...]


def read_metadata_file(path: Path, options: SubsetOptions) -> Described:
    """Read a metadata file and find its pictures.

    Each picture may have a `caption` and `tags`, both text; other keys, such as sizes, are not needed: sizes are
    read from the pictures. A name is a path from the subset's image_dir, or an absolute one, and may lack the
    picture's ending.

    Raises:
        MikazukiError: `metadata-file-not-found`; `metadata-file-wrong` when it is no such file, or when relative
            names have no image_dir to start at; `dataset-not-readable`.
    """
    found = _records(path)
    finder = _Finder(options.image_dir)
    captions: dict[Path, str] = {}
    tags, missing = [], []
    for name, record in found.items():
        caption, own_tags = (_text(path, name, record, key) for key in ("caption", "tags"))
        picture = finder.find(name, path)
        if picture is None:
            missing.append(name)
            continue
        captions[picture] = joined(caption, own_tags, options.captions)
        if own_tags:
            tags.append(own_tags)
    return Described(dict(sorted(captions.items(), key=lambda item: str(item[0]))), tuple(tags), tuple(missing))


def joined(caption: str, tags: str, options: CaptionOptions) -> str:
    """Make one caption of a picture's caption and tags: the tags stand after it, in each line of several.

    Only the first line is kept unless enable_wildcard is on, as with caption files. Tags are never lost: not those
    of a picture without a caption, nor those after a caption of several lines, which sd-scripts drops.
    """
    separator = options.caption_separator
    one_line = separator.join(line.strip() for line in tags.split("\n") if line.strip())
    lines = [line.strip() for line in caption.split("\n")]
    lines = [line for line in lines if line] if options.enable_wildcard else lines[:1]
    if not one_line:
        return "\n".join(lines)
    return "\n".join(f"{line}{separator}{one_line}" if line else one_line for line in lines or [""])


class _Finder:
    """Finds the file that a name means; every folder is listed once."""

    def __init__(self, image_dir: Path | None) -> None:
        self.image_dir = image_dir
        self._by_stem: dict[Path, dict[str, Path]] = {}

    def find(self, name: str, source: Path) -> Path | None:
        path = Path(name)
        if not path.is_absolute():
            if self.image_dir is None:
                raise _wrong(source, f"it names {name}, a relative path, but no image_dir says where that starts")
            path = self.image_dir / path
        return path if path.is_file() else self._stems(path.parent).get(path.name)

    def _stems(self, folder: Path) -> dict[str, Path]:
        if folder not in self._by_stem:
            pictures = list_folder(folder).pictures if folder.is_dir() else ()
            # reversed, so that the first of several with one stem stays
            self._by_stem[folder] = {picture.stem: picture for picture in reversed(pictures)}
        return self._by_stem[folder]


def _records(path: Path) -> dict[str, dict[str, Any]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise MikazukiError(
            "metadata-file-not-found",
            f"The metadata file {path} cannot be read: {error.strerror or error}.",
            "Set in_json (in a dataset file: metadata_file) to a .json or .jsonl file that names the pictures.",
        ) from error
    except UnicodeDecodeError as error:
        raise _wrong(path, "it is not UTF-8 text") from error
    if path.suffix.lower() == ".jsonl":
        return dict(_lines(path, text))
    document = _parsed(path, text, "it")
    if not all(isinstance(record, dict) for record in document.values()):
        names = listed(name for name, record in document.items() if not isinstance(record, dict))
        raise _wrong(path, f"these pictures have no object with caption and tags: {names}")
    return document


def _lines(path: Path, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            record = _parsed(path, line, f"line {number}")
            name = record.get("image_path")
            if not isinstance(name, str):
                raise _wrong(path, f"line {number} has no image_path")
            yield name, record


def _parsed(path: Path, text: str, what: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise _wrong(path, f"{what} is not valid JSON: {error}") from error
    if not isinstance(document, dict):
        raise _wrong(path, f"{what} is not a JSON object")
    return document


def _text(path: Path, name: str, record: Mapping[str, Any], key: str) -> str:
    value = record.get(key) or ""
    if not isinstance(value, str):
        raise _wrong(path, f"{key} of {name} is not text")
    return value


def _wrong(path: Path, reason: str) -> MikazukiError:
    return MikazukiError(
        "metadata-file-wrong",
        f"The metadata file {path} cannot be used: {reason}.",
        'It must read like {"a/1.png": {"caption": "text", "tags": "red, blue"}}, or as .jsonl have lines like '
        '{"image_path": "a/1.png", "caption": "text"}.',
    )
