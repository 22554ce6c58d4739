"""Everything that can be set for a training: sd-scripts' option names, one section a class, one field an option."""

from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveInt,
    model_validator,
)

from mikazuki.settings.base import Settings
from mikazuki.settings.values import (
    Resolution,
    StepsOrShare,
    key_values,
    no_empty,
    parse_resolution,
    parse_steps,
    split_pairs,
)

OptionalText = Annotated[str | None, BeforeValidator(no_empty)]
KeyValues = Annotated[tuple[str, ...], BeforeValidator(split_pairs), AfterValidator(key_values)]
OptionalCount = Annotated[PositiveInt | None, BeforeValidator(no_empty)]
Rate = Annotated[NonNegativeFloat | None, BeforeValidator(no_empty)]


class ModelSettings(Settings):
    """The base model."""

    pretrained_model_name_or_path: str
    """Base model: a .safetensors or .ckpt file, or a diffusers folder."""
    model_type: Literal["auto", "sd1", "sd2", "sdxl"] = "auto"
    """Family of the base model; `auto` reads it off the weights."""
    vae: OptionalText = None
    """Other VAE to use: a file or a diffusers folder."""
    v_parameterization: bool | None = None
    """The model predicts v instead of noise; when not set it is read off the weights."""
    tokenizer_cache_dir: OptionalText = None
    """Folder with other tokenizers; the project brings CLIP's own."""


class DatasetSettings(Settings):
    """Pictures and captions."""

    train_data_dir: str
    """Folder of pictures, or of `N_name` folders whose pictures repeat N times an epoch."""
    reg_data_dir: OptionalText = None
    """Regularisation pictures (the class in general), in `N_class` folders."""
    prior_loss_weight: NonNegativeFloat = 1.0
    """Weight of the loss of regularisation pictures."""
    resolution: Annotated[Resolution, BeforeValidator(parse_resolution)] = (512, 512)
    """Training size in pixels: `512` or `width,height`; with buckets, the area."""
    train_batch_size: PositiveInt = 1
    """Pictures a step (on each GPU)."""
    enable_bucket: bool = True
    """Sort pictures by aspect ratio into buckets instead of cropping all to one shape."""
    min_bucket_reso: PositiveInt = 256
    """Shortest side of a bucket in pixels."""
    max_bucket_reso: PositiveInt = 1024
    """Longest side of a bucket in pixels."""
    bucket_reso_steps: Annotated[PositiveInt, Field(multiple_of=8)] = 64
    """Bucket sides are multiples of this many pixels."""
    bucket_no_upscale: bool = False
    """Never enlarge a picture that is smaller than its bucket."""
    dataset_repeats: PositiveInt = 1
    """Repeats of a plain folder of pictures (one without `N_name` folders)."""
    caption_extension: str = ".txt"
    """Ending of caption files; a picture without one takes the name of its folder."""
    shuffle_caption: bool = False
    """Shuffle the comma-separated tags of a caption at every step."""
    keep_tokens: NonNegativeInt = 0
    """Keep the first N tags in place when shuffling."""
    caption_dropout_rate: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Share of steps in which a caption is left out."""
    flip_aug: bool = False
    """Mirror half of the pictures; not for subjects that differ left from right."""
    skip_corrupt_images: bool = False
    """Leave out pictures that cannot be read instead of stopping."""
    cache_latents: bool = True
    """Encode every picture once and keep the latents in memory."""
    max_data_loader_n_workers: NonNegativeInt = 1
    """Threads that prepare pictures ahead of the training step."""


class TextSettings(Settings):
    """How captions become conditions."""

    clip_skip: Annotated[int | None, Field(ge=1, le=12)] = None
    """Use the text encoder's Nth last layer (SD1: 1 or 2); SDXL always uses its own."""
    max_token_length: Literal[75, 150, 225] = 75
    """Tokens of a caption that are read."""


class NetworkSettings(Settings):
    """What is trained."""

    method: Literal["lora"] = "lora"
    """What the training makes."""
    network_module: Literal["networks.lora"] = "networks.lora"
    """Kind of network."""
    network_dim: PositiveInt = 4
    """Rank of the LoRA."""
    network_alpha: Annotated[float, Field(ge=0)] = 1.0
    """LoRA alpha: its weights act times alpha / dim; 0 means equal to dim."""
    network_dropout: Annotated[float | None, Field(ge=0, lt=1)] = None
    """Share of a LoRA's inner activations dropped at a step."""
    network_args: KeyValues = ()
    """More for the network, each `key=value`: conv_dim, conv_alpha, rank_dropout, module_dropout."""
    network_weights: OptionalText = None
    """LoRA file to start from."""
    network_train_unet_only: bool = False
    """Train the UNet's part only."""
    network_train_text_encoder_only: bool = False
    """Train the text encoder's part only."""


class OptimizerSettings(Settings):
    """How it learns."""

    learning_rate: NonNegativeFloat = 1e-4
    """Learning rate where unet_lr or text_encoder_lr does not say otherwise."""
    unet_lr: Rate = None
    """Learning rate of the UNet's part; 0 leaves it out."""
    text_encoder_lr: Rate = None
    """Learning rate of the text encoders' part; 0 leaves it out."""
    optimizer_type: str = "AdamW"
    """Optimizer: AdamW, AdamW8bit, PagedAdamW8bit, Lion8bit, SGDNesterov, or a class of torch.optim."""
    optimizer_args: KeyValues = ()
    """More for the optimizer, each `key=value`, such as `weight_decay=0.1`."""
    lr_scheduler: Literal[
        "constant", "constant_with_warmup", "linear", "cosine", "cosine_with_restarts", "polynomial"
    ] = "constant"
    """Course of the learning rate."""
    lr_warmup_steps: Annotated[StepsOrShare, BeforeValidator(parse_steps)] = 0
    """Steps in which the rate rises from 0; below 1 or with %, a share of all steps."""
    lr_scheduler_num_cycles: PositiveInt = 1
    """Restarts of cosine_with_restarts."""
    lr_scheduler_power: NonNegativeFloat = 1.0
    """Exponent of polynomial."""
    max_grad_norm: NonNegativeFloat = 1.0
    """Clip gradients to this norm; 0 does not clip."""
    gradient_accumulation_steps: PositiveInt = 1
    """Batches whose gradients are added up to one step."""


class NoiseSettings(Settings):
    """Noise and loss."""

    noise_offset: NonNegativeFloat = 0.0
    """Adds a little of the same noise to a whole channel: darker darks and brighter lights; 0.1 is strong."""
    min_snr_gamma: NonNegativeFloat = 0.0
    """Lowers the weight of nearly clean timesteps (Min-SNR); 5 is usual, 0 is off."""


class RunSettings(Settings):
    """Length, precision and machine."""

    max_train_epochs: OptionalCount = None
    """Epochs to train; beats max_train_steps."""
    max_train_steps: PositiveInt = 1600
    """Steps to train."""
    seed: Annotated[int | None, Field(ge=0, lt=2**32)] = None
    """Seed of everything random; the same seed gives the same file. Not set: drawn and written down."""
    mixed_precision: Literal["auto", "no", "fp16", "bf16"] = "auto"
    """Number format of the arithmetic; `auto`: bf16 or fp16 on a GPU, none on a CPU."""
    gradient_checkpointing: bool = False
    """Halve the memory of a step for about half more time."""
    sdpa: bool = True
    """Use torch's own attention kernel."""
    xformers: bool = False
    """Use the attention kernel of xformers, which must be installed apart; NVIDIA only."""
    lowram: bool = False
    """Load weights straight to the GPU, for machines with little memory."""
    num_processes: PositiveInt = 1
    """GPUs to train on."""
    gpu_ids: OptionalText = None
    """Which GPUs, such as `0` or `0,1`; not set: the first ones."""
    engine: Literal["auto", "builtin", "sd-scripts"] = "auto"
    """Which engine trains; `auto`: the builtin one where it can."""


class SaveSettings(Settings):
    """What is kept."""

    output_dir: str = "./output"
    """Folder for what was learned."""
    output_name: Annotated[str, Field(pattern=r"^[^\\/:*?\"<>|\x00-\x1f]+$")] = "last"
    """Name of the file, without its ending."""
    save_model_as: Literal["safetensors", "ckpt", "pt"] = "safetensors"
    """File format; .safetensors is the one every program loads."""
    save_precision: Annotated[Literal["float", "fp16", "bf16"] | None, BeforeValidator(no_empty)] = None
    """Number format in the file; not set: as trained."""
    save_every_n_epochs: OptionalCount = None
    """Also save every N epochs."""
    save_every_n_steps: OptionalCount = None
    """Also save every N steps."""
    save_state: bool = False
    """Save with each file all that is needed to go on later exactly where it stopped."""
    resume: OptionalText = None
    """State folder to go on from; `last` takes the newest of this output_name."""
    logging_dir: str = "./logs"
    """Folder for TensorBoard logs and job folders."""
    log_with: Literal["tensorboard", "wandb", "all"] = "tensorboard"
    """Where curves go; Weights & Biases reads its key from WANDB_API_KEY."""
    log_tracker_name: OptionalText = None
    """Project name for Weights & Biases, run folder name for TensorBoard."""
    training_comment: OptionalText = None
    """A remark that goes into the file's metadata."""


class SampleSettings(Settings):
    """Pictures drawn on the way."""

    sample_prompts: OptionalText = None
    """File of prompts, one a line, with `--w --h --d --s --l --n` after it."""
    sample_every_n_epochs: OptionalCount = None
    """Draw the prompts every N epochs."""
    sample_every_n_steps: OptionalCount = None
    """Draw the prompts every N steps."""
    sample_at_first: bool = False
    """Draw them before training as well."""
    sample_sampler: Literal["ddim", "euler", "euler_a", "dpmsolver++", "pndm"] = "ddim"
    """Sampler of these pictures."""
    sample_grid: bool = True
    """At the end, lay the base model's and every checkpoint's pictures of the prompts side by side in one PNG."""


class TrainSettings(
    SampleSettings,
    SaveSettings,
    RunSettings,
    NoiseSettings,
    OptimizerSettings,
    NetworkSettings,
    TextSettings,
    DatasetSettings,
    ModelSettings,
):
    """A whole training."""

    version: Literal[1] = 1
    """Version of this file's format."""

    @property
    def rate_of_unet(self) -> float:
        """Learning rate of the UNet's part, 0 where it is not trained."""
        own = self.learning_rate if self.unet_lr is None else self.unet_lr
        return 0.0 if self.network_train_text_encoder_only else own

    @property
    def rate_of_text_encoder(self) -> float:
        """Learning rate of the text encoders' part, 0 where they are not trained."""
        own = self.learning_rate if self.text_encoder_lr is None else self.text_encoder_lr
        return 0.0 if self.network_train_unet_only else own

    @model_validator(mode="after")
    def _together(self) -> Self:
        problems = [
            text
            for wrong, text in (
                (
                    self.network_train_unet_only and self.network_train_text_encoder_only,
                    "network_train_unet_only and network_train_text_encoder_only exclude each other: set one.",
                ),
                (
                    not self.rate_of_unet and not self.rate_of_text_encoder,
                    (
                        "nothing would be trained: learning_rate, unet_lr and text_encoder_lr are 0 for every part: "
                        "set the rate of what is to be trained."
                    ),
                ),
                (
                    self.enable_bucket and min(self.resolution) < self.min_bucket_reso,
                    (
                        f"min_bucket_reso {self.min_bucket_reso} is larger than resolution "
                        f"{self.resolution[0]},{self.resolution[1]}: lower min_bucket_reso."
                    ),
                ),
                (
                    self.enable_bucket and max(self.resolution) > self.max_bucket_reso,
                    (
                        f"max_bucket_reso {self.max_bucket_reso} is smaller than resolution "
                        f"{self.resolution[0]},{self.resolution[1]}: raise max_bucket_reso."
                    ),
                ),
                (
                    (self.sample_every_n_epochs or self.sample_every_n_steps or self.sample_at_first)
                    and not self.sample_prompts,
                    (
                        "sample_every_n_epochs, sample_every_n_steps and sample_at_first need sample_prompts: name a "
                        "file of prompts, such as config/sample_prompts.txt."
                    ),
                ),
                (
                    self.lr_scheduler == "constant" and bool(self.lr_warmup_steps),
                    "lr_warmup_steps has no effect with lr_scheduler constant: use constant_with_warmup.",
                ),
                (
                    self.model_type == "sdxl" and self.clip_skip is not None,
                    "clip_skip has no effect with SDXL: leave it out.",
                ),
                (
                    self.optimizer_type.lower().startswith(("prodigy", "dadapt")),
                    f"optimizer_type {self.optimizer_type} is not in the builtin engine yet: use AdamW or AdamW8bit.",
                ),
            )
            if wrong
        ]
        if problems:
            raise ValueError("\n".join(problems))
        return self
