"""Lists of concepts: both forms, old names, folders beside the file, and everything wrong at once."""

import json
from pathlib import Path
from typing import Any

import pytest

from mikazuki.errors import MikazukiError
from mikazuki.settings.concepts import FILEWORDS, Concept, check_classes, class_folder, listed_concepts, read_concepts
from mikazuki.settings.dataset_lookup import PRESERVED, datasets_of
from mikazuki.settings.identity import identity
from mikazuki.settings.train import TrainSettings

EXTENSION = {
    "instance_data_dir": "dog",
    "class_data_dir": "dogs",
    "instance_prompt": "[filewords]",
    "class_prompt": "",
    "save_sample_prompt": "a photo of sks dog",
    "save_sample_template": "lines.txt",
    "instance_token": "sks",
    "class_token": "dog",
    "num_class_images_per": 3,
    "class_negative_prompt": "blurry",
    "class_guidance_scale": 7,
    "class_infer_steps": 40.0,
    "save_sample_negative_prompt": None,
    "n_save_sample": 2,
    "sample_seed": -1,
    "save_guidance_scale": 7.5,
    "save_infer_steps": 20,
    "is_valid": True,
}
DIFFUSERS = {
    "instance_prompt": "photo of sks dog",
    "class_prompt": "photo of a dog",
    "instance_data_dir": "dog",
    "class_data_dir": "dogs",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with one of pictures in it."""
    (tmp_path / "dog").mkdir()
    return tmp_path


def read(home: Path, *concepts: object) -> tuple[Concept, ...]:
    (home / "c.json").write_text(json.dumps(concepts), encoding="utf-8")
    return read_concepts(str(home / "c.json"))


def settings(**options: Any) -> TrainSettings:
    return TrainSettings.model_validate({"pretrained_model_name_or_path": "m", **options})


def problem(text: str) -> MikazukiError:
    with pytest.raises(MikazukiError) as caught:
        read_concepts(text)
    return caught.value


def test_the_extensions_form(home: Path) -> None:
    (concept,) = read(home, EXTENSION)
    assert concept.instance_data_dir == str(home / "dog")
    assert (concept.class_data_dir, concept.save_sample_template) == (str(home / "dogs"), str(home / "lines.txt"))
    assert concept.class_prompt == FILEWORDS
    assert (concept.class_infer_steps, concept.class_guidance_scale, concept.limit) == (40, 7, None)
    assert (concept.save_sample_negative_prompt, concept.n_save_sample) == ("", 2)
    assert concept.wants_class_pictures
    assert concept.names_class


def test_diffusers_form_takes_the_class_pictures_there_are(home: Path) -> None:
    (concept,) = read(home, DIFFUSERS)
    assert concept.class_prompt == "photo of a dog"
    assert (concept.takes_class_pictures, concept.wants_class_pictures) == (True, False)
    (counted,) = read(home, {**DIFFUSERS, "num_class_images": 200})
    assert (counted.num_class_images, counted.wants_class_pictures) == (200, True)


def test_a_number_of_0_means_no_class_pictures(home: Path) -> None:
    (concept,) = read(home, {**EXTENSION, "num_class_images_per": 0})
    assert not concept.takes_class_pictures
    (bare,) = read(home, {"instance_data_dir": "dog"})
    assert not bare.takes_class_pictures
    assert not bare.names_class


def test_defaults_are_the_extensions(home: Path) -> None:
    (concept,) = read(home, {"instance_data_dir": "dog"})
    assert concept.model_dump(exclude={"instance_data_dir"}) == {
        "class_data_dir": "",
        "instance_prompt": FILEWORDS,
        "class_prompt": FILEWORDS,
        "instance_token": "",
        "class_token": "",
        "num_repeats": 1,
        "max_steps": -1,
        "num_class_images_per": 0,
        "num_class_images": 0,
        "class_negative_prompt": "",
        "class_guidance_scale": 7.5,
        "class_infer_steps": 60,
        "class_seed": -1,
        "save_sample_prompt": "",
        "save_sample_template": "",
        "save_sample_negative_prompt": "",
        "n_save_sample": 1,
        "sample_seed": -1,
        "save_guidance_scale": 7.5,
        "save_infer_steps": 20,
    }


def test_a_list_may_stand_in_the_settings_itself(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    (concept,) = read_concepts(f' [{{"instance_data_dir": "dog", "class_data_dir": "{home.as_posix()}/x"}}]')
    assert concept.instance_data_dir == "dog"
    assert concept.class_data_dir == f"{home}/x"


def test_folders_are_beside_the_file_before_they_are_here(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "here" / "cat").mkdir(parents=True)
    (home / "here" / "dog").mkdir()
    monkeypatch.chdir(home / "here")
    dog, cat = read(home, {"instance_data_dir": "dog"}, {"instance_data_dir": "cat", "class_data_dir": "cats"})
    assert dog.instance_data_dir == str(home / "dog")
    assert cat.instance_data_dir == "cat"
    assert cat.class_data_dir == str(home / "cats")
    (home / "here" / "cats").mkdir()
    assert read(home, {"instance_data_dir": "cat", "class_data_dir": "cats"})[0].class_data_dir == "cats"


def test_a_whole_db_config(home: Path) -> None:
    (home / "db_config.json").write_text(json.dumps({"model_name": "x", "concepts_list": [EXTENSION]}), "utf-8")
    assert read_concepts(str(home / "db_config.json")) == read(home, EXTENSION)


def test_everything_wrong_is_said_at_once(home: Path) -> None:
    with pytest.raises(MikazukiError) as caught:
        read(
            home,
            {"instance_data_dir": "dog", "instance_promt": "x", "class_infer_steps": 0, "n_save_sample": "many"},
            {"instance_data_dir": "none"},
            {"instance_prompt": "x", "sample_seed": 1.5},
            7,
            {"instance_data_dir": "dog", "class_data_dir": "./dog"},
            {"instance_data_dir": "c.json"},
        )
    error = caught.value
    assert error.code == "concepts-wrong"
    file, way_out = home / "c.json", "correct it, or take the concept out"
    assert error.message.splitlines() == [
        f"{file} (concepts_list): 9 things are wrong:",
        "- concept 1 (dog): class_infer_steps = 0 is out of bounds: it must be above 0.",
        "- concept 1 (dog): instance_promt is no key of a concept; the nearest is instance_prompt.",
        "- concept 1 (dog): n_save_sample = 'many' is not a whole number.",
        f"- concept 2 (none): the folder {home / 'none'} (instance_data_dir) does not exist: {way_out}.",
        "- concept 3: instance_data_dir is missing: name the folder of its pictures, or take the concept out.",
        "- concept 3: sample_seed = 1.5 is not a whole number.",
        "- concept 4 is not an object of keys and values.",
        "- concept 5 (dog): class_data_dir is the folder of its own pictures: name another one, or leave it empty.",
        f"- concept 6 (c.json): the folder {file} (instance_data_dir) is a file, not a folder: {way_out}.",
    ]


def test_files_that_are_no_lists(home: Path) -> None:
    assert problem(str(home / "none.json")).code == "concepts-not-found"
    for name, text in {"a.json": b"[", "b.json": b"[]", "c.json": b'{"a": 1}', "d.json": b"\xff\xfe["}.items():
        (home / name).write_bytes(text)
        assert problem(str(home / name)).code == "concepts-wrong"
    assert "not valid JSON" in problem('["a"').message


def test_class_folders(home: Path) -> None:
    run = settings(concepts_list="c.json", output_dir="out", output_name="dogs")
    named, unnamed = read(home, EXTENSION, {"instance_data_dir": "dog"})
    assert class_folder(named, 0, run) == home / "dogs"
    assert class_folder(unnamed, 1, run) == Path("out/dogs-class/2")


def test_a_concept_is_a_dataset_with_the_runs_options(home: Path) -> None:
    read(home, {**EXTENSION, "num_repeats": 4}, {"instance_data_dir": "dog"})
    run = settings(
        concepts_list=str(home / "c.json"), resolution=64, min_bucket_reso=64, train_batch_size=3,
        shuffle_caption=True, caption_prefix="p", caption_extension=".cap", flip_aug=True,
    )  # fmt: skip
    first, second = datasets_of(run)
    own, others = first.subsets
    assert (first.batch_size, first.resolution) == (3, (64, 64))
    assert (own.num_repeats, own.is_reg, own.flip_aug, own.cache_info) == (4, False, True, False)
    assert own.captions.shuffle_caption
    assert (others.image_dir, others.num_repeats, others.is_reg, others.flip_aug) == (home / "dogs", 1, True, True)
    assert (others.captions.shuffle_caption, others.captions.caption_prefix) == (False, None)
    assert others.captions.caption_extension == ".cap"
    assert [subset.is_reg for subset in second.subsets] == [False]


def test_the_base_model_stands_for_a_class_that_is_named(home: Path) -> None:
    concepts = read(home, EXTENSION, {"instance_data_dir": "dog"}, {"instance_data_dir": "dog", "class_prompt": "a"})
    with pytest.raises(MikazukiError) as caught:
        check_classes(concepts)
    assert caught.value.code == "class-missing"
    assert f"concept 2 ({home / 'dog'})." in caught.value.message
    run = settings(concepts_list=str(home / "c.json"), prior_preservation="base_model")
    with pytest.raises(MikazukiError, match="class_token"):
        datasets_of(run)
    read(home, EXTENSION)
    ((own, twin),) = (dataset.subsets for dataset in datasets_of(run))
    assert (twin.image_dir, twin.is_reg, twin.num_repeats) == (own.image_dir, True, own.num_repeats)
    assert twin.custom_attributes == ((PRESERVED, True),)


def test_a_list_counts_by_its_contents(home: Path) -> None:
    read(home, EXTENSION)
    (home / "same.json").write_bytes((home / "c.json").read_bytes())
    first, second = (identity(settings(concepts_list=str(home / name))) for name in ("c.json", "same.json"))
    inline = identity(settings(concepts_list=(home / "c.json").read_text("utf-8")))
    assert first == second == inline
    read(home, {**EXTENSION, "num_repeats": 2})
    assert identity(settings(concepts_list=str(home / "c.json"))) != first


def test_a_file_is_taken_over_as_it_stands_with_paths_that_can_be_opened(home: Path) -> None:
    wrong = {"instance_data_dir": "gone", "num_repeats": "many", "frob": 1}
    (home / "c.json").write_text(json.dumps({"concepts_list": [EXTENSION, wrong]}), encoding="utf-8")
    first, second = listed_concepts(home / "c.json")
    assert second == {"instance_data_dir": str(home / "gone"), "num_repeats": "many", "frob": 1}
    assert (first["instance_data_dir"], first["class_data_dir"]) == (str(home / "dog"), str(home / "dogs"))
    assert first["num_class_images_per"] == 3
    assert not {"is_valid", "save_sample_negative_prompt"} & first.keys()
    named = listed_concepts(home / "c.json", lambda path: path.name)
    assert [one["instance_data_dir"] for one in named] == ["dog", "gone"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("[1]", "concepts-wrong"), ("{}", "concepts-wrong"), ("[", "concepts-wrong"), (None, "concepts-not-found")],
)
def test_a_file_without_concepts_is_not_taken_over(home: Path, text: str | None, code: str) -> None:
    if text is not None:
        (home / "d.json").write_text(text, encoding="utf-8")
    with pytest.raises(MikazukiError) as caught:
        listed_concepts(home / "d.json")
    assert caught.value.code == code
