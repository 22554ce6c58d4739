"""What imagic needs of the data: one picture, one caption that stays, and steps for both halves of the training."""

from typing import Final

from mikazuki.data.captions import plain_caption
from mikazuki.data.plan import Plan
from mikazuki.errors import MikazukiError
from mikazuki.settings.datasets import CaptionOptions
from mikazuki.settings.methods import IMAGIC
from mikazuki.settings.train import TrainSettings

_CHANGING: Final = (
    "shuffle_caption", "enable_wildcard", "caption_tag_dropout_rate", "token_warmup_step", "caption_dropout_rate",
    "caption_dropout_every_n_epochs",
)  # fmt: skip
"""Options that make a caption another one from step to step."""


def one_picture(plan: Plan, settings: TrainSettings) -> Plan:
    """Return the plan as it is, once it is known to suit imagic; other methods' plans are not looked at.

    Raises:
        MikazukiError: ``imagic-pictures``, ``imagic-caption`` or ``imagic-steps``.
    """
    if settings.method == IMAGIC:
        _check_pictures(plan)
        _check_caption(plan)
        sentence_steps(settings, plan.max_train_steps)
    return plan


def target_text(plan: Plan) -> str:
    """Return the caption of the plan's first picture, as it is trained with."""
    return plain_caption(plan.entries[0].caption, _captions(plan))


def sentence_steps(settings: TrainSettings, total: int) -> int:
    """Return how many of ``total`` steps are the sentence's: imagic_embedding_steps, or half of them.

    Raises MikazukiError ``imagic-steps`` where none is left for the model.
    """
    asked = settings.imagic_embedding_steps
    if asked is not None and asked >= total:
        raise MikazukiError(
            "imagic-steps",
            f"imagic_embedding_steps {asked} leaves the model nothing of the {total} steps: the sentence learns first, "
            "then the model.",
            "Lower imagic_embedding_steps, or raise max_train_steps, which counts both.",
        )
    return total // 2 if asked is None else asked


def _check_pictures(plan: Plan) -> None:
    count = len(plan.entries) + len(plan.validation)
    if count != 1:
        raise MikazukiError(
            "imagic-pictures",
            f"Method imagic learns one picture, and the data hold {count}, regularisation and validation counted.",
            "Put the one picture into a folder of its own and name its parent as train_data_dir, without reg_data_dir "
            "and validation_split; for several pictures use method dreambooth.",
        )


def _captions(plan: Plan) -> CaptionOptions:
    return plan.subsets[plan.entries[0].subset].options.captions


def _check_caption(plan: Plan) -> None:
    changing = [name for name in _CHANGING if getattr(_captions(plan), name)]
    if changing:
        raise MikazukiError(
            "imagic-caption",
            f"Method imagic holds to one sentence, and {' and '.join(changing)} would change it from step to step.",
            "Leave it out.",
        )
    if not target_text(plan):
        raise MikazukiError(
            "imagic-caption",
            f"Method imagic needs to know what to make of the picture, and {plan.entries[0].picture} has no caption.",
            "Write the sentence into the text file beside it, such as: a photo of a bird with spread wings.",
        )
