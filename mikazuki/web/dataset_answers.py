"""Does what the routes of data sets ask for, and puts what comes of it into answers."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from mikazuki.data.browse import FoundPicture, Wanted, caption_of, find_pictures
from mikazuki.data.caption_files import caption_beside, remove_caption, write_caption
from mikazuki.data.collection import DataSet, PictureFolder, data_set, data_sets, make_data_set
from mikazuki.data.folders import PICTURE_SUFFIXES
from mikazuki.data.upload import Upload
from mikazuki.data.upload_zip import add_zip, is_zip
from mikazuki.errors import MikazukiError
from mikazuki.preparing.tidying import bin_data_set, bin_picture
from mikazuki.web.answers.files import (
    CaptionEdit,
    CaptionMade,
    Dataset,
    DatasetFolder,
    NewDataset,
    PicturePage,
    PictureQuery,
    PictureRow,
    Skipped,
    UploadAnswer,
)
from mikazuki.web.downloads import raw_url, thumbnail_url
from mikazuki.web.studio import Studio


def all_data_sets(studio: Studio) -> list[Dataset]:
    """Return all folders below train/, and those with pictures below folders that a person added."""
    found = {one.path.resolve(): one for one in _found(studio)}
    return [_answer(one) for one in found.values()]


def one_data_set(studio: Studio, path: str) -> Dataset:
    """Return one data set; raises MikazukiError (`dataset-not-found`)."""
    return _answer(data_set(_folder_at(studio, path)))


def new_data_set(studio: Studio, wanted: NewDataset) -> Dataset:
    """Make a data set below train/."""
    folder = make_data_set(studio.paths.train, wanted.name, repeats=wanted.repeats, words=wanted.words)
    return _answer(data_set(folder))


def picture_page(studio: Studio, query: PictureQuery) -> PicturePage:
    """Return a part of a folder's pictures."""
    wanted = Wanted(query.text, query.captions, query.recursive)
    found = find_pictures(studio.allowed(query.path), wanted)
    rows = [row for picture in found[query.start : query.start + query.limit] for row in _rows(picture)]
    return PicturePage(total=len(found), start=query.start, pictures=rows)


def edited_caption(studio: Studio, edit: CaptionEdit) -> CaptionMade:
    """Write or remove one caption."""
    picture = studio.allowed(edit.picture)
    if picture.suffix.lower() not in PICTURE_SUFFIXES or not picture.is_file():
        raise MikazukiError("picture-not-found", f"There is no picture {picture}.", "Look at the folder again.")
    path = caption_beside(picture)
    if edit.remove:
        remove_caption(path, seen=edit.seen)
        return CaptionMade(caption=None, caption_modified=None)
    made = write_caption(path, edit.text, seen=edit.seen)
    return CaptionMade(caption=made.text, caption_modified=made.modified)


def uploaded(studio: Studio, path: str, files: Sequence[tuple[str, IO[bytes]]]) -> UploadAnswer:
    """Take files, given as (name, stream), into a folder; zip files are unpacked."""
    taken = Upload(_folder_at(studio, path))
    for name, stream in files:
        if is_zip(name):
            add_zip(taken, name, stream)
        else:
            taken.add(name, stream)
    skipped = [Skipped(name=one.name, reason=one.reason, code=one.code) for one in taken.skipped]
    return UploadAnswer(added=[str(added) for added in taken.added], skipped=skipped)


def binned(studio: Studio, path: str) -> list[str]:
    """Put a picture with its captions, or a data set, into the bin, masks with them; return the ids."""
    place = studio.allowed(path)
    put = bin_data_set if place.is_dir() else bin_picture
    return put(studio.bin, place, [studio.paths.train, *_own_folders(studio)])


def _folder_at(studio: Studio, path: str) -> Path:
    folder = studio.allowed(path)
    if not folder.is_dir():
        raise MikazukiError("dataset-not-found", f"There is no folder {folder}.", "Make the data set first.")
    return folder


def _found(studio: Studio) -> Iterator[DataSet]:
    yield from data_sets(studio.paths.train)
    for root in _own_folders(studio):
        yield from data_sets(root, empty=False)


def _own_folders(studio: Studio) -> list[Path]:
    """Return the folders that a person added to those of the repository."""
    paths = studio.paths
    theirs = {paths.train, paths.models, paths.output, paths.logs, paths.config}
    return [folder for folder in studio.roots().folders if folder not in theirs]


def _answer(found: DataSet) -> Dataset:
    return Dataset(
        name=found.path.name,
        path=str(found.path),
        pictures=found.pictures,
        captions=found.captions,
        bytes=found.bytes,
        modified=found.modified,
        folders=[_folder(folder) for folder in found.folders],
        preview=[str(picture) for picture in found.preview],
    )


def _folder(folder: PictureFolder) -> DatasetFolder:
    return DatasetFolder(
        name=folder.path.name,
        path=str(folder.path),
        repeats=folder.repeats,
        words=folder.words,
        pictures=folder.pictures,
        captions=folder.captions,
    )


def _rows(picture: FoundPicture) -> Iterator[PictureRow]:
    """Yield a picture's row, or nothing where it was removed meanwhile."""
    with suppress(FileNotFoundError):
        yield _row(picture, picture.path.stat())


def _row(picture: FoundPicture, stamp: os.stat_result) -> PictureRow:
    caption = caption_of(picture)
    return PictureRow(
        name=picture.name,
        path=str(picture.path),
        url=raw_url(picture.path),
        thumbnail=thumbnail_url(picture.path),
        bytes=stamp.st_size,
        modified=stamp.st_mtime,
        caption=caption.text if caption else None,
        caption_path=str(picture.caption),
        caption_modified=caption.modified if caption else None,
        encoding=caption.encoding if caption else "",
    )
