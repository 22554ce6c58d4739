"""Witnesses of single options: files, pictures and curves that only they write."""

import hashlib
from pathlib import Path

import pytest
from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from tests.training.options_world import SHAPES, Seen


def _pictures(seen: Seen) -> Path:
    return Path(str(seen.run.settings.train_data_dir)) / "1_sks thing"


def cached_files(seen: Seen) -> None:
    """Latents lie beside the pictures."""
    assert len(list(_pictures(seen).glob("*_sd.npz"))) == len(SHAPES)


def text_files(seen: Seen) -> None:
    """Encoded captions lie beside the pictures."""
    assert len(list(_pictures(seen).glob("*_te_outputs.npz"))) == len(SHAPES)


def info_file(seen: Seen) -> None:
    """Sizes and captions lie beside the pictures."""
    assert (_pictures(seen) / "metadata_cache.json").is_file()


def debug_pictures(seen: Seen) -> None:
    """The pictures lie in the job's folder, and nothing is trained."""
    assert len(list((seen.job / "dataset").rglob("*.png"))) >= len(SHAPES)
    assert not seen.run.file.exists()


def mean_of_losses(seen: Seen) -> None:
    """The first step's loss is the mean of the first two batches'; the weights stay those of the start between."""
    first, second = seen.plain().losses()[:2]
    assert seen.run.losses()[0] == pytest.approx((first + second) / 2, rel=0.05)


def only_unet_rates_of_blocks(seen: Seen) -> None:
    """Blocks have rates of their own."""
    (first, *_) = [event["values"] for event in seen.run.of("metric")]
    assert len({rate for name, rate in first.items() if name.startswith("lr/unet_block")}) > 1


def first_state_stays(seen: Seen) -> None:
    """The state is that of the end."""
    assert [event["step"] for event in seen.run.of("checkpoint") if event["what"] == "state"] == [6]


def _sums(seen: Seen) -> list[str]:
    paths = sorted((seen.output / "sample").glob("*.png"))
    return [hashlib.sha256(Image.open(path).tobytes()).hexdigest() for path in paths]


def other_pictures(seen: Seen) -> None:
    """What is measured or drawn is not what it is without the option, though the training is the same."""
    plain = Seen(seen.world, seen.plain(), seen.plain)
    assert seen.run.losses() == plain.run.losses()
    tag = "loss/validation/epoch_average"
    measured = [[e["values"][tag] for e in one.run.of("metric") if tag in e["values"]] for one in (seen, plain)]
    assert (_sums(seen), measured[0]) != (_sums(plain), measured[1])


def grid(seen: Seen) -> None:
    """The sheet is there, and told of."""
    (done,) = seen.run.of("done")
    assert Path(done["grid"]) == seen.output / "x-grid.png"
    assert Path(done["grid"]).is_file()


def _log(seen: Seen) -> Path:
    (found,) = Path(seen.run.settings.logging_dir).glob("pre*/curves")
    return found


def log_folder(seen: Seen) -> None:
    """Curves lie where they were told to."""
    assert _log(seen).is_dir()


def tracker_suffix(seen: Seen) -> None:
    """The writer took what the tracker's file says."""
    assert list(_log(seen).glob("*.mine"))


def config_is_in_the_log(seen: Seen) -> None:
    """The settings stand in the log."""
    read = EventAccumulator(str(_log(seen)))
    read.Reload()
    assert "settings/text_summary" in read.Tags()["tensors"]
