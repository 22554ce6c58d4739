"""Everything that can be set for a training."""

from typing import Any, Literal, Self

from pydantic import model_validator

from mikazuki.settings import methods
from mikazuki.settings.options.concept import ConceptSettings
from mikazuki.settings.options.dataset import CaptionSettings, DatasetSettings, ValidationSettings
from mikazuki.settings.options.hypernetwork import HypernetworkSettings
from mikazuki.settings.options.method import ImagicSettings, InversionSettings, WholeSettings
from mikazuki.settings.options.model import ModelSettings, TextSettings
from mikazuki.settings.options.network import NetworkSettings
from mikazuki.settings.options.noise import NoiseSettings
from mikazuki.settings.options.optimizer import OptimizerSettings
from mikazuki.settings.options.run import ResumeSettings, RunSettings
from mikazuki.settings.options.sample import SampleSettings
from mikazuki.settings.options.save import HubSettings, LogSettings, MetadataSettings, SaveSettings
from mikazuki.settings.together import problems
from mikazuki.settings.values import rates_in

FamilyName = Literal["sd1", "sd2", "sdxl"]


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
    HypernetworkSettings,
    ImagicSettings,
    InversionSettings,
    WholeSettings,
    NetworkSettings,
    TextSettings,
    ValidationSettings,
    CaptionSettings,
    ConceptSettings,
    DatasetSettings,
    ModelSettings,
):
    """A whole training."""

    version: Literal[1] = 1
    """Version of this file's format."""

    @property
    def rate_of_unet(self) -> float:
        """Learning rate of the UNet's part, 0 where it is not trained."""
        return methods.unet_rate(self)

    @property
    def rates_of_text_encoders(self) -> tuple[float, float]:
        """Learning rates of the first and second text encoder's part, 0 where it is not trained."""
        return methods.text_rates(self)

    @property
    def rate_of_text_encoder(self) -> float:
        """The larger one of `rates_of_text_encoders`: 0 where no text encoder is trained."""
        return max(self.rates_of_text_encoders)

    @property
    def keeps_encoders(self) -> bool:
        """Whether something changes the text encoders, so that they stay in memory."""
        return methods.keeps_encoders(self)

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

    @property
    def block_rates(self) -> tuple[float, ...]:
        """Learning rates of the UNet's blocks (block_lr), empty where they share one."""
        return rates_in(self.block_lr) if self.block_lr else ()

    @property
    def file_ending(self) -> str:
        """What ends the name of a saved model, its dot included; empty for a diffusers folder."""
        return methods.file_ending(self)

    def on_family(self, family: FamilyName) -> Self:
        """Return the same with the base model's family said, where it was to be read off the weights.

        Only for methods whose rates depend on it: see `methods.trains_text`.
        """
        unsaid = self.wanted_family == "auto" and self.method in methods.WHOLE
        return self.model_copy(update={"model_type": family}) if unsaid else self

    @model_validator(mode="before")
    @classmethod
    def _usual_rate(cls, values: Any) -> Any:
        """Take the method's usual rate where none is given."""
        if not isinstance(values, dict) or values.get("learning_rate") is not None:
            return values
        usual = methods.USUAL_RATES.get(str(values.get("method")))
        return values if usual is None else {**values, "learning_rate": usual}

    @model_validator(mode="after")
    def _together(self) -> Self:
        found = list(problems(self))
        if found:
            raise ValueError("\n".join(found))
        return self
