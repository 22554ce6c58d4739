"""Keys and tokens: taken out of settings before anything is written, handed to the training by its environment."""

from typing import Final

from mikazuki.settings.train import TrainSettings

VARIABLES: Final = {"wandb_api_key": "WANDB_API_KEY", "huggingface_token": "HF_TOKEN"}
"""Option -> the variable that the library reads it from."""


def without_secrets(settings: TrainSettings) -> tuple[TrainSettings, dict[str, str]]:
    """Return the settings without their secrets, and these as environment variables."""
    found = {variable: getattr(settings, name) for name, variable in VARIABLES.items()}
    given = {variable: value for variable, value in found.items() if value}
    return settings.model_copy(update=dict.fromkeys(VARIABLES)), given
