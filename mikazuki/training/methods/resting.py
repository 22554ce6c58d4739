"""When text encoders stop learning on the way, counted in optimizer steps."""

from mikazuki.data.plan import Plan
from mikazuki.settings.train import TrainSettings


def rest_step(settings: TrainSettings, plan: Plan) -> int | None:
    """Return the optimizer step (from 0) at which text encoders begin to rest, None where they learn to the end.

    stop_text_encoder_training names it. text_encoder_ratio is a share of the epochs, rounded to whole ones, a half to
    the even one; of so few epochs that it rounds to none, they learn in none.
    """
    if settings.text_encoder_ratio is not None:
        return round(plan.max_train_epochs * settings.text_encoder_ratio) * plan.steps_per_epoch
    return settings.stop_text_encoder_training
