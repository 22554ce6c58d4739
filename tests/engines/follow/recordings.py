"""A run of upstream's train_network.py as its output and its TensorBoard file show it, cut to the lines that count.

SD1.5 LoRA, UNet only, 3 pictures (1 for validation) at 128 px, batch 2, 2 epochs of 2 steps, a model, a state and a
sample picture each epoch; commit 48d368fa, 80 columns. Folders are renamed, column for column.
"""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "recorded"
CONSOLE: Final = FOLDER / "lora.console"
EVENTS: Final = FOLDER / "lora.tfevents"
