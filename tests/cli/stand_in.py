"""An engine whose trainer is a few lines: it does what the option `training_comment` says, with real processes.

Run as a program it is the command line with that engine: ``python stand_in.py train CONFIG``.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path
from unittest import mock

from mikazuki.engines.contract import Availability, Launch
from mikazuki.settings.train import TrainSettings

TRAINER = Path(__file__)


class StandIn:
    """An engine that is always there."""

    name = "stand-in"
    methods = ("lora",)
    families = ("sd1",)

    def available(self) -> Availability:
        return Availability(ok=True)

    def options(self) -> frozenset[str]:
        return frozenset(TrainSettings.model_fields)

    def files(self, settings: TrainSettings) -> dict[str, str]:
        return {"engine.txt": settings.output_name}

    def launch(self, job_dir: Path, settings: TrainSettings) -> Launch:
        argv = (sys.executable, str(TRAINER), "--as-trainer", str(job_dir), settings.training_comment or "done")
        root = Path(__file__).parents[2]
        return Launch(argv, Path.cwd(), {"PYTHONPATH": str(root)})


def trainer(job: Path, what: str) -> int:
    """Do ``what``: done, stop, deaf, failed, memory, crash or killed."""

    def tell(kind: str, **fields: object) -> None:
        with (job / "events.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps({"time": time.time(), "kind": kind, **fields}) + "\n")

    tell("started", pid=os.getpid())
    tell("stage", name="load_model", text="loading")
    tell("stage", name="train", text="training", parameters=10, modules=2, device="cpu", precision="no")
    tell("progress", step=1, total=24, epoch=1, epochs=2, avg_loss=0.5, speed=9.0, eta=3.0, memory=1000)
    sys.stdout.write("a line of the log\n")
    sys.stdout.flush()
    if what in {"stop", "deaf"}:
        while what == "deaf" or not (job / "stop").exists():
            time.sleep(0.02)
        tell("stopped", step=1, state="output/demo-step00000001-state")
        return 130
    if what == "failed":
        tell("failed", code="loss-nan", message="The loss is nan.", hint="Lower learning_rate.", exit_code=1)
        return 1
    if what == "memory":
        sys.stdout.write("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2 GiB\n")
        tell("failed", code="internal", message="OutOfMemoryError: CUDA out of memory", hint="", exit_code=1)
        return 1
    if what == "crash":
        raise ZeroDivisionError("nobody foresaw this")
    if what == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    tell("checkpoint", what="model", path="output/demo.safetensors", step=24, epoch=2, bytes=96600)
    tell("done", path="output/demo.safetensors", bytes=96600, grid="output/demo-grid.png", steps=24, seconds=4.5)
    return 0


def command_line() -> int:
    """Run the command line with this engine alone."""
    from mikazuki.cli.main import main
    from mikazuki.preparing import training

    with mock.patch.object(training, "choose", return_value=StandIn()):
        return main()


if __name__ == "__main__":
    sys.exit(trainer(Path(sys.argv[2]), sys.argv[3]) if sys.argv[1] == "--as-trainer" else command_line())
