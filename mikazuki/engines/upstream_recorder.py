"""Runs a script of upstream's in upstream's own Python and writes down what every step was given and came to.

    python upstream_recorder.py FOLDER SCRIPT.py ARGUMENTS...

It imports nothing of this project, for upstream's Python has none of its packages. The script runs as it would by
itself; between its definitions and its start three functions are wrapped to copy what passes through them. At the end
FOLDER holds ``steps.safetensors`` (tensors ``NN.name``, NN the number of the batch from 00), ``steps.jsonl`` (captions,
timesteps, loss) and ``lora_before.safetensors``: the network before the first step.
"""

import ast
import inspect
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

BATCH_TENSORS: Final = ("loss_weights", "original_sizes_hw", "crop_top_lefts", "target_sizes_hw")
"""What of upstream's batches is kept under its own name."""
CONDITIONS: Final = {1: ("cond",), 3: ("cond1", "cond2", "pool2")}
"""Names of a text's conditions by their number: SD1 and SD2 have one, SDXL two and the pooled caption."""
IDS: Final = {1: ("input_ids",), 2: ("input_ids1", "input_ids2")}


class Recorder:
    """Copies of everything that passed, kept in memory until `write`: a few MB a hundred steps."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._tensors: dict[str, Any] = {}
        self._lines: list[dict[str, Any]] = []
        self._before: dict[str, Any] | None = None

    def watch(self, namespace: dict[str, Any], library: Any) -> None:
        """Wrap the functions of a script's trainer and of ``library``, which draws noise for all of them.

        Raises:
            LookupError: Where the script has no such trainer: this upstream is another one than was known.
        """
        classes = [found for found in namespace.values() if inspect.isclass(found)]
        trainers = [found for found in classes if hasattr(found, "process_batch") and hasattr(found, "call_unet")]
        if not trainers:
            raise LookupError("the script has no trainer with process_batch and call_unet")
        for trainer in trainers:
            trainer.process_batch = self._around_batch(trainer.process_batch)
            trainer.call_unet = self._around_unet(trainer.call_unet)
        name = "get_noise_noisy_latents_and_timesteps"
        setattr(library, name, self._around_noise(getattr(library, name)))

    def write(self, folder: Path) -> None:
        """Write the three files."""
        from safetensors.torch import save_file

        folder.mkdir(parents=True, exist_ok=True)
        save_file(self._before or {}, folder / "lora_before.safetensors")
        save_file(self._tensors, folder / "steps.safetensors")
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self._lines)
        (folder / "steps.jsonl").write_text(text, encoding="utf-8")

    def _around_batch(self, original: Callable[..., Any]) -> Callable[..., Any]:
        signature = inspect.signature(original)

        def process_batch(*args: Any, **kwargs: Any) -> Any:
            given = signature.bind(*args, **kwargs).arguments
            if not given.get("is_train", True):
                return original(*args, **kwargs)
            if self._before is None:
                network = given["accelerator"].unwrap_model(given["network"])
                self._before = {name: _copied(tensor) for name, tensor in network.state_dict().items()}
            loss = original(*args, **kwargs)
            self._keep_batch(given["batch"], loss)
            return loss

        return process_batch

    def _around_unet(self, original: Callable[..., Any]) -> Callable[..., Any]:
        signature = inspect.signature(original)

        def call_unet(*args: Any, **kwargs: Any) -> Any:
            conditions = list(signature.bind(*args, **kwargs).arguments["text_conds"])
            self._keep(zip(CONDITIONS[len(conditions)], conditions, strict=True))
            return original(*args, **kwargs)

        return call_unet

    def _around_noise(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def draw(args: Any, noise_scheduler: Any, latents: Any) -> Any:
            noise, noisy, timesteps = original(args, noise_scheduler, latents)
            self._keep({"latents": latents, "noise": noise, "timesteps": timesteps}.items())
            return noise, noisy, timesteps

        return draw

    def _keep_batch(self, batch: Any, loss: Any) -> None:
        ids = batch["input_ids_list"]
        self._keep((name, batch[name]) for name in BATCH_TENSORS)
        self._keep(zip(IDS[len(ids)], ids, strict=True) if ids is not None else ())
        self._keep({"loss": loss.reshape(1), "strength": batch["network_multipliers"][:1]}.items())
        timesteps = self._tensors[self._name("timesteps")].tolist()
        told = {"step": len(self._lines), "loss": loss.item(), "timesteps": timesteps, "captions": batch["captions"]}
        self._lines.append(told)

    def _keep(self, found: Any) -> None:
        for name, tensor in found:
            self._tensors[self._name(name)] = _copied(tensor)

    def _name(self, name: str) -> str:
        return f"{len(self._lines):02d}.{name}"


def _copied(tensor: Any) -> Any:
    """Return a tensor's copy in main memory."""
    return tensor.detach().to("cpu", copy=True).contiguous()


def run_script(script: Path, arguments: Sequence[str], recorder: Recorder) -> None:
    """Run a script as Python would by itself, with the recorder let in before its main part."""
    sys.argv = [str(script), *arguments]
    sys.path[0] = str(script.parent)
    tree = ast.parse(script.read_bytes(), str(script))
    start = next(number for number, node in enumerate(tree.body) if _is_start(node))
    namespace: dict[str, Any] = {"__name__": "__main__", "__file__": str(script), "__builtins__": __builtins__}
    _execute(tree.body[:start], script, namespace)
    recorder.watch(namespace, sys.modules["library.train_util"])
    _execute(tree.body[start:], script, namespace)


def _execute(statements: list[ast.stmt], script: Path, namespace: dict[str, Any]) -> None:
    code = compile(ast.Module(statements, type_ignores=[]), str(script), "exec")
    exec(code, namespace)  # noqa: S102 - this is what a program that runs a script does


def _is_start(node: ast.stmt) -> bool:
    """Say whether a statement is ``if __name__ == "__main__":``."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"


def main(words: Sequence[str]) -> None:
    """Run ``FOLDER SCRIPT ARGUMENTS...`` and write the record."""
    folder, script, *arguments = words
    recorder = Recorder()
    run_script(Path(script), arguments, recorder)
    recorder.write(Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
