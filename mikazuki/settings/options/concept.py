"""Options of concepts: what is taught, and how what the model knows of its class is kept."""

from typing import Literal

from pydantic import NonNegativeFloat, PositiveInt

from mikazuki.settings.base import Settings
from mikazuki.settings.options.kinds import OptionalText


class ConceptSettings(Settings):
    """Concepts and their class."""

    concepts_list: OptionalText = None
    """Concepts to teach, in place of train_data_dir: a JSON file, or its text itself; see docs/datasets.md."""
    prior_preservation: Literal["pictures", "base_model"] = "pictures"
    """Keep the class by pictures of it, or without any by what the base model itself says of each picture as one."""
    class_batch_size: PositiveInt = 1
    """Class pictures that are drawn at once."""
    disable_class_matching: bool = False
    """Take class pictures as they are, instead of as many as match the captions and shapes of the pictures."""
    prior_loss_scale: bool = False
    """Let prior_loss_weight fall from epoch to epoch, evenly, to prior_loss_weight_min."""
    prior_loss_target: PositiveInt = 100
    """Epoch at which it has got there."""
    prior_loss_weight_min: NonNegativeFloat = 0.1
    """Where it gets to."""
