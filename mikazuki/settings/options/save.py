"""Options of what is kept, told and given away."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from mikazuki.settings.base import Settings
from mikazuki.settings.options.kinds import OptionalCount, OptionalText
from mikazuki.settings.values import no_empty


class SaveSettings(Settings):
    """What is kept."""

    output_dir: str = "./output"
    """Folder for what was learned."""
    output_name: Annotated[str, Field(pattern=r"^[^\\/:*?\"<>|\x00-\x1f]+$")] = "last"
    """Name of the file, without its ending."""
    save_model_as: Literal["safetensors", "ckpt", "pt", "diffusers", "diffusers_safetensors"] = "safetensors"
    """File format; .safetensors is the one every program loads. A whole model can be a diffusers folder as well."""
    save_precision: Annotated[Literal["float", "fp16", "bf16"] | None, BeforeValidator(no_empty)] = None
    """Number format in the file; not set: as trained."""
    save_every_n_epochs: OptionalCount = None
    """Also save every N epochs."""
    save_n_epoch_ratio: OptionalCount = None
    """Also save so often that there are at least N files; beats save_every_n_epochs."""
    save_every_n_steps: OptionalCount = None
    """Also save every N steps."""
    save_last_n_epochs: OptionalCount = None
    """Of the files of save_every_n_epochs, keep the last N."""
    save_last_n_steps: OptionalCount = None
    """Of the files of save_every_n_steps, keep those of the last N steps."""
    save_model_on_train_end: bool = True
    """Save at the end; off leaves what was saved on the way."""
    save_model_on_cancel: bool = False
    """Save also when a person stops the training."""
    save_merged_model: bool = False
    """Beside every LoRA, save the whole base model with the LoRA in it."""
    save_in_subfolder: bool = False
    """Put what is saved into a folder of its name in output_dir."""
    save_state: bool = False
    """Save with each file all that is needed to go on later exactly where it stopped."""
    save_state_on_train_end: bool = False
    """Save that at the end of the training only."""
    save_state_on_cancel: bool = True
    """Save it when a person stops the training."""
    save_last_n_epochs_state: OptionalCount = None
    """As save_last_n_epochs, for states; not set: the same number."""
    save_last_n_steps_state: OptionalCount = None
    """As save_last_n_steps, for states; not set: the same number."""


class LogSettings(Settings):
    """What is told on the way."""

    logging_dir: str = "./logs"
    """Folder for TensorBoard logs and job folders."""
    log_with: Literal["tensorboard", "wandb", "all"] = "tensorboard"
    """Where curves go; Weights & Biases reads its key from WANDB_API_KEY."""
    log_prefix: OptionalText = None
    """Text before the time in the name of the log's folder."""
    log_tracker_name: OptionalText = None
    """Project name for Weights & Biases, run folder name for TensorBoard."""
    log_tracker_config: OptionalText = None
    """TOML file with more for the tracker, such as a section `[wandb]` for wandb.init."""
    wandb_run_name: OptionalText = None
    """Name of the run at Weights & Biases; not set: output_name."""
    wandb_api_key: OptionalText = None
    """Key for Weights & Biases; handed on to the training, never written down."""
    log_config: bool = False
    """Write the settings into the log as well, secrets left out."""
    console_log_level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] | None, BeforeValidator(no_empty)
    ] = None
    """Least level of messages in the job's log; not set: INFO."""
    console_log_file: OptionalText = None
    """File that takes the training's messages beside the job's log."""
    console_log_simple: bool = False
    """Messages in the log without time, level and place."""


class MetadataSettings(Settings):
    """What the file says about itself."""

    no_metadata: bool = False
    """Leave everything about the training out of the file but what is needed to use it."""
    training_comment: OptionalText = None
    """A remark that goes into the file's metadata."""
    metadata_title: OptionalText = None
    """Title of the model; not set: output_name."""
    metadata_author: OptionalText = None
    """Who made it."""
    metadata_description: OptionalText = None
    """What it is."""
    metadata_license: OptionalText = None
    """Its licence."""
    metadata_tags: OptionalText = None
    """Tags, separated by commas."""
    metadata_usage_hint: OptionalText = None
    """How to use it."""
    metadata_thumbnail: OptionalText = None
    """Small picture of it: a picture file or a data URL."""
    metadata_merged_from: OptionalText = None
    """What it was merged from."""
    metadata_trigger_phrase: OptionalText = None
    """Words that call the subject up."""
    metadata_preprocessor: OptionalText = None
    """Preprocessing that its pictures need."""
    metadata_is_negative_embedding: OptionalText = None
    """Whether it is meant for negative prompts."""


class HubSettings(Settings):
    """Upload to Hugging Face."""

    huggingface_repo_id: OptionalText = None
    """Repository to upload every saved file to, as `name/repository`; nothing is uploaded without it."""
    huggingface_repo_type: Annotated[Literal["model", "dataset", "space"] | None, BeforeValidator(no_empty)] = None
    """Kind of that repository; not set: model."""
    huggingface_path_in_repo: OptionalText = None
    """Folder in it."""
    huggingface_token: OptionalText = None
    """Token for it; handed on to the training, never written down. HF_TOKEN in the environment does as well."""
    huggingface_repo_visibility: Annotated[Literal["public", "private"] | None, BeforeValidator(no_empty)] = None
    """Whether a repository that is made is public; not set: private."""
    save_state_to_huggingface: bool = False
    """Upload states as well."""
    resume_from_huggingface: bool = False
    """Fetch the state that resume names, as `name/repository/folder`, from Hugging Face."""
    async_upload: bool = False
    """Go on training while a file is uploaded."""
