"""Captioners of the transformers library, from local folders: BLIP, BLIP-2, Florence-2 and vision-language models."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Final

import torch
from PIL import Image
from transformers import AutoModelForImageTextToText, AutoProcessor
from transformers.utils.logging import disable_progress_bar

from mikazuki.data.load import Bytes
from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.settings.tagging import TagSettings
from mikazuki.tagging.reader import Reading

USUAL_PROMPTS: Final = {"florence2": "<MORE_DETAILED_CAPTION>"}
"""What models are asked that answer nothing without it, by their `model_type`."""
QUESTION: Final = "Describe this image in one paragraph."
"""What a model that talks is asked unless a prompt is set."""


class Captioner:
    """A model that writes about pictures, and its processor."""

    def __init__(self, folder: Path, settings: TagSettings) -> None:
        """Load a folder's model; nothing is fetched.

        Raises:
            MikazukiError: ``captioner-broken`` where the folder cannot be loaded, ``device-missing``.
        """
        self._device = _device(settings.device)
        # bars would fill the job's log
        disable_progress_bar()
        dtype = torch.bfloat16 if self._device == "cuda" else torch.float32
        try:
            self._processor: Any = AutoProcessor.from_pretrained(folder, local_files_only=True)
            model: Any = AutoModelForImageTextToText.from_pretrained(folder, local_files_only=True, dtype=dtype)
        except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
            raise MikazukiError(
                "captioner-broken",
                f"The captioner in {folder} cannot be loaded: {str(error).splitlines()[0]}",
                "Fetch the whole folder again; a model that needs code of its own is not loaded.",
                exit_code=EXIT_FAILED,
            ) from error
        self._model = model.to(self._device).eval()
        self._talks = bool(getattr(self._processor, "chat_template", None))
        self._settings = settings
        self._computing = Lock()
        self._text = self._prompt()
        if settings.threads is not None:
            torch.set_num_threads(settings.threads)

    @property
    def batch_size(self) -> int:
        """No bound of its own."""
        return 1 << 30

    @property
    def least_side(self) -> int | None:
        """None: the processor resizes as it likes."""
        return None

    @property
    def where(self) -> str:
        """The device that it computes on."""
        return self._device

    def prepare(self, pixels: Bytes) -> Image.Image:
        """Return the picture; the processor resizes whole batches."""
        return Image.fromarray(pixels)

    def read(self, prepared: Sequence[Any]) -> list[Reading]:
        """Write about each picture."""
        with self._computing:
            return self._written(prepared)

    def _written(self, prepared: Sequence[Any]) -> list[Reading]:
        given: dict[str, Any] = {"images": list(prepared), "return_tensors": "pt"}
        if self._text is not None:
            given |= {"text": [self._text] * len(prepared), "padding": True}
        inputs = self._processor(**given).to(self._device, self._model.dtype)
        with torch.inference_mode():
            written = self._model.generate(
                **inputs,
                max_new_tokens=self._settings.max_new_tokens,
                num_beams=self._settings.num_beams,
                do_sample=False,
            )
        if self._talks:
            # what is said begins behind the question
            written = written[:, inputs["input_ids"].shape[1] :]
        texts: list[str] = self._processor.batch_decode(written, skip_special_tokens=True)
        return [Reading(text=text.strip()) for text in texts]

    def _prompt(self) -> str | None:
        """Return the text that goes with every picture, in the form that the model was taught; None for none."""
        usual = USUAL_PROMPTS.get(str(self._model.config.model_type))
        asked = self._settings.prompt or usual
        if not self._talks:
            return asked
        # answers of unequal length need their questions to end together
        self._processor.tokenizer.padding_side = "left"
        content = [{"type": "image"}, {"type": "text", "text": asked or QUESTION}]
        turns = [{"role": "user", "content": content}]
        return str(self._processor.apply_chat_template(turns, add_generation_prompt=True))


def _device(wanted: str) -> str:
    there = ["cuda", "cpu"] if torch.cuda.is_available() else ["cpu"]
    if wanted == "auto":
        return there[0]
    if wanted not in there:
        raise MikazukiError(
            "device-missing",
            f"device = {wanted!r}: the installed torch computes on {', '.join(there)} alone.",
            "Set device to auto.",
        )
    return wanted
