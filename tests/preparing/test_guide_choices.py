"""The choices of the guided mode, as tables: what is known, and what follows."""

from dataclasses import replace

import pytest

from mikazuki.preparing import guide_choices as choose
from mikazuki.preparing.guide_facts import Facts, first_meaning, new_word, output_name
from mikazuki.preparing.guide_parts import GB, Choice, Thrift
from mikazuki.settings.words import words_in

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


def test_class_pictures_are_taken_where_they_help() -> None:
    beside = replace(FACTS, regularisation="train/aki-reg")
    taken = {
        method: "reg_data_dir" in by_name(*choose.places(replace(beside, method=method)))
        for method in ("lora", "dreambooth", "pivotal_tuning", "hypernetwork")
    }
    assert all(taken.values())
    assert by_name(*choose.places(beside))["reg_data_dir"] == "train/aki-reg"
    for changes in ({"goal": "style"}, {"method": "textual_inversion"}, {"method": "imagic"}, {"method": "fine_tune"}):
        assert "reg_data_dir" not in by_name(*choose.places(replace(beside, **changes)))  # type: ignore[arg-type]


def test_whole_models_have_one_more_way_to_fit() -> None:
    asked: list[Thrift] = []

    def needed(one: Thrift) -> int:
        asked.append(one)
        return GB if one.frugal else 100 * GB

    plain = replace(FACTS, memory=12 * GB)
    assert not choose.thrift(plain, needed).frugal
    assert choose.thrift(replace(plain, method="dreambooth"), needed) == choose.LAST_RESORT
    assert sum(one.frugal for one in asked) == 1


@pytest.mark.parametrize("method", ["dreambooth", "fine_tune", "imagic"])
def test_sdxl_as_a_whole_is_frugal_from_the_start(method: str) -> None:
    facts = replace(FACTS, method=method, family="sdxl", native=1024, step=32)
    assert choose.thrift(facts, lambda _one: 0) == Thrift(4, frugal=True)
    assert choose.thrift(replace(facts, memory=None), lambda _one: 0) == Thrift(1, frugal=True)
    assert choose.thrift(facts, lambda _one: 100 * GB) == Thrift(1, checkpointing=True, frugal=True)
    assert not choose.thrift(replace(facts, tiny=True), lambda _one: 0).frugal
    # captions are encoded once, and so cannot change
    assert "shuffle_caption" not in by_name(*choose.captions(facts))


@pytest.mark.parametrize("method", ["textual_inversion", "pivotal_tuning", "imagic"])
def test_sentences_are_not_shuffled(method: str) -> None:
    assert by_name(*choose.captions(replace(FACTS, method=method))) == {"caption_extension": ".txt"}


def test_without_a_card_it_is_told() -> None:
    bare = replace(FACTS, memory=None)
    assert [one.code for one in choose.warnings(bare, 512)] == ["no-gpu"]
    assert choose.prompts(bare, 512) == []


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("lora", {"output_name": "aki", "save_precision": "fp16", "save_every_n_epochs": 1}),
        ("dreambooth", {"output_name": "aki", "save_precision": "fp16", "save_every_n_epochs": 5}),
        ("imagic", {"output_name": "aki", "save_precision": "fp16"}),
        ("textual_inversion", {"output_name": "aki", "save_every_n_epochs": 2}),
        (
            "hypernetwork",
            {"output_name": "aki", "save_model_as": "pt", "save_precision": "fp16", "save_every_n_epochs": 2},
        ),
    ],
)
def test_what_is_kept(method: str, expected: dict[str, object]) -> None:
    assert by_name(*choose.files(replace(FACTS, method=method), 1)) == expected


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"sides": (700,) * 4, "captions": ("x",) * 4}, ["pictures-few"]),
        ({"captions": ()}, ["captions-none"]),
        ({"captions": ("x",)}, ["captions-some"]),
        ({"sides": (200,) * 3 + (700,) * 17}, ["pictures-small"]),
        ({"numbered": True, "shown": 5000}, ["long"]),
        ({"method": "fine_tune"}, ["pictures-few"]),
        ({"method": "fine_tune", "sides": (700,) * 300, "shown": 300, "captions": ("x",) * 300}, []),
        ({"method": "textual_inversion", "sides": (700,) * 5, "captions": ()}, []),
        ({"method": "imagic", "sides": (700,), "captions": ("x",)}, []),
        ({"method": "imagic", "sides": (700,), "captions": (), "numbered": True, "shown": 9000}, ["caption-of-imagic"]),
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


def test_prompts_say_the_new_word() -> None:
    facts = replace(FACTS, method="textual_inversion")
    assert [line.split(" --")[0] for line in choose.prompts(facts, 512)[:2]] == [
        "a photo of <aki>",
        "a photo of <aki>, aki, red hair, smile, garden",
    ]
    for changes in ({"captions": ()}, {"goal": "style"}):
        lines = choose.prompts(replace(facts, **changes), 512)
        assert len(lines) == 3
        assert ["<aki>" in line for line in lines] == [True, True, False]


@pytest.mark.parametrize(
    ("folder", "goal", "word"),
    [
        ("train/aki", "character", "<aki>"),
        ("train/10_My Cat_2", "concept", "<my-cat-2>"),
        ("train/\u732b", "style", "<my-style>"),
        ("train/a,b  c!", "concept", "<a-b-c>"),
        ("train/" + "long" * 60, "concept", f"<{'long' * 10}>"),
    ],
)
def test_the_new_word_is_named_after_the_folder(folder: str, goal: str, word: str) -> None:
    facts = replace(FACTS, folder=folder, goal=goal)  # type: ignore[arg-type]
    assert new_word(facts) == word
    assert words_in(word) == (word,)


@pytest.mark.parametrize(
    ("trigger", "numbered", "goal", "meaning"),
    [
        ("sks cat", True, "character", "cat"),
        ("sks_old cat", True, "character", "old cat"),
        ("sks cat", False, "character", "person"),
        ("aki", True, "concept", "object"),
        ("sks \u732b", True, "concept", "object"),
        ("", True, "style", "style"),
    ],
)
def test_what_the_new_word_means_at_first(*, trigger: str, numbered: bool, goal: str, meaning: str) -> None:
    facts = replace(FACTS, trigger=trigger, numbered=numbered, goal=goal)  # type: ignore[arg-type]
    assert first_meaning(facts) == meaning


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
