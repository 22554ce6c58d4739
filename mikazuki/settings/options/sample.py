"""Options of the pictures drawn on the way."""

from typing import Annotated, Literal

from pydantic import Field

from mikazuki.settings.base import Settings
from mikazuki.settings.options.kinds import OptionalCount, OptionalText

SAMPLERS = Literal[
    "ddim", "pndm", "lms", "euler", "euler_a", "heun", "dpm_2", "dpm_2_a", "dpmsolver", "dpmsolver++", "dpmsingle",
    "k_lms", "k_euler", "k_euler_a", "k_dpm_2", "k_dpm_2_a",
]  # fmt: skip


class SampleSettings(Settings):
    """Pictures drawn on the way."""

    sample_prompts: OptionalText = None
    """File of prompts: lines with `--w --h --d --s --l --n --ss` after them, or TOML or JSON."""
    sample_every_n_epochs: OptionalCount = None
    """Draw the prompts every N epochs."""
    sample_every_n_steps: OptionalCount = None
    """Draw the prompts every N steps."""
    sample_at_first: bool = False
    """Draw them before training as well."""
    sample_sampler: SAMPLERS = "ddim"
    """Sampler of these pictures."""
    sanity_prompt: OptionalText = None
    """Prompt that is drawn each time beside the others, always from the same noise: shows what the base forgets."""
    sanity_seed: Annotated[int, Field(ge=0, lt=2**64)] = 420420
    """Seed of that noise."""
    sample_grid: bool = True
    """At the end, lay base model's and checkpoints' pictures of the prompts into one PNG; imagic: its mixtures too."""
