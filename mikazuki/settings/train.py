"""Everything that can be set for a training."""

from typing import Literal, Self

from pydantic import model_validator

from mikazuki.settings.options.dataset import CaptionSettings, DatasetSettings, ValidationSettings
from mikazuki.settings.options.model import ModelSettings, TextSettings
from mikazuki.settings.options.network import NetworkSettings
from mikazuki.settings.options.noise import NoiseSettings
from mikazuki.settings.options.optimizer import OptimizerSettings
from mikazuki.settings.options.run import ResumeSettings, RunSettings
from mikazuki.settings.options.sample import SampleSettings
from mikazuki.settings.options.save import HubSettings, LogSettings, MetadataSettings, SaveSettings
from mikazuki.settings.together import problems


class TrainSettings(
    HubSettings,
    MetadataSettings,
    LogSettings,
    SampleSettings,
    ResumeSettings,
    SaveSettings,
    RunSettings,
    NoiseSettings,
    OptimizerSettings,
    NetworkSettings,
    TextSettings,
    ValidationSettings,
    CaptionSettings,
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
    def rates_of_text_encoders(self) -> tuple[float, float]:
        """Learning rates of the first and second text encoder's part, 0 where it is not trained."""
        own = (self.learning_rate,) if self.text_encoder_lr is None else self.text_encoder_lr
        # networks.oft, as upstream has it, knows the UNet alone
        left_out = self.network_train_unet_only or self.network_module == "networks.oft"
        return (0.0, 0.0) if left_out else (own[0], own[-1])

    @property
    def rate_of_text_encoder(self) -> float:
        """The larger one of `rates_of_text_encoders`: 0 where no text encoder is trained."""
        return max(self.rates_of_text_encoders)

    @property
    def optimizer(self) -> str:
        """The optimizer's name, whichever option says it."""
        if self.use_8bit_adam:
            return "AdamW8bit"
        return "Lion" if self.use_lion_optimizer else self.optimizer_type

    @property
    def wanted_family(self) -> str:
        """The family that the base model must be of, or `auto`."""
        return "sd2" if self.v2 else self.model_type

    @property
    def caption_ending(self) -> str:
        """The ending of caption files, whichever spelling says it."""
        return self.caption_extention or self.caption_extension

    @model_validator(mode="after")
    def _together(self) -> Self:
        found = list(problems(self))
        if found:
            raise ValueError("\n".join(found))
        return self
