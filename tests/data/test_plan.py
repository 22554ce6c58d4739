"""The plan: counts, steps, regularisation, errors; and agreement with what sd-scripts made of the same pictures."""

import subprocess
import sys
from pathlib import Path

import pytest

from mikazuki.data.plan import Plan, make_plan
from mikazuki.errors import MikazukiError
from tests.data.conftest import MakePicture, MakeSettings

REFERENCE = [
    (256, 256), (320, 256), (256, 320), (300, 200), (512, 512), (128, 128), (400, 300), (333, 257), (256, 256),
    (640, 360),
]  # fmt: skip


@pytest.fixture
def reference(tmp_path: Path, make_picture: MakePicture) -> Path:
    """Ten pictures of the sizes that the reference runs were made with."""
    for index, size in enumerate(REFERENCE):
        make_picture(tmp_path / "ref" / "10_sks dog" / f"img_{index:02d}.png", size, f"sks dog, picture {index}")
    return tmp_path / "ref"


def plain(folder: Path, make_picture: MakePicture, count: int) -> Path:
    for index in range(count):
        make_picture(folder / f"{index}.png")
    return folder


def codes(plan: Plan) -> list[str]:
    return [warning.code for warning in plan.warnings]


def test_reference_at_128(reference: Path, make_settings: MakeSettings) -> None:
    plan = make_plan(make_settings(reference, train_batch_size=2, max_train_steps=10))
    assert [(bucket.resolution, bucket.count) for bucket in plan.buckets] == [((128, 128), 100)]
    assert (plan.num_train_images, plan.num_reg_images, plan.steps_per_epoch) == (100, 0, 50)
    assert {entry.caption for entry in plan.entries} == {f"sks dog, picture {index}" for index in range(10)}
    assert {entry.repeats for entry in plan.entries} == {10}
    assert codes(plan) == ["pictures-cropped"]


def test_reference_at_256(reference: Path, make_settings: MakeSettings) -> None:
    settings = make_settings(reference, resolution=256, min_bucket_reso=128, max_bucket_reso=512)
    plan = make_plan(settings)
    assert [(bucket.resolution, bucket.count) for bucket in plan.buckets] == [((256, 256), 80), ((320, 192), 20)]
    assert plan.mean_img_ar_error == pytest.approx(0.13568309554690877, rel=1e-12)
    assert plan.batches_per_epoch == 100


@pytest.mark.parametrize(
    ("options", "batches", "steps", "total", "epochs"),
    [
        ({"train_batch_size": 3, "max_train_steps": 100}, 34, 34, 100, 3),
        ({"train_batch_size": 3, "gradient_accumulation_steps": 4, "max_train_epochs": 2}, 34, 9, 18, 2),
        ({"train_batch_size": 3, "num_processes": 2, "gradient_accumulation_steps": 4}, 17, 5, 1600, 320),
        ({"train_batch_size": 1000, "max_train_epochs": 7, "max_train_steps": 1}, 1, 1, 7, 7),
    ],
)
def test_steps(  # noqa: PLR0913, PLR0917 - one argument a column
    reference: Path,
    make_settings: MakeSettings,
    options: dict[str, int],
    batches: int,
    steps: int,
    total: int,
    epochs: int,
) -> None:
    plan = make_plan(make_settings(reference, **options))
    assert plan.batches_per_epoch == batches
    assert (plan.steps_per_epoch, plan.max_train_steps, plan.max_train_epochs) == (steps, total, epochs)


def test_each_bucket_has_its_own_last_batch(reference: Path, make_settings: MakeSettings) -> None:
    settings = make_settings(reference, resolution=256, min_bucket_reso=128, max_bucket_reso=512, train_batch_size=30)
    assert make_plan(settings).batches_per_epoch == 3 + 1


@pytest.mark.parametrize(
    ("reg_repeats", "reg_pictures", "expected"),
    [
        (1, 3, [4, 3, 3]),  # too few: raised by one in turn
        (1, 10, [1] * 10),
        (1, 12, [1] * 10),  # too many: the last two are not used
        (4, 5, [4, 4, 4]),  # the third passes the total
    ],
)
def test_regularisation_balances(
    tmp_path: Path,
    make_picture: MakePicture,
    make_settings: MakeSettings,
    reg_repeats: int,
    reg_pictures: int,
    expected: list[int],
) -> None:
    plain(tmp_path / "train" / "2_sks dog", make_picture, 5)
    plain(tmp_path / "reg" / f"{reg_repeats}_dog", make_picture, reg_pictures)
    plan = make_plan(make_settings(tmp_path / "train", reg_data_dir=str(tmp_path / "reg")))
    assert [entry.repeats for entry in plan.entries if entry.is_reg] == expected
    assert (plan.num_train_images, plan.num_reg_images) == (10, sum(expected))
    assert ("regularisation-unused" in codes(plan)) == (len(expected) < reg_pictures)
    assert [subset.is_reg for subset in plan.subsets] == [False, True]
    assert {entry.caption for entry in plan.entries if entry.is_reg} == {"dog"}


def test_without_buckets_all_are_cropped_to_one_size(reference: Path, make_settings: MakeSettings) -> None:
    plan = make_plan(make_settings(reference, enable_bucket=False, resolution="192,130"))
    assert [(bucket.resolution, bucket.count) for bucket in plan.buckets] == [((192, 128), 100)]
    assert "resolution-rounded" in codes(plan)
    for entry in plan.entries:
        assert entry.crop.resized[0] >= 192
        assert entry.crop.resized[1] >= 128


def test_no_upscale_makes_buckets_of_the_pictures(reference: Path, make_settings: MakeSettings) -> None:
    settings = make_settings(reference, resolution=256, min_bucket_reso=128, bucket_no_upscale=True)
    plan = make_plan(settings)
    assert (128, 128) in [bucket.resolution for bucket in plan.buckets]
    assert all(entry.crop.resized[0] <= entry.size[0] for entry in plan.entries)


def test_family_step_must_divide(reference: Path, make_settings: MakeSettings) -> None:
    settings = make_settings(reference, bucket_reso_steps=32)
    assert make_plan(settings, family_step=32).buckets
    with pytest.raises(MikazukiError) as caught:
        make_plan(settings, family_step=64)
    assert caught.value.code == "bucket-reso-steps"
    assert "64" in caught.value.hint


def test_corrupt_pictures_are_all_named(reference: Path, make_settings: MakeSettings) -> None:
    folder = reference / "10_sks dog"
    (folder / "text.png").write_text("x", encoding="utf-8")
    cut = folder / "img_04.png"
    cut.write_bytes(cut.read_bytes()[:5000])
    with pytest.raises(MikazukiError) as caught:
        make_plan(make_settings(reference))
    assert caught.value.code == "corrupt-pictures"
    assert str(cut) in caught.value.message
    assert "text.png" in caught.value.message
    assert "img_05" not in caught.value.message


@pytest.mark.parametrize("verify", [True, False])
def test_corrupt_pictures_left_out_on_request(reference: Path, make_settings: MakeSettings, *, verify: bool) -> None:
    cut = reference / "10_sks dog" / "img_04.png"
    cut.write_bytes(cut.read_bytes()[:5000])
    plan = make_plan(make_settings(reference, skip_corrupt_images=True), verify=verify)
    assert len(plan.entries) == len(plan.subsets[0].pictures) == 9
    assert [entry.caption for entry in plan.entries][4] == "sks dog, picture 5"
    assert any("img_04" in warning.text for warning in plan.warnings)


def test_only_corrupt_pictures(tmp_path: Path, make_settings: MakeSettings) -> None:
    (tmp_path / "a.png").touch()
    with pytest.raises(MikazukiError) as caught:
        make_plan(make_settings(tmp_path, skip_corrupt_images=True))
    assert caught.value.code == "dataset-empty"


def test_captions_that_are_not_utf8_are_all_named(reference: Path, make_settings: MakeSettings) -> None:
    for index in (3, 7):
        (reference / "10_sks dog" / f"img_{index:02d}.txt").write_bytes(b"caf\xe9")
    with pytest.raises(MikazukiError) as caught:
        make_plan(make_settings(reference))
    assert caught.value.code == "caption-not-utf8"
    assert "img_03.txt" in caught.value.message
    assert "img_07.txt" in caught.value.message


def test_plan_is_light_to_import() -> None:
    code = "import sys, mikazuki.data.plan; print([m for m in ('numpy', 'torch', 'cv2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_same_plan_twice(reference: Path, make_settings: MakeSettings) -> None:
    assert make_plan(make_settings(reference)) == make_plan(make_settings(reference), verify=False)


def dataset_file(folder: Path, *datasets: str) -> str:
    """Write a dataset file; a dataset is its lines, with `ref` for the folder of the reference pictures."""
    path = folder / "d.toml"
    pictures = (folder / "ref" / "10_sks dog").as_posix()
    text = "".join(f"[[datasets]]\n{lines}\n" for lines in datasets)
    path.write_text(text.replace("@ref", f'[[datasets.subsets]]\nimage_dir = "{pictures}"'), encoding="utf-8")
    return str(path)


def test_a_dataset_file_of_one_folder_is_the_same_plan(reference: Path, make_settings: MakeSettings) -> None:
    plain = make_plan(make_settings(reference, train_batch_size=3))
    file = dataset_file(reference.parent, '@ref\nnum_repeats = 10\nclass_tokens = "sks dog"')
    assert make_plan(make_settings(reference, train_data_dir="", dataset_config=file, train_batch_size=3)) == plain


def test_several_datasets(reference: Path, make_settings: MakeSettings) -> None:
    file = dataset_file(
        reference.parent,
        "batch_size = 3\n@ref\nnum_repeats = 2",
        "resolution = [256, 256]\nmin_bucket_reso = 128\nmax_bucket_reso = 512\nnetwork_multiplier = 0.5\n@ref",
        "enable_bucket = false\nresolution = 64\nbatch_size = 4\n@ref\n[datasets.subsets.custom_attributes]\nx = 1",
    )
    plan = make_plan(make_settings(reference, train_data_dir="", dataset_config=file, max_train_epochs=2))
    assert [(bucket.dataset, bucket.resolution, bucket.count) for bucket in plan.buckets] == [
        (0, (128, 128), 20), (1, (256, 256), 8), (1, (320, 192), 2), (2, (64, 64), 10),
    ]  # fmt: skip
    assert plan.batches_per_epoch == 7 + 8 + 2 + 3
    assert (plan.num_train_images, plan.max_train_steps, plan.largest_batch) == (40, 40, 4)
    assert [entry.dataset for entry in plan.entries] == [0] * 10 + [1] * 10 + [2] * 10
    assert [entry.subset for entry in plan.entries[::10]] == [0, 1, 2]
    assert [dataset.subsets for dataset in plan.datasets] == [(subset.options,) for subset in plan.subsets]
    assert plan.datasets[1].network_multiplier == 0.5
    assert plan.subsets[2].options.custom_attributes == (("x", 1),)
    # the same pictures three times are no duplicates
    assert codes(plan) == ["pictures-cropped"]


def test_each_dataset_balances_its_own_regularisation(
    tmp_path: Path, make_picture: MakePicture, make_settings: MakeSettings
) -> None:
    for name, count in (("train", 3), ("reg", 4)):
        plain(tmp_path / name, make_picture, count)
    one, reg = (f'[[datasets.subsets]]\nimage_dir = "{(tmp_path / name).as_posix()}"' for name in ("train", "reg"))
    file = dataset_file(tmp_path, f"{one}\n{reg}\nis_reg = true", f"{one}\nnum_repeats = 3\n{reg}\nis_reg = true")
    plan = make_plan(make_settings(tmp_path, train_data_dir="", dataset_config=file))
    repeats = [(entry.dataset, entry.repeats) for entry in plan.entries if entry.is_reg]
    assert repeats == [(0, 1)] * 3 + [(1, 3), (1, 2), (1, 2), (1, 2)]
    assert (plan.num_train_images, plan.num_reg_images) == (12, 12)
    assert "regularisation-unused" in codes(plan)


def test_what_is_held_back_is_not_trained_on(
    reference: Path, make_picture: MakePicture, make_settings: MakeSettings
) -> None:
    plain(reference.parent / "reg", make_picture, 5)
    options = {"reg_data_dir": str(reference.parent / "reg"), "validation_split": 0.3}
    plan = make_plan(make_settings(reference, seed=7, **options))
    held = {entry.picture for entry in plan.validation}
    trained = {entry.picture for entry in plan.entries}
    assert (len(held), len(trained), len(plan.subsets[0].pictures)) == (3, 7 + 5, 7)
    assert not held & trained
    assert all(entry.repeats == 1 and not entry.is_reg for entry in plan.validation)
    assert (plan.num_train_images, plan.num_reg_images) == (70, 70)
    others = [make_plan(make_settings(reference, seed=seed, **options)).validation for seed in (7, 8)]
    assert others[0] == plan.validation
    assert others[1] != plan.validation
    fixed = [make_plan(make_settings(reference, seed=s, validation_seed=7, **options)).validation for s in (1, 2)]
    assert fixed[0] == fixed[1] == plan.validation
    few = make_plan(make_settings(reference, validation_split=0.01))
    assert not few.validation
    assert "validation-none" in codes(few)


def test_masks_reach_the_entries(reference: Path, make_picture: MakePicture, make_settings: MakeSettings) -> None:
    masks = reference.parent / "masks"
    for index, size in enumerate(REFERENCE):
        make_picture(masks / f"img_{index:02d}.png", size)
    options = {"masked_loss": True, "conditioning_data_dir": str(masks)}
    plan = make_plan(make_settings(reference, validation_split=0.3, **options))
    assert {entry.mask for entry in (*plan.entries, *plan.validation)} == set(masks.iterdir())
    assert all(entry.mask and entry.mask.name == entry.picture.name for entry in plan.entries)
    unused = make_plan(make_settings(reference, conditioning_data_dir=str(masks)))
    assert {entry.mask for entry in unused.entries} == {None}
    assert "masks-unused" in codes(unused)
    make_picture(masks / "img_03.png", (10, 10))
    (masks / "img_04.png").write_bytes(b"x")
    skipped = {"skip_corrupt_images": True, **options}
    for more, code in ((options, "corrupt-pictures"), (skipped, "mask-size")):
        with pytest.raises(MikazukiError) as caught:
            make_plan(make_settings(reference, **more))
        assert caught.value.code == code
    make_picture(masks / "img_03.png", REFERENCE[3])
    # a picture whose mask is broken is left out with it
    assert len(make_plan(make_settings(reference, **skipped)).entries) == 9


def test_masks_that_nobody_has(reference: Path, make_settings: MakeSettings) -> None:
    file = dataset_file(reference.parent, "@ref")
    settings = make_settings(reference, train_data_dir="", dataset_config=file, masked_loss=True)
    assert "masks-none" in codes(make_plan(settings))


def test_the_lines_of_a_wildcard_caption_stay(reference: Path, make_settings: MakeSettings) -> None:
    (reference / "10_sks dog" / "img_03.txt").write_text("one\n\n two \n", encoding="utf-8")
    captions = [make_plan(make_settings(reference, enable_wildcard=on)).entries[3].caption for on in (False, True)]
    assert captions == ["one", "one\ntwo"]
