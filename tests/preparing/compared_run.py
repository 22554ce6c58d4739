"""Stands in for all three runs of a comparison: ``python compared_run.py WORDS... --config_file FILE ...``.

It is the trainer of either engine and the replay, whichever its words make it; what goes wrong says COMPARED.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

PROGRAM = Path(__file__)
STEP_SECONDS = 0.02


def main(words: list[str]) -> int:
    """Do as the run does that the words mean."""
    config = Path(words[words.index("--config_file") + 1])
    wrong = os.environ.get("COMPARED", "")
    by_upstream = words[0].endswith("upstream_recorder.py")
    replays = "--recorded" in words
    what = "upstream" if by_upstream else "replay" if replays else "builtin"
    if wrong == f"{what} fails":
        sys.stdout.write("the last line of the log\n")
        return tell(config, "failed", code="internal", message="It broke.", hint="Mend it.", exit_code=1) or 1
    if wrong == f"{what} hangs":
        subprocess.run([sys.executable, "-c", "import time; time.sleep(60)"], check=False)
    if what == "upstream":
        leave(Path(words[1]), config)
    tell(config, "stage", name="train", text="training", device="cpu", precision="no")
    for step in () if wrong == f"{what} trains nothing" else (1, 2, 3):
        time.sleep(STEP_SECONDS)
        tell(config, "progress" if by_upstream else "metric", step=step)
    if replays:
        answer = {"losses": [1.0], "recorded": [1.0], "begins": Path(words[-1], "lora_before.safetensors").read_text()}
        (config.parent / "answer.json").write_text(json.dumps(answer), encoding="utf-8")
    return tell(config, "done", path="x", steps=3)


def leave(record: Path, config: Path) -> None:
    """Write what upstream and its recorder leave."""
    record.mkdir(parents=True)
    (record / "lora_before.safetensors").write_text("before")
    output = config.parents[2] / "output"
    output.mkdir(parents=True)
    (output / "compared.safetensors").write_text("after")


def tell(config: Path, kind: str, **fields: object) -> int:
    """Write an event."""
    with (config.parent / "events.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"time": time.time(), "kind": kind, **fields}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
