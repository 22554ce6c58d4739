import pytest

from mikazuki.preparing import needs
from mikazuki.preparing.needs import needs_of, wants_gpu
from mikazuki.settings.base import Settings
from mikazuki.settings.convert import ConvertSettings
from mikazuki.settings.masking import MaskSettings
from mikazuki.settings.preparing_pictures import PrepareSettings
from mikazuki.settings.tagging import TagSettings

TAG = TagSettings(train_data_dir="a", model="m")
PREPARE = PrepareSettings(image_dir="a", output_dir="b")


@pytest.mark.parametrize(
    ("settings", "wants"),
    [
        (TAG, True),
        (TAG.model_copy(update={"device": "cpu"}), False),
        (PREPARE, False),
        (PREPARE.model_copy(update={"upscale_model": "x.onnx"}), True),
        (PREPARE.model_copy(update={"matting_model": "x.onnx"}), True),
        (MaskSettings(image_dir="a", model="u2net"), True),
        (MaskSettings(image_dir="a", source="alpha"), False),
        (ConvertSettings(model_to_load="a", model_to_save="b"), False),
    ],
)
def test_only_what_may_compute_on_a_gpu_needs_one(
    settings: Settings,
    wants: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert wants_gpu(settings) is wants
    monkeypatch.setattr(needs, "machine_slots", lambda: ("0",))
    assert needs_of(settings) == int(wants)
    monkeypatch.setattr(needs, "machine_slots", lambda: ("cpu",))
    assert needs_of(settings) == 0
