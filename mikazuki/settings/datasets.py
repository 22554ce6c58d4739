"""What datasets a training is made of, every option of every folder settled."""

from dataclasses import dataclass
from pathlib import Path

from mikazuki.settings.values import Resolution


@dataclass(frozen=True, slots=True)
class CaptionOptions:
    """How captions of a subset become the text of a step; names and meaning as in `CaptionSettings`."""

    caption_extension: str = ".txt"
    caption_separator: str = ","
    shuffle_caption: bool = False
    keep_tokens: int = 0
    keep_tokens_separator: str = ""
    secondary_separator: str | None = None
    enable_wildcard: bool = False
    caption_prefix: str | None = None
    caption_suffix: str | None = None
    caption_dropout_rate: float = 0.0
    caption_dropout_every_n_epochs: int = 0
    caption_tag_dropout_rate: float = 0.0
    token_warmup_min: int = 1
    token_warmup_step: float = 0.0


@dataclass(frozen=True, slots=True)
class SubsetOptions:
    """One folder or metadata file of pictures. `face_crop_aug_range` is (smallest, largest) times the face."""

    image_dir: Path | None
    num_repeats: int = 1
    is_reg: bool = False
    class_tokens: str | None = None
    metadata_file: Path | None = None
    conditioning_data_dir: Path | None = None
    captions: CaptionOptions = CaptionOptions()
    flip_aug: bool = False
    color_aug: bool = False
    random_crop: bool = False
    face_crop_aug_range: tuple[float, float] | None = None
    alpha_mask: bool = False
    resize_interpolation: str | None = None
    cache_info: bool = False
    custom_attributes: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class DatasetOptions:
    """Subsets that share resolution, batch size and buckets."""

    resolution: Resolution
    batch_size: int
    subsets: tuple[SubsetOptions, ...]
    enable_bucket: bool = True
    min_bucket_reso: int = 256
    max_bucket_reso: int = 1024
    bucket_reso_steps: int = 64
    bucket_no_upscale: bool = False
    resize_interpolation: str | None = None
    network_multiplier: float = 1.0
    validation_split: float = 0.0
    validation_seed: int | None = None
