"""What `python -m mikazuki prepare` can be asked for: pictures copied into a new folder, ready to train on."""

import re
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, PositiveInt, model_validator

from mikazuki.settings.base import Settings
from mikazuki.settings.options.kinds import Interpolation, OptionalCount, OptionalPositive, OptionalText, Size, Words

_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def _check_colour(value: str) -> str:
    if not _COLOUR.fullmatch(value):
        raise ValueError(f"{value!r} is no colour: write six hexadecimal digits, such as #ffffff for white")
    return value.lower()


def _check_words(value: str | None) -> str | None:
    if value is not None and (_FORBIDDEN.search(value) or value != value.strip(" .")):
        raise ValueError(f"{value!r} cannot be part of a folder's name: write words such as sks cat")
    return value


Colour = Annotated[str, AfterValidator(_check_colour)]
FolderWords = Annotated[OptionalText, AfterValidator(_check_words)]


class FilesSettings(Settings):
    """Files."""

    image_dir: str
    """Folder of pictures to copy; nothing in it is changed."""
    output_dir: str
    """Folder that the copies go into; it lies outside image_dir."""
    recursive: bool = False
    """Look into folders inside image_dir too."""
    leave_out: Words = ()
    """Pictures not to copy, by their path within image_dir, such as the surplus ones of a report's groups."""
    skip_duplicates: bool = False
    """Copy only the first of several files with the same contents."""
    conditioning_data_dir: OptionalText = None
    """Folder of masks with the names of the pictures; they are cut and resized along."""
    mask_output_dir: OptionalText = None
    """Folder for the masks; not set: output_dir with -masks behind it."""
    image_format: Literal["png", "webp", "jpg"] = "png"
    """Format of the copies; jpg has no transparency."""
    quality: Annotated[PositiveInt, Field(le=100)] = 95
    """Quality of jpg and webp; 100 makes webp lossless."""
    frames_every: OptionalPositive = None
    """Take a picture every so many seconds out of each video; not set: videos are left alone. Needs ffmpeg."""
    max_frames: PositiveInt = 200
    """Pictures taken out of one video at most."""


class SizeSettings(Settings):
    """Size and crop."""

    resize: Literal["area", "short_side", "long_side", "exact", "none"] = "area"
    """What resolution means: the area, the shorter or the longer side, or exactly this size; none keeps the size."""
    resolution: Size = (512, 512)
    """Size in pixels: `512` or `width,height`; for a side the first number counts."""
    crop: Literal["centre", "smart", "bucket", "boxes", "none"] = "centre"
    """Cut out the middle, what draws the eye (or a face named in the file's name), the trainer's bucket, or boxes."""
    crop_boxes: OptionalText = None
    """JSON list of boxes in pixels: picture, left, top, width, height; several of one picture give several copies."""
    bucket_reso_steps: Annotated[PositiveInt, Field(multiple_of=8)] = 64
    """Sides of cropped pictures are multiples of this many pixels."""
    min_bucket_reso: PositiveInt = 256
    """Shortest side of a bucket in pixels, with crop bucket."""
    max_bucket_reso: Annotated[PositiveInt, Field(le=16384)] = 1024
    """Longest side of a bucket in pixels, with crop bucket."""
    no_upscale: bool = False
    """Never enlarge a picture; a side below bucket_reso_steps is enlarged to it all the same."""
    resize_interpolation: Interpolation = None
    """How pictures are resized; not set: area averaging to shrink, Lanczos to enlarge."""
    upscale_model: OptionalText = None
    """ONNX model that enlarges pictures (RGB, 0 to 1), used where a picture is too small. Needs onnxruntime."""


class LookSettings(Settings):
    """Transparency and background."""

    trim: bool = False
    """Cut off margins that are wholly transparent."""
    alpha: Literal["background", "mask", "keep"] = "background"
    """What becomes of transparency: it is laid on background_color, or that and kept as a mask, or kept as it is."""
    background_color: Colour = "#ffffff"
    """Colour behind transparent parts."""
    matting_model: OptionalText = None
    """ONNX model (U2-Net, IS-Net, BiRefNet) that makes the background transparent. Needs onnxruntime."""
    mirror: bool = False
    """Write a mirrored copy of every picture as well; not for subjects that differ left from right."""


class GroupSettings(Settings):
    """Captions and folders."""

    copy_captions: bool = True
    """Copy captions along with their pictures."""
    words: FolderWords = None
    """Identifier and class, such as `sks cat`: pictures go into a folder `N_sks cat`. Not set: as in image_dir."""
    by_folder: bool = False
    """Make a folder `N_name` of every folder in image_dir, the pictures in smaller ones repeated more often."""
    repeats: OptionalCount = None
    """N of the folder with the most pictures; not set: as many as make about 200 showings an epoch."""


class PrepareSettings(GroupSettings, LookSettings, SizeSettings, FilesSettings):
    """Pictures copied into a new folder, ready to train on."""

    @model_validator(mode="after")
    def _together(self) -> "PrepareSettings":
        if self.crop == "boxes" and not self.crop_boxes:
            raise ValueError("crop = boxes needs crop_boxes, the file that says where they are")
        if self.alpha == "keep" and self.image_format == "jpg":
            raise ValueError("alpha = keep needs image_format png or webp: a jpg has no transparency")
        return self
