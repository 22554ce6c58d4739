"""The method imagic: the sentence learns alone, then the model alone; both are saved, mixed and drawn side by side."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from mikazuki.errors import MikazukiError
from mikazuki.models.families import FamilyName
from mikazuki.models.identify import identify
from mikazuki.models.load import load_unet
from mikazuki.training.loop import Loop
from mikazuki.training.methods import imagic
from tests.training import making
from tests.training.conftest import GetModel, MakeRun, MakeSettings

pytestmark = pytest.mark.tiny

TEXT = "a red square, left"
IMAGIC: dict[str, Any] = {
    "method": "imagic",
    "learning_rate": 1e-3,
    "imagic_embedding_lr": 0.01,
    "max_train_steps": 4,
    "sample_grid": False,
}
SENTENCES = ("x-optimized.pt", "x-optimized.safetensors", "x-target.pt", "x-target.safetensors")


@pytest.fixture(scope="session")
def one_picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return making.draw_dataset(tmp_path_factory.mktemp("picture"), shapes=((64, 64),))


@pytest.fixture
def options(one_picture: Path) -> Callable[..., dict[str, Any]]:
    def more(**other: Any) -> dict[str, Any]:
        return {**IMAGIC, "train_data_dir": str(one_picture), **other}

    return more


Options = Callable[..., dict[str, Any]]


@pytest.fixture
def prepared(make_settings: MakeSettings, options: Options, tmp_path: Path) -> Callable[..., Loop]:
    def prepare(model: Path | None = None, **more: Any) -> Loop:
        return making.prepared(make_settings(model, **options(**more)), tmp_path / "job")

    return prepare


def weights(loop: Loop) -> dict[str, torch.Tensor]:
    return {name: tensor.clone() for name, tensor in loop.learner.method.weights().items()}


def changed(before: dict[str, torch.Tensor], after: dict[str, torch.Tensor]) -> set[str]:
    return {name.partition(".")[0] for name in before if not torch.equal(before[name], after[name])}


def test_what_learns_in_each_half(train_tiny: MakeRun, options: Options) -> None:
    """What rests rests bit for bit, whatever momentum and weight decay would do to it."""
    done = train_tiny(**options(save_every_n_steps=1, save_state=True, save_state_on_train_end=True))
    folder = Path(done.settings.output_dir)
    names = [*(f"x-step{step:08d}-state" for step in (1, 2, 3)), "x-state"]
    held = [load_file(folder / name / "model.safetensors") for name in names]
    moved = [changed(before, after) for before, after in pairwise(held)]
    assert moved == [{"sentence"}, {"unet"}, {"unet"}]


def test_steps_of_the_sentence_are_those_asked_for(prepared: Callable[..., Loop]) -> None:
    loop = prepared(imagic_embedding_steps=3)
    before = weights(loop)
    method: Any = loop.learner.method
    for step, trained in ((0, True), (2, True), (3, False)):
        method.begin_step(step)
        assert all(part.requires_grad is trained for part in method.sentence.parameters())
        assert all(part.requires_grad is not trained for part in method._model.parameters())
    assert changed(before, weights(loop)) == set()


def test_rates_are_their_own(prepared: Callable[..., Loop]) -> None:
    loop = prepared(imagic_embedding_lr=0.02)
    rates = {group["name"]: group["base_lr"] for group in loop.learner.optimizer.param_groups}
    assert rates == {"unet": 1e-3, "sentence": 0.02}


@pytest.mark.parametrize("family", ["sd1", "sdxl"])
def test_it_learns(tiny_model: GetModel, prepared: Callable[..., Loop], family: FamilyName) -> None:
    """The loss of one batch, noise and all, falls in both halves."""
    loop = prepared(tiny_model(family), max_train_steps=12, learning_rate=1e-4)
    losses = making.on_one_batch(loop, 12)
    assert losses[0] > losses[6] > losses[12]
    parts = dict(loop.learner.method.sentence.learned.items())  # type: ignore[attr-defined]
    assert set(parts) == ({"context", "pooled"} if family == "sdxl" else {"context"})
    assert all(part.dtype == torch.float32 for part in parts.values())


@pytest.mark.parametrize("place", [1, *(pytest.param(place, marks=pytest.mark.slow) for place in (2, 3))])
def test_a_stopped_run_goes_on_bit_for_bit(train_tiny: MakeRun, options: Options, tmp_path: Path, place: int) -> None:
    """In the sentence's half, at the border, and in the model's half."""
    whole = train_tiny(**options(save_every_n_steps=place, save_state=True))
    state = Path(whole.settings.output_dir) / f"x-step{place:08d}-state"
    settings = making.set_anew(whole.settings, resume=str(state), output_dir=str(tmp_path / "on"))
    again = making.run(settings, tmp_path / "job")
    assert again.losses() == whole.losses()[place:]
    assert making.same(again.weights(), whole.weights())
    assert making.same(*(load_file(run.file.with_name("x-optimized.safetensors")) for run in (again, whole)))


@pytest.mark.parametrize("family", ["sd1", pytest.param("sdxl", marks=pytest.mark.slow)])
def test_files(tiny_model: GetModel, train_tiny: MakeRun, options: Options, family: FamilyName) -> None:
    """The model in the original layout, the sentences under the names of diffusers' arguments."""
    done = train_tiny(tiny_model(family), **options())
    folder = done.file.parent
    assert sorted(path.name for path in folder.glob("x*")) == [*SENTENCES, "x.safetensors"]
    told = {Path(event["path"]).name: event["what"] for event in done.of("checkpoint")}
    assert told == {"x.safetensors": "model", **dict.fromkeys(SENTENCES, "beside")}
    load_unet(identify(done.file), dtype=torch.float32)
    target, optimized = (load_file(folder / f"x-{name}.safetensors") for name in ("target", "optimized"))
    names = {"prompt_embeds"} | ({"pooled_prompt_embeds"} if family == "sdxl" else set())
    assert set(target) == set(optimized) == names
    assert target["prompt_embeds"].shape == (1, 77, 40 if family == "sdxl" else 16)
    assert all(not torch.equal(target[name], optimized[name]) for name in names)
    held = torch.load(folder / "x-optimized.pt", weights_only=True)
    pt = {"prompt_embeds": held} if family == "sd1" else held
    assert making.same(pt, optimized)


def test_the_sentence_is_what_the_picture_is_learned_with(prepared: Callable[..., Loop]) -> None:
    loop = prepared()
    loop.run()
    method: Any = loop.learner.method
    encode = loop.loss.__self__._condition  # type: ignore[attr-defined]
    learned, target = method.sentence.learned["context"], method.sentence.target["context"]
    with torch.no_grad():
        other, said = encode(["", TEXT]).context
        assert torch.equal(said, learned)
        assert not torch.equal(other, learned)
        assert not torch.equal(learned, target)
        with method.sentence.at_share(1.0):
            assert torch.allclose(encode([TEXT]).context[0], target, atol=1e-7)
        with method.sentence.at_share(0.25):
            assert torch.allclose(encode([TEXT]).context[0], 0.25 * target + 0.75 * learned, atol=1e-6)
        with method.switched_off():
            assert torch.allclose(encode([TEXT]).context[0], target, atol=1e-7)
        assert torch.equal(encode([TEXT]).context[0], learned)


def test_the_sheet(train_tiny: MakeRun, options: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five mixtures, two seeds; pictures of the text itself are of the learned sentence."""
    prompts = tmp_path / "prompts.txt"
    prompts.write_text(f"{TEXT} --w 64 --h 64 --s 2 --d 1 --l 3\n", encoding="utf-8")
    monkeypatch.setattr(imagic, "SHEET_STEPS", 2)
    done = train_tiny(**options(max_train_steps=2, sample_grid=True, sample_prompts=str(prompts)))
    sheet = Path(done.settings.output_dir) / "x-imagic.png"
    assert [event["grid"] for event in done.of("done")] == [str(sheet.with_name("x-grid.png"))]
    samples = done.of("sample")
    assert [event["seed"] for event in samples if event["path"] == str(sheet)] == [None]
    assert {frozenset(event) for event in samples} == {
        frozenset({"time", "kind", "path", "step", "epoch", "index", "prompt", "seed", "sanity"})
    }
    with Image.open(sheet) as picture:
        width, height = picture.size
    assert width == 5 * (192 + 6) + 6
    assert height > 2 * 192


def test_without_prompts_the_sheet_is_the_grid(
    train_tiny: MakeRun, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imagic, "SHEET_STEPS", 1)
    done = train_tiny(**options(max_train_steps=2, sample_grid=True))
    assert [Path(event["grid"]).name for event in done.of("done")] == ["x-imagic.png"]


def test_more_pictures_are_refused_before_anything_is_written(train_tiny: MakeRun, options: Options) -> None:
    with pytest.raises(MikazukiError) as caught:
        train_tiny(**options(train_data_dir=_pictures(options)))
    assert caught.value.code == "imagic-pictures"


def _pictures(options: Options) -> str:
    folder = Path(options()["train_data_dir"]).with_name("pictures-many")
    return str(making.draw_dataset(folder))
