"""The keys of a dataset file as sd-scripts defines them: what may stand in [general], in a dataset and in a subset."""

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, NonNegativeFloat, NonNegativeInt, PositiveInt

from mikazuki.settings.base import Settings
from mikazuki.settings.options.kinds import Interpolation, Share
from mikazuki.settings.values import Resolution, parse_resolution

Kind = Literal["folder", "metadata", "masked"]
"""What a dataset's subsets are: folders with caption files, metadata files, or folders with a folder of masks."""


def _size(value: Any) -> Any:
    """Take 512 or [512, 768]; text, which the command line takes, is no size in a file."""
    if value is None:
        return None
    if isinstance(value, (str, bool)):
        raise ValueError(f"{value!r} is no size in pixels: write 512 or [512, 768] (width, height)")  # noqa: TRY004
    return parse_resolution(value)


def _pair(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _rising(value: tuple[float, float] | None) -> tuple[float, float] | None:
    if value is not None and not 0 < value[0] <= value[1]:
        raise ValueError(f"{list(value)} is no range: write two numbers, the smaller one first, such as [2.0, 4.0]")
    return value


class Keys(Settings):
    """Keys of one table; None means that it does not say. Types are strict: `"2"` is no number, `1` no truth value."""

    model_config = ConfigDict(strict=True)


class SizeKeys(Keys):
    """What all pictures of a dataset share."""

    batch_size: PositiveInt | None = None
    """Pictures a step."""
    resolution: Annotated[Resolution | None, BeforeValidator(_size)] = None
    """Training size in pixels, or [width, height]; with buckets, the area."""
    enable_bucket: bool | None = None
    """Sort pictures by aspect ratio into buckets."""
    min_bucket_reso: PositiveInt | None = None
    """Shortest side of a bucket in pixels."""
    max_bucket_reso: PositiveInt | None = None
    """Longest side of a bucket in pixels."""
    bucket_reso_steps: Annotated[int, Field(gt=0, multiple_of=8)] | None = None
    """Bucket sides are multiples of this many pixels."""
    bucket_no_upscale: bool | None = None
    """Never enlarge a picture that is smaller than its bucket."""
    network_multiplier: float | None = None
    """Strength of the network while these pictures are trained on."""
    validation_split: Annotated[float, Field(ge=0, lt=1)] | None = None
    """Share of the pictures that is held back to validate with."""
    validation_seed: Annotated[int, Field(ge=0, lt=2**32)] | None = None
    """Seed of the choice of these pictures."""


class ShowingKeys(Keys):
    """How pictures are shown, and the part of their captions that every kind of dataset has."""

    num_repeats: int | None = None
    """How often an epoch shows each picture; a subset of less than 1 is left out."""
    color_aug: bool | None = None
    """Change the colours a little at every step."""
    flip_aug: bool | None = None
    """Mirror half of the pictures."""
    face_crop_aug_range: Annotated[tuple[float, float] | None, BeforeValidator(_pair), AfterValidator(_rising)] = None
    """Crop around a face, its size times a number from this range."""
    random_crop: bool | None = None
    """Cut a random part out of a picture instead of its middle."""
    resize_interpolation: Interpolation = None
    """How pictures are resized."""
    shuffle_caption: bool | None = None
    """Shuffle the tags of a caption at every step."""
    keep_tokens: NonNegativeInt | None = None
    """Keep the first N tags in place when shuffling."""
    keep_tokens_separator: str | None = None
    """Text that ends the part of a caption that stays in place."""
    secondary_separator: str | None = None
    """Text between tags that are shuffled and dropped together."""
    caption_separator: Annotated[str, Field(min_length=1)] | None = None
    """What separates the tags of a caption."""
    enable_wildcard: bool | None = None
    """Choose one of `{a|b}` and one line of several at every step."""
    caption_prefix: str | None = None
    """Text put before every caption."""
    caption_suffix: str | None = None
    """Text put after every caption."""
    token_warmup_min: PositiveInt | None = None
    """Tags that a caption begins the training with."""
    token_warmup_step: NonNegativeFloat | None = None
    """Steps until captions have all their tags; below 1, a share of all steps."""
    caption_dropout_rate: Share | None = None
    """Share of steps in which a caption is left out."""
    caption_dropout_every_n_epochs: NonNegativeInt | None = None
    """Leave all captions out in every Nth epoch."""
    caption_tag_dropout_rate: Share | None = None
    """Share of steps in which a tag is left out."""
    custom_attributes: dict[str, Any] | None = None
    """Values of your own that go with the pictures."""


class FileKeys(Keys):
    """Where a folder's captions and sizes come from."""

    caption_extension: str | None = None
    """Ending of caption files."""
    cache_info: bool | None = None
    """Keep the sizes of the folder's pictures in it for quick starts."""


class ClassKeys(Keys):
    """Captions of pictures that have no file."""

    class_tokens: str | None = None
    """Caption of a picture without a caption file."""


class General(SizeKeys, ShowingKeys, FileKeys, ClassKeys):
    """What may stand in [general]."""


class FolderDataset(SizeKeys, ShowingKeys, FileKeys, ClassKeys):
    """A dataset of folders."""


class MetadataDataset(SizeKeys, ShowingKeys):
    """A dataset of metadata files."""


class MaskedDataset(SizeKeys, ShowingKeys, FileKeys):
    """A dataset of folders with masks."""


class FolderSubset(ShowingKeys, FileKeys, ClassKeys):
    """A folder of pictures."""

    image_dir: str
    """Folder of pictures; those in folders inside it are not taken."""
    is_reg: bool | None = None
    """Regularisation pictures: the class in general."""
    alpha_mask: bool | None = None
    """Take the transparency of pictures as mask of the loss."""


class MetadataSubset(ShowingKeys):
    """Pictures with captions and tags in one file."""

    metadata_file: str
    """File (.json, .jsonl) that names pictures with their captions and tags."""
    image_dir: str | None = None
    """Folder that the file's relative names start at."""
    alpha_mask: bool | None = None
    """Take the transparency of pictures as mask of the loss."""


class MaskedSubset(ShowingKeys, FileKeys):
    """A folder of pictures and one of their masks."""

    image_dir: str
    """Folder of pictures."""
    conditioning_data_dir: str
    """Folder of mask pictures with the names of the training pictures."""


AnyDataset = FolderDataset | MetadataDataset | MaskedDataset
AnySubset = FolderSubset | MetadataSubset | MaskedSubset

KINDS: Final[dict[Kind, tuple[type[AnyDataset], type[AnySubset]]]] = {
    "folder": (FolderDataset, FolderSubset),
    "metadata": (MetadataDataset, MetadataSubset),
    "masked": (MaskedDataset, MaskedSubset),
}
"""The tables of each kind of dataset."""
