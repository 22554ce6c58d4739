import random
from typing import Any

import pytest

from mikazuki.engines.follow.console import Console, Said
from tests.engines.follow.recordings import CONSOLE


def read(data: bytes, *cuts: int) -> list[Said]:
    console = Console()
    pieces = [data[start:end] for start, end in zip((0, *cuts), (*cuts, len(data)), strict=True)]
    return [*(said for piece in pieces for said in console.feed(piece)), *console.close()]


def of(kind: str, found: list[Said]) -> list[dict[str, Any]]:
    return [said.fields for said in found if said.kind == kind]


def record(text: str, level: str = "INFO") -> str:
    return f"2026-11-21 14:57:43 {level:<8} {text:<80} train_util.py:1\n"


def bar(done: int, total: int, more: str = "") -> str:
    return f"\rsteps:  50%|#####     | {done}/{total} [00:10<00:20,  2.00s/it{more}]"


def test_the_recorded_run_is_understood_in_order() -> None:
    found = read(CONSOLE.read_bytes())
    assert [fields["name"] for fields in of("stage", found)] == [
        "load_model",
        "cache_latents",
        "prepare",
        "train",
        "sample",
        "sample",
        "save",
    ]
    train = next(fields for fields in of("stage", found) if fields["name"] == "train")
    assert train == {
        "name": "train",
        "text": "training",
        "total": 4,
        "epochs": 2,
        "first": 0,
        "device": "cpu",
        "modules": 192,
    }
    progress = [(fields["step"], fields["epoch"], fields["avg_loss"]) for fields in of("progress", found)]
    assert progress == [(1, 1, 1.14), (2, 1, 1.17), (3, 2, 1.21), (4, 2, 1.19)]
    assert {(fields["total"], fields["epochs"]) for fields in of("progress", found)} == {(4, 2)}
    assert of("saving", found) == [
        {"path": "/home/me/art/out1/rec-000001.safetensors"},
        {"path": "/home/me/art/out1/rec.safetensors"},
    ]
    assert of("saving_state", found) == [{"epoch": 1}, {}]
    assert of("prompt", found) == [{"text": "a photo of sks thing"}] * 2
    assert of("warning", found) == []
    assert {fields["name"] for fields in of("stage_progress", found)} == {"cache_latents", "sample"}


@pytest.mark.parametrize("seed", range(8))
def test_the_recorded_run_says_the_same_however_it_is_cut(seed: int) -> None:
    data = CONSOLE.read_bytes()
    pick = random.Random(seed)
    cuts = sorted(pick.sample(range(1, len(data)), 400))
    assert read(data, *cuts) == read(data)


def test_byte_by_byte() -> None:
    data = CONSOLE.read_bytes()
    assert read(data, *range(1, len(data))) == read(data)


def test_a_step_is_told_as_soon_as_its_loss_stands_behind_it() -> None:
    console = Console()
    assert of("progress", console.feed(bar(1, 9).encode())) == []
    (told,) = of("progress", console.feed(bar(1, 9, ", avr_loss=0.5").encode()))
    assert (told["step"], told["avg_loss"], told["speed"], told["eta"]) == (1, 0.5, 0.5, 20.0)
    assert of("progress", console.feed(bar(1, 9, ", avr_loss=0.4").encode())) == [], "accumulation draws again"
    assert of("progress", console.feed(bar(2, 9, ", avr_loss=0.4").encode())) == [], "this is still the old loss"
    (told,) = of("progress", console.feed(bar(2, 9, ", avr_loss=0.3").encode()))
    assert (told["step"], told["avg_loss"]) == (2, 0.3)


def test_steps_drawn_only_once_are_told_by_the_next() -> None:
    text = "".join(bar(step, 3, f", loss=0.{step}") for step in (1, 2, 3))
    told = of("progress", read(text.encode()))
    assert [(fields["step"], fields["avg_loss"]) for fields in told] == [(1, 0.1), (2, 0.2), (3, 0.3)]


def test_a_resumed_run_counts_on() -> None:
    text = "  total optimization steps / x: 6\nepoch 2/3\n" + bar(0, 2) + bar(1, 2, ", avr_loss=1.0") + bar(2, 2)
    found = read(text.encode())
    assert of("stage", found)[0]["first"] == 4
    assert [(fields["step"], fields["total"], fields["epoch"]) for fields in of("progress", found)] == [
        (5, 6, 2),
        (6, 6, 2),
    ]


def test_a_loss_that_is_no_number_is_warned_of_once() -> None:
    found = read((bar(1, 3, ", avr_loss=nan") + bar(2, 3, ", avr_loss=nan") + bar(3, 3, ", avr_loss=inf")).encode())
    assert [fields["code"] for fields in of("warning", found)] == ["loss-not-finite"]
    assert len(of("progress", found)) == 3


def test_warnings_are_told_once_in_english_and_the_harmless_ones_never() -> None:
    text = (
        record("too small / 小さい", "WARNING") * 2
        + record("no regularization images / x", "WARNING")
        + record("No data found.", "ERROR")
        + record("fine")
    )
    assert [fields["text"] for fields in of("warning", read(text.encode()))] == ["too small", "No data found."]


def test_paths_of_all_script_kinds() -> None:
    text = (
        record("saving checkpoint: /o/a b-000001.safetensors")
        + record("save trained model as StableDiffusion checkpoint to /o/a.safetensors")
        + record("save trained model as Diffusers to /o/a")
        + record("saving model: /o/a-000002")
        + "removing old checkpoint: /o/a-000001.safetensors\n"
        + record("saving state at step 20")
        + record("removing old state: /o/a-step00000010-state")
    )
    found = read(text.encode())
    assert [fields["path"] for fields in of("saving", found)] == [
        "/o/a b-000001.safetensors",
        "/o/a.safetensors",
        "/o/a",
        "/o/a-000002",
    ]
    removed = ["/o/a-000001.safetensors", "/o/a-step00000010-state"]
    assert [fields["path"] for fields in of("removed", found)] == removed
    assert of("saving_state", found) == [{"step": 20}]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("loading existing metadata: meta_lat.json", "prepare"),
        ("Loading state dict from flux1.safetensors", "load_model"),
        ("Building CLIP-L", "load_model"),
        ("Loading DiT model from anima.safetensors, device=cpu", "load_model"),
        ("Loading Qwen3 text encoder from qwen", "load_model"),
        ("Loading VAE from ae.safetensors", "load_model"),
        ("caching latents with caching strategy.", "cache_latents"),
        ("caching Text Encoder outputs with caching strategy.", "prepare"),
        ("Generating sample images at step 5", "sample"),
        ("save trained model as Diffusers to out/cat", "save"),
    ],
)
def test_stages_of_other_scripts(line: str, name: str) -> None:
    assert [fields["name"] for fields in of("stage", read(record(line).encode()))] == [name]


def test_reading_settings_is_no_stage() -> None:
    assert read(record("Loading settings from train.toml...").encode()) == []


def test_a_record_left_open_is_read_when_nothing_comes() -> None:
    console = Console()
    assert console.feed(record("caching latents...").encode()) == []
    assert of("stage", console.flush())[0]["name"] == "cache_latents"


def test_the_log_keeps_lines_without_bars() -> None:
    console = Console()
    console.feed(("one\n" + bar(1, 2) + bar(2, 2) + "\n" + record("two", "ERROR") + "three\n").encode())
    assert console.log.splitlines() == ["one", "ERROR two", "three"]


def test_parameters_of_full_trainings_are_read() -> None:
    text = "number of trainable parameters: 2,567,463,684\n" + bar(0, 2)
    assert of("stage", read(text.encode()))[0]["parameters"] == 2_567_463_684
