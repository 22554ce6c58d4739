"""A whole training, over every family and layout: what it tells, what it writes, and that a seed is a result."""

import math
from itertools import groupby
from pathlib import Path

import pytest
import torch
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from mikazuki.errors import MikazukiError
from mikazuki.models.families import FamilyName, Layout
from tests.training import making
from tests.training.conftest import GetModel, MakeRun, MakeSettings

pytestmark = pytest.mark.tiny

TEXT_PREFIXES = {"sd1": {"lora_te"}, "sd2": {"lora_te"}, "sdxl": {"lora_te1", "lora_te2"}}
ENDS = ("alpha", "lora_down.weight", "lora_up.weight")
ARCHITECTURES = {
    ("sd1", False): "stable-diffusion-v1/lora",
    ("sd2", False): "stable-diffusion-v2-512/lora",
    ("sd2", True): "stable-diffusion-v2-768-v/lora",
    ("sdxl", False): "stable-diffusion-xl-v1-base/lora",
}

QUIET = {"metric", "stage_progress"}
"""Events that come often."""


@pytest.mark.parametrize("layout", ["single", "diffusers"])
@pytest.mark.parametrize(("family", "predicts_v"), [("sd1", False), ("sd2", False), ("sd2", True), ("sdxl", False)])
def test_every_family_trains(
    tiny_model: GetModel, train_tiny: MakeRun, *, family: FamilyName, layout: Layout, predicts_v: bool
) -> None:
    done = train_tiny(tiny_model(family, layout), v_parameterization=predicts_v)
    assert done.finished
    assert len(done.losses()) == 3
    assert all(math.isfinite(loss) and loss > 0 for loss in done.losses())
    weights = done.weights()
    modules = {name.partition(".")[0] for name in weights}
    assert weights.keys() == {f"{module}.{end}" for module in modules for end in ENDS}
    assert {name.split("_text_model_")[0] for name in modules if "_text_model_" in name} == TEXT_PREFIXES[family]
    assert any(name.startswith("lora_unet_input_blocks_") for name in modules) == (family == "sdxl")
    # SDXL takes its captions from before the first encoder's last layer, which so learns nothing, as it does upstream
    unused = {name for name in modules if name.startswith("lora_te1_text_model_encoder_layers_2_")}
    assert making.unmoved(weights) == unused
    metadata = done.metadata()
    assert metadata["modelspec.architecture"] == ARCHITECTURES[family, predicts_v]
    assert (metadata["ss_steps"], metadata["ss_seed"], metadata["ss_mixed_precision"]) == ("3", "7", "no")


@pytest.mark.parametrize("family", ["sd1", "sd2", "sdxl"])
def test_file_and_folder_are_the_same_model(tiny_model: GetModel, train_tiny: MakeRun, family: FamilyName) -> None:
    layouts: tuple[Layout, Layout] = ("single", "diffusers")
    one, other = (train_tiny(tiny_model(family, layout), at=layout, v_parameterization=False) for layout in layouts)
    # a file's tensors lie elsewhere in memory, and some sums are done in another order there
    assert one.losses() == pytest.approx(other.losses(), rel=1e-6)
    theirs = other.weights()
    assert all(torch.allclose(tensor, theirs[name], atol=1e-4) for name, tensor in one.weights().items())


def test_v_prediction_is_read_off_the_folder_and_is_another_loss(tiny_model: GetModel, train_tiny: MakeRun) -> None:
    model = tiny_model("sd2", "diffusers")
    told = [train_tiny(model, at=str(v), v_parameterization=v).losses() for v in (None, True, False)]
    assert told[0] == told[1]
    assert told[0] != told[2]


def test_events_come_in_order(train_tiny: MakeRun) -> None:
    done = train_tiny()
    kinds = [kind for kind, _ in groupby(event["kind"] for event in done.events if event["kind"] not in QUIET)]
    assert kinds == ["started", "stage", "progress", "stage", "checkpoint", "done"]
    assert done.events[-3]["kind"] == "stage"
    stages = [event["name"] for event in done.of("stage")]
    assert stages == ["load_model", "cache_latents", "prepare", "train", "save"]
    assert [event["step"] for event in done.of("metric")] == [1, 2, 3]
    begun = next(event for event in done.of("stage") if event["name"] == "train")
    weights = done.weights()
    trained = sum(tensor.numel() for name, tensor in weights.items() if not name.endswith("alpha"))
    assert (begun["total"], begun["epochs"], begun["device"], begun["precision"]) == (3, 1, "cpu", "no")
    assert (begun["modules"], begun["parameters"]) == (len(weights) // 3, trained)
    last = done.of("progress")[-1]
    assert (last["step"], last["total"], last["epoch"], last["epochs"]) == (3, 3, 1, 1)
    assert last["avg_loss"] == pytest.approx(sum(done.losses()) / 3)
    assert last["memory"] > 0
    (end,) = done.of("done")
    assert (end["path"], end["bytes"], end["steps"]) == (str(done.file), done.file.stat().st_size, 3)
    (kept,) = done.of("checkpoint")
    assert (kept["what"], kept["path"], kept["step"]) == ("model", str(done.file), 3)
    assert {"torch", "diffusers", "mikazuki"} <= done.of("started")[0]["versions"].keys()


def curves(logging_dir: Path, name: str = "network_train") -> dict[str, list[tuple[int, float]]]:
    """Return TensorBoard's scalars: tag -> (step, value) in order."""
    (folder,) = logging_dir.glob(f"*/{name}")
    read = EventAccumulator(str(folder))
    read.Reload()
    return {tag: [(one.step, one.value) for one in read.Scalars(tag)] for tag in read.Tags()["scalars"]}


def test_curves_have_upstreams_tags(train_tiny: MakeRun) -> None:
    done = train_tiny(max_train_epochs=2, unet_lr=0.004, text_encoder_lr=0.002)
    read = curves(Path(done.settings.logging_dir))
    losses = done.losses()
    assert read.keys() == {"loss/current", "loss/average", "loss/epoch_average", "lr/textencoder", "lr/unet"}
    assert [step for step, _ in read["loss/current"]] == list(range(1, 9))
    assert [value for _, value in read["loss/current"]] == pytest.approx(losses)
    assert [step for step, _ in read["loss/epoch_average"]] == [1, 2]
    assert [v for _, v in read["loss/epoch_average"]] == pytest.approx([sum(losses[:4]) / 4, sum(losses[4:]) / 4])
    assert read["loss/average"][0][1] == pytest.approx(losses[0])
    assert [value for _, value in read["lr/unet"]] == pytest.approx([0.004] * 8)
    assert [value for _, value in read["lr/textencoder"]] == pytest.approx([0.002] * 8)


def test_the_name_of_the_curves_can_be_chosen(train_tiny: MakeRun) -> None:
    done = train_tiny(log_tracker_name="mine", max_train_steps=1)
    assert curves(Path(done.settings.logging_dir), "mine")


def test_a_seed_is_a_result(train_tiny: MakeRun) -> None:
    options = {"network_dropout": 0.3, "shuffle_caption": True, "flip_aug": True, "caption_dropout_rate": 0.3}
    one, again, other = (train_tiny(at=at, seed=seed, **options) for at, seed in (("a", 7), ("b", 7), ("c", 8)))
    assert making.same(one.weights(), again.weights())
    assert one.losses() == again.losses()
    assert not making.same(one.weights(), other.weights())


def test_torchs_own_state_does_not_matter(train_tiny: MakeRun) -> None:
    torch.manual_seed(1)
    one = train_tiny(at="a", network_dropout=0.3)
    torch.manual_seed(2)
    assert making.same(one.weights(), train_tiny(at="b", network_dropout=0.3).weights())


def test_a_seed_that_was_not_given_is_drawn_and_told(train_tiny: MakeRun) -> None:
    one, other = (train_tiny(at=at, seed=None, max_train_steps=1) for at in ("a", "b"))
    seeds = [done.of("started")[0]["seed"] for done in (one, other)]
    assert seeds[0] != seeds[1]
    assert one.metadata()["ss_seed"] == str(seeds[0])
    assert making.same(train_tiny(at="c", seed=seeds[0], max_train_steps=1).weights(), one.weights())


def test_the_format_of_the_arithmetic_stands_in_the_metadata(make_settings: MakeSettings, tmp_path: Path) -> None:
    done = making.run(make_settings(mixed_precision="auto"), tmp_path / "job")
    assert done.metadata()["ss_mixed_precision"] == "no"


def test_a_wrong_family_is_refused_before_anything_is_loaded(train_tiny: MakeRun) -> None:
    with pytest.raises(MikazukiError) as caught:
        train_tiny(model_type="sdxl")
    assert caught.value.code == "wrong-family"


def test_gradient_checkpointing_changes_nothing(tiny_model: GetModel, train_tiny: MakeRun) -> None:
    for family in ("sd1", "sdxl"):
        one, other = (
            train_tiny(tiny_model(family), at=f"{family}{on}", gradient_checkpointing=on) for on in (False, True)
        )
        assert other.losses() == pytest.approx(one.losses(), rel=1e-5)


def test_the_vae_can_be_another(tiny_model: GetModel, train_tiny: MakeRun) -> None:
    own = train_tiny(at="own").losses()
    assert train_tiny(at="same", vae=str(tiny_model())).losses() == own
    assert train_tiny(at="other", vae=str(tiny_model("sdxl"))).losses() != own
