"""The choices of the guided mode, as tables: what is known, and what follows."""

from dataclasses import replace

import pytest

from mikazuki.preparing import guide_choices as choose
from mikazuki.preparing.guide_choices import GB, Choice, Thrift
from mikazuki.preparing.guide_facts import Facts, output_name

FACTS = Facts(
    goal="character",
    folder="train/aki",
    model="m.safetensors",
    family="sd1",
    native=512,
    step=64,
    tiny=False,
    sides=(700,) * 20,
    shown=20,
    numbered=False,
    captions=("aki, red hair, smile, garden",) * 20,
    caption_extension=".txt",
    trigger="aki",
    memory=12 * GB,
)


def by_name(*choices: Choice) -> dict[str, object]:
    return {one.option: one.value for one in choices}


@pytest.mark.parametrize(
    ("changes", "resolution", "reason"),
    [
        ({}, "512,512", "resolution"),
        ({"sides": (390,) * 5}, "512,512", "resolution"),
        ({"sides": (300,) * 5}, "320,320", "resolution_pictures"),
        ({"sides": (90,) * 5}, "256,256", "resolution_pictures"),
        ({"family": "sdxl", "native": 1024, "step": 32, "sides": (1500,)}, "1024,1024", "resolution"),
        ({"family": "sdxl", "native": 1024, "step": 32, "sides": (640,)}, "640,640", "resolution_pictures"),
        ({"family": "sdxl", "native": 1024, "step": 32, "memory": 6 * GB}, "768,768", "resolution_memory"),
        ({"native": 64, "step": 16, "tiny": True, "memory": None}, "64,64", "resolution"),
    ],
)
def test_resolution(changes: dict[str, object], resolution: str, reason: str) -> None:
    found = choose.side(replace(FACTS, **changes))  # type: ignore[arg-type]
    assert (found.value, found.text) == (resolution, reason)


@pytest.mark.parametrize(
    ("family", "native", "step", "pixels", "expected"),
    [
        ("sd1", 512, 64, 512, (256, 1024, 64)),
        ("sdxl", 1024, 32, 768, (384, 1536, 64)),
        ("sd1", 64, 16, 64, (64, 128, 16)),
    ],
)
def test_buckets(family: str, native: int, step: int, pixels: int, expected: tuple[int, int, int]) -> None:
    facts = replace(FACTS, family=family, native=native, step=step)
    assert tuple(one.value for one in choose.buckets(facts, pixels)) == expected


@pytest.mark.parametrize(
    ("memory", "expected"),
    [
        (100 * GB, Thrift(4)),
        (8 * GB, Thrift(2)),
        (5 * GB, Thrift(4, checkpointing=True)),
        (1 * GB, Thrift(1, checkpointing=True)),
        (None, Thrift(1)),
    ],
)
def test_the_quickest_way_that_fits(memory: int | None, expected: Thrift) -> None:
    def needed(one: Thrift) -> int:
        return int((2 + one.batch * (0.5 if one.checkpointing else 2)) * GB)

    assert choose.thrift(replace(FACTS, memory=memory), needed) == expected


def test_few_pictures_are_not_put_into_large_batches() -> None:
    assert choose.thrift(replace(FACTS, sides=(700,) * 5), lambda _one: 0) == Thrift(1)
    assert choose.thrift(replace(FACTS, tiny=True, sides=(64,) * 3, memory=None), lambda _one: 0) == Thrift(3)


def test_captions_of_tags_are_shuffled_and_sentences_are_not() -> None:
    assert by_name(*choose.captions(FACTS)) == {"caption_extension": ".txt", "shuffle_caption": True, "keep_tokens": 1}
    sentences = replace(FACTS, captions=("aki stands in a garden", "aki, smiling"))
    assert by_name(*choose.captions(sentences)) == {"caption_extension": ".txt"}


@pytest.mark.parametrize(("words", "tokens"), [(75, None), (76, 150), (150, 150), (151, 225), (226, 300), (301, 300)])
def test_long_captions_are_read_whole(words: int, tokens: int | None) -> None:
    facts = replace(FACTS, captions=(" ".join(["word"] * words),))
    assert by_name(*choose.captions(facts)).get("max_token_length") == tokens


@pytest.mark.parametrize(
    ("changes", "dim", "rate", "text"),
    [
        ({}, 32, 1e-4, [1e-5]),
        ({"goal": "concept"}, 8, 1e-4, [2e-5]),
        ({"goal": "style"}, 32, 1e-4, None),
        ({"family": "sdxl"}, 16, 1e-4, None),
        ({"tiny": True}, 16, 1e-3, [5e-4]),
    ],
)
def test_rank_and_rates(changes: dict[str, object], dim: int, rate: float, text: list[float] | None) -> None:
    found = by_name(*choose.network(replace(FACTS, **changes)))  # type: ignore[arg-type]
    assert (found["network_dim"], found["network_alpha"], found["learning_rate"]) == (dim, dim / 2, rate)
    assert found.get("text_encoder_lr") == text
    assert ("network_train_unet_only" in found) == (text is None)


@pytest.mark.parametrize("pictures", [1, 5, 20, 100, 3000])
@pytest.mark.parametrize("batch", [1, 2, 4])
@pytest.mark.parametrize("goal", ["character", "style", "concept"])
def test_the_length_comes_near_what_is_wanted(pictures: int, batch: int, goal: str) -> None:
    facts = replace(FACTS, goal=goal, sides=(700,) * pictures, shown=pictures)  # type: ignore[arg-type]
    steps = choose.epochs(facts, batch) * choose.steps_of_epoch(facts, batch)
    wanted = choose.wanted_steps(facts, batch)
    assert 400 <= wanted <= 4800
    assert 0.5 * wanted <= steps <= 1.7 * wanted


def test_folders_that_say_their_repeats_are_heeded_and_too_many_are_told() -> None:
    numbered = replace(FACTS, numbered=True, shown=200)
    assert choose.repeats(numbered, 1) == 1
    assert "dataset_repeats" not in by_name(*choose.length(numbered, Thrift(1)))
    assert choose.epochs(numbered, 2) * choose.steps_of_epoch(numbered, 2) == 1100
    assert "long" in [one.code for one in choose.warnings(replace(numbered, shown=5000), 512)]


def test_regularisation_pictures_double_an_epoch() -> None:
    beside = replace(FACTS, regularisation="train/aki-reg")
    assert choose.steps_of_epoch(beside, 1) == 2 * choose.steps_of_epoch(FACTS, 1)
    assert by_name(*choose.places(beside))["reg_data_dir"] == "train/aki-reg"
    assert "reg_data_dir" not in by_name(*choose.places(replace(beside, goal="style")))


def test_without_a_card_it_is_short_and_told() -> None:
    bare = replace(FACTS, memory=None)
    assert choose.wanted_steps(bare, 1) == choose.CPU_STEPS
    assert [one.code for one in choose.warnings(bare, 512)] == ["no-gpu"]
    assert choose.prompts(bare, 512) == []


def test_the_optimizer_is_what_is_installed() -> None:
    assert by_name(*choose.learning(FACTS))["optimizer_type"] == "AdamW"
    assert by_name(*choose.learning(replace(FACTS, eight_bit=True)))["optimizer_type"] == "AdamW8bit"
    assert by_name(*choose.learning(replace(FACTS, eight_bit=True, memory=None)))["optimizer_type"] == "AdamW"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"sides": (700,) * 4, "captions": ("x",) * 4}, ["pictures-few"]),
        ({"captions": ()}, ["captions-none"]),
        ({"captions": ("x",)}, ["captions-some"]),
        ({"sides": (200,) * 3 + (700,) * 17}, ["pictures-small"]),
    ],
)
def test_warnings(changes: dict[str, object], codes: list[str]) -> None:
    assert [one.code for one in choose.warnings(replace(FACTS, **changes), 512)] == codes  # type: ignore[arg-type]


def test_prompts_are_captions_and_something_else() -> None:
    lines = choose.prompts(replace(FACTS, captions=("one", "two", "three --w 9")), 512)
    assert [line.split(" --")[0] for line in lines[:2]] == ["one", "two"]
    assert len(lines) == 3
    assert all("--w 512 --h 512" in line for line in lines)
    assert choose.prompts(replace(FACTS, captions=()), 512)[0].startswith("aki --w")
    assert choose.prompts(replace(FACTS, captions=("three --w 9",)), 512)[0].count("--w") == 1


@pytest.mark.parametrize(
    ("folder", "taken", "name"),
    [
        ("train/aki", (), "aki"),
        ("train/10_sks cat", (), "sks_cat"),
        ("train/\u732b \u732b", (), "\u732b_\u732b"),
        ("train/aki", ("aki", "aki-2"), "aki-3"),
        ("train/Aki", ("aki",), "Aki-2"),
        ("train/...", (), "lora"),
    ],
)
def test_the_output_is_named_after_the_folder(folder: str, taken: tuple[str, ...], name: str) -> None:
    assert output_name(replace(FACTS, folder=folder, taken=frozenset(taken))) == name
