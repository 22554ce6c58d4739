"""Options of the pictures, their captions and what is held back to validate with."""

from typing import Annotated

from pydantic import Field, NonNegativeFloat, NonNegativeInt, PositiveInt

from mikazuki.settings.base import Settings
from mikazuki.settings.options.kinds import (
    FaceRange,
    Interpolation,
    OptionalCount,
    OptionalText,
    Share,
    Size,
)


class DatasetSettings(Settings):
    """Pictures."""

    train_data_dir: OptionalText = None
    """Folder of pictures, or of `N_name` folders whose pictures repeat N times an epoch."""
    reg_data_dir: OptionalText = None
    """Regularisation pictures (the class in general), in `N_class` folders."""
    in_json: OptionalText = None
    """Metadata file (.json, .jsonl) with the captions of the pictures in train_data_dir, in place of caption files."""
    dataset_config: OptionalText = None
    """TOML or JSON file that describes several datasets with settings of their own."""
    dataset_class: OptionalText = None
    """Class of your own that finds the pictures, as `module.Class`, derived from mikazuki.data.source.PictureSource."""
    prior_loss_weight: NonNegativeFloat = 1.0
    """Weight of the loss of regularisation pictures."""
    resolution: Size = (512, 512)
    """Training size in pixels: `512` or `width,height`; with buckets, the area."""
    train_batch_size: PositiveInt = 1
    """Pictures a step (on each GPU)."""
    enable_bucket: bool = True
    """Sort pictures by aspect ratio into buckets instead of cropping all to one shape."""
    min_bucket_reso: PositiveInt = 256
    """Shortest side of a bucket in pixels."""
    max_bucket_reso: Annotated[PositiveInt, Field(le=16384)] = 1024
    """Longest side of a bucket in pixels."""
    bucket_reso_steps: Annotated[PositiveInt, Field(multiple_of=8)] = 64
    """Bucket sides are multiples of this many pixels."""
    bucket_no_upscale: bool = False
    """Never enlarge a picture that is smaller than its bucket."""
    resize_interpolation: Interpolation = None
    """How pictures are resized; not set: area averaging to shrink, Lanczos to enlarge."""
    dataset_repeats: PositiveInt = 1
    """Repeats of a plain folder of pictures (one without `N_name` folders), and of pictures named by in_json."""
    flip_aug: bool = False
    """Mirror half of the pictures; not for subjects that differ left from right."""
    color_aug: bool = False
    """Turn the hue or change the gamma of a third of the pictures a little, anew at every step."""
    random_crop: bool = False
    """Cut a random part out of a picture instead of its middle."""
    face_crop_aug_range: FaceRange = None
    """Crop around a face, its size times 2 to 4 with `2.0,4.0`; file names end in `_x_y_w_h` of the face."""
    alpha_mask: bool = False
    """Take the transparency of pictures as mask of the loss."""
    masked_loss: bool = False
    """Weigh the loss by masks: transparency (alpha_mask), or pictures in conditioning_data_dir."""
    conditioning_data_dir: OptionalText = None
    """Folder of mask pictures with the names of the training pictures; red at 255 counts fully, at 0 not at all."""
    skip_corrupt_images: bool = False
    """Leave out pictures that cannot be read instead of stopping."""
    cache_latents: bool = True
    """Encode every picture once and keep the latents in memory."""
    cache_latents_to_disk: bool = False
    """Keep the latents in .npz files beside the pictures for the next run."""
    vae_batch_size: PositiveInt = 1
    """Pictures that are encoded at once for the cache."""
    skip_cache_check: bool = False
    """Trust files of the cache without looking whether picture and VAE are still the same."""
    cache_info: bool = False
    """Keep sizes and captions of pictures in `metadata_cache.json` in their folder, for quick starts with many."""
    max_data_loader_n_workers: NonNegativeInt = 1
    """Threads that prepare pictures ahead of the training step."""
    persistent_data_loader_workers: bool = False
    """Keep these threads from epoch to epoch."""
    debug_dataset: bool = False
    """Train nothing, but write the first epoch's pictures and captions, as trained on, into the job's folder."""


class CaptionSettings(Settings):
    """Captions."""

    caption_extension: str = ".txt"
    """Ending of caption files; a picture without one takes the name of its folder."""
    caption_extention: OptionalText = None
    """Older spelling of caption_extension; wins where it is set."""
    caption_separator: Annotated[str, Field(min_length=1)] = ","
    """What separates the tags of a caption."""
    shuffle_caption: bool = False
    """Shuffle the tags of a caption at every step."""
    keep_tokens: NonNegativeInt = 0
    """Keep the first N tags in place when shuffling."""
    keep_tokens_separator: str = ""
    """Text such as `|||` that ends the part of a caption that stays in place; a second one begins such an end part."""
    secondary_separator: OptionalText = None
    """Text such as `;;;` between tags that are shuffled and dropped together; becomes caption_separator."""
    enable_wildcard: bool = False
    """Choose one of `{a|b}` and one line of a caption with several at every step."""
    caption_prefix: OptionalText = None
    """Text put before every caption."""
    caption_suffix: OptionalText = None
    """Text put after every caption."""
    caption_dropout_rate: Share = 0.0
    """Share of steps in which a caption is left out."""
    caption_dropout_every_n_epochs: NonNegativeInt = 0
    """Leave all captions out in every Nth epoch."""
    caption_tag_dropout_rate: Share = 0.0
    """Share of steps in which a tag is left out; the first keep_tokens stay."""
    token_warmup_min: PositiveInt = 1
    """Tags that a caption begins the training with while token_warmup_step lasts."""
    token_warmup_step: NonNegativeFloat = 0.0
    """Steps until captions have all their tags; below 1, a share of all steps."""


class ValidationSettings(Settings):
    """What is held back to see whether it learns or memorises."""

    validation_split: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Share of the pictures that is not trained on but measured with."""
    validation_seed: Annotated[int | None, Field(ge=0, lt=2**32)] = None
    """Seed of the choice of these pictures and of their noise; not set: seed."""
    validate_every_n_steps: OptionalCount = None
    """Measure every N steps."""
    validate_every_n_epochs: OptionalCount = None
    """Measure every N epochs; not set, and without validate_every_n_steps: every epoch."""
    max_validation_steps: OptionalCount = None
    """Batches that are measured at most."""
