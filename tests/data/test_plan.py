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
        ({"train_batch_size": 3, "num_processes": 2, "gradient_accumulation_steps": 4}, 34, 5, 1600, 320),
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
