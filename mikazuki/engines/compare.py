"""The two commands that a comparison adds to the engines' own: upstream that is recorded, and builtin that replays."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from mikazuki.engines import upstream_recorder
from mikazuki.engines.builtin import TRAINER
from mikazuki.engines.contract import Launch
from mikazuki.engines.sd_scripts_run import CONFIG_FILE

REPLAYER: Final = "mikazuki.training.replay"
BEFORE: Final = "lora_before.safetensors"
AFTER: Final = "lora_after.safetensors"
"""The adapter before the first and after the last step, in the folder of the record."""
ANSWER: Final = "answer.json"
"""What the replay found, in its job's folder."""


def recording(launch: Launch, job_dir: Path, folder: Path) -> Launch:
    """Return upstream's command with the recorder between Python and the script; the record goes into ``folder``."""
    words = list(launch.argv)
    script = words.index(str(job_dir / CONFIG_FILE)) - 2
    words[script:script] = [str(Path(upstream_recorder.__file__).absolute()), str(folder)]
    return replace(launch, argv=tuple(words))


def replaying(launch: Launch, folder: Path) -> Launch:
    """Return the builtin engine's command with the program that trains on the record in ``folder`` as its trainer."""
    words = [REPLAYER if word == TRAINER else word for word in launch.argv]
    return replace(launch, argv=(*words, "--recorded", str(folder)))
