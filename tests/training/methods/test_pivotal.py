"""The method pivotal_tuning: the word learns first and then rests, the network all the way; every file loads."""

from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from mikazuki.models import load
from mikazuki.models.adapters import load_adapter
from mikazuki.models.families import FamilyName
from mikazuki.models.identify import identify
from mikazuki.training.methods import Loaded
from mikazuki.training.methods.words import written_out
from tests.training import making
from tests.training.conftest import GetModel, MakeRun, MakeSettings
from tests.training.methods.test_textual_inversion import encoded, theirs
from tests.training.networks.test_lora import pipeline

pytestmark = pytest.mark.tiny

WORD = "<my-thing>"
SEVERAL = {"token_string": "<one>, <two>"}
WITH_A_POINT = {"token_string": "<one> <t.wo>"}
STEPS = ("-step00000001", "-step00000002", "-step00000003")
PIVOTAL: dict[str, Any] = {
    "method": "pivotal_tuning",
    "token_string": WORD,
    "init_word": "red",
    "use_object_template": True,
    "network_dim": 2,
    "embedding_lr": 0.05,
}


def options(**more: Any) -> dict[str, Any]:
    return {**PIVOTAL, **more}


def states(done: making.Run, *steps: int) -> list[dict[str, torch.Tensor]]:
    folder = Path(done.settings.output_dir)
    return [load_file(folder / f"x-step{step:08d}-state" / "model.safetensors") for step in steps]


@pytest.mark.parametrize("ratio", [0.5, *(pytest.param(ratio, marks=pytest.mark.slow) for ratio in (0.0, 1.0))])
def test_the_word_rests_after_its_share(train_tiny: MakeRun, ratio: float) -> None:
    """With weight decay and momentum, which would move what only has no gradient."""
    done = train_tiny(
        **options(pivotal_ratio=ratio, max_train_steps=4, save_every_n_steps=1, save_state=True, seed=3),
        save_state_on_train_end=True,
    )
    first, second, third = states(done, 1, 2, 3)
    last = load_file(Path(done.settings.output_dir) / "x-state" / "model.safetensors")
    pairs = ((first, second), (second, third), (third, last))
    moved = [not torch.equal(before["emb_params"], after["emb_params"]) for before, after in pairs]
    assert moved == {0.5: [True, False, False], 0.0: [False] * 3, 1.0: [True] * 3}[ratio]
    ups = [name for name in first if name.endswith("lora_up.weight")]
    assert all(not torch.equal(before[name], after[name]) for before, after in pairs for name in ups)


def test_the_rates_are_their_own(train_tiny: MakeRun) -> None:
    """Adam's first step is as long as the rate, whatever the gradient; embedding_lr not set is 5e-3."""
    done = train_tiny(**options(embedding_lr=None, max_train_steps=1, learning_rate=0.02, init_word="red"))
    values = next(event["values"] for event in done.of("metric"))
    assert values["lr/embedding"] == pytest.approx(5e-3)
    assert values["lr/unet"] == pytest.approx(0.02)
    still = train_tiny(at="still", **options(embedding_lr=0, max_train_steps=1))
    files = [run.file.with_name("x-my-thing.safetensors") for run in (done, still)]
    moved = (load_file(files[0])["emb_params"] - load_file(files[1])["emb_params"]).abs()
    assert float(moved.max()) == pytest.approx(5e-3, rel=0.02)


@pytest.mark.parametrize(("family", "rate"), [("sd1", None), ("sdxl", 0)])
def test_the_encoders_stay_for_the_word(
    tiny_model: GetModel, train_tiny: MakeRun, family: FamilyName, rate: float | None
) -> None:
    """A network beside the UNet alone leaves the word what it learns in."""
    done = train_tiny(tiny_model(family), **options(text_encoder_lr=rate, max_train_steps=2))
    weights = done.weights()
    assert any(name.startswith("lora_te") for name in weights) is (rate is None)
    assert not [name for name in weights if name.startswith("bundle_emb")]
    names = {"emb_params"} if family == "sd1" else {"clip_l", "clip_g"}
    assert set(load_file(done.file.with_name("x-my-thing.safetensors"))) == names


@pytest.mark.parametrize("place", [1, *(pytest.param(place, marks=pytest.mark.slow) for place in (2, 3))])
def test_a_stopped_run_goes_on_bit_for_bit(train_tiny: MakeRun, tmp_path: Path, place: int) -> None:
    """Before the word rests, as it begins to, and afterwards."""
    whole = train_tiny(**options(max_train_steps=4, save_every_n_steps=place, save_state=True, ema_decay=0.9))
    state = Path(whole.settings.output_dir) / f"x-step{place:08d}-state"
    settings = making.set_anew(whole.settings, resume=str(state), output_dir=str(tmp_path / "on"))
    again = making.run(settings, tmp_path / "job")
    assert again.losses() == whole.losses()[place:]
    assert making.same(again.weights(), whole.weights())
    words = [run.file.with_name("x-my-thing.safetensors") for run in (again, whole)]
    assert making.same(*map(load_file, words))


def test_it_learns(make_settings: MakeSettings, tmp_path: Path) -> None:
    settings = make_settings(**options(max_train_steps=20, pivotal_ratio=0.5))
    losses = making.on_one_batch(making.prepared(settings, tmp_path / "job"), 8)
    assert losses[0] > losses[4] > losses[8]


def test_the_base_model_has_neither(make_settings: MakeSettings, tmp_path: Path) -> None:
    loop = making.prepared(make_settings(**options()), tmp_path / "job")
    method: Any = loop.learner.method
    before = method.weights()["emb_params"].clone()
    loop.run()
    with method.switched_off():
        assert torch.equal(method.weights()["emb_params"], before)
        assert method._network._network.multiplier == 0
    assert method._network._network.multiplier == 1
    assert not torch.equal(method.weights()["emb_params"], before)


def test_every_file_is_told_of_and_removed_together(train_tiny: MakeRun) -> None:
    done = train_tiny(**options(**SEVERAL, max_train_steps=4, save_every_n_steps=1, save_last_n_steps=1))
    stems = ("", "-one", "-two", "-bundle")
    told = [Path(event["path"]).name for event in done.of("checkpoint") if event["what"] in {"model", "beside"}]
    assert told == [f"x{at}{stem}.safetensors" for at in (*STEPS, "") for stem in stems]
    removed = [Path(event["path"]).name for event in done.of("checkpoint") if event["what"] == "removed"]
    assert removed == [f"x-step00000001{stem}.safetensors" for stem in stems]
    there = {path.name for path in Path(done.settings.output_dir).glob("*.safetensors")}
    assert there == {f"x{at}{stem}.safetensors" for at in (*STEPS[1:], "") for stem in stems}
    assert [event["path"] for event in done.of("done")] == [str(done.file)]


def test_the_bundle_is_network_and_words(train_tiny: MakeRun) -> None:
    """The keys that the classic web UI looks for in a network's file."""
    done = train_tiny(**options(**WITH_A_POINT, num_vectors_per_token=2, max_train_steps=1))
    path = done.file.with_name("x-bundle.safetensors")
    held = load_file(path)
    words = {name: held.pop(name) for name in list(held) if name.startswith("bundle_emb.")}
    assert set(words) == {"bundle_emb.<one>.string_to_param.*", "bundle_emb.<t_wo>.string_to_param.*"}
    assert making.same(held, done.weights())
    assert making.same(load_adapter(path), done.weights())
    one = load_file(done.file.with_name("x-one.safetensors"))["emb_params"]
    assert torch.equal(words["bundle_emb.<one>.string_to_param.*"], one)
    assert one.shape == (2, 16)


def test_metadata_are_those_of_each_kind(train_tiny: MakeRun) -> None:
    done = train_tiny(**options(max_train_steps=1))
    assert done.metadata()["modelspec.architecture"] == "stable-diffusion-v1/lora"
    assert done.metadata()["ss_network_dim"] == "2"
    word = making.Run(done.finished, making.set_anew(done.settings, output_name="x-my-thing"), []).metadata()
    assert word["modelspec.architecture"] == "stable-diffusion-v1/textual-inversion"
    assert all(key.startswith("modelspec.") for key in word)


@pytest.mark.parametrize("family", ["sd1", pytest.param("sdxl", marks=pytest.mark.slow)])
def test_diffusers_loads_both(
    tiny_model: GetModel, make_settings: MakeSettings, tmp_path: Path, taught: list[Loaded], family: FamilyName
) -> None:
    """Text encoders with the network, given the word by diffusers, encode it as the training's own do."""
    pytest.importorskip("peft")
    settings = make_settings(tiny_model(family), **options(num_vectors_per_token=2))
    loop = making.prepared(settings, tmp_path / "job")
    loop.run()
    method: Any = loop.learner.method
    method.save(tmp_path / "x.safetensors", {})
    info = identify(tiny_model(family))
    pipe = pipeline(family, load.load_base(info, dtype=torch.float32))
    pipe.load_lora_weights(str(tmp_path), weight_name="x.safetensors")
    words, held = method._words, load_file(tmp_path / "x-my-thing.safetensors")
    coders = [pipe.text_encoder, getattr(pipe, "text_encoder_2", None)]
    said = [pipe.tokenizer, getattr(pipe, "tokenizer_2", None)]
    for number, name in enumerate(words.encoder_names):
        pipe.load_textual_inversion({"x": held[name]}, token=WORD, text_encoder=coders[number], tokenizer=said[number])
        text = written_out(f"a {WORD} here", words.tokens)
        ours = encoded(taught[0].encoders[number], taught[0].tokenizers[number], text)
        other = encoded(coders[number], said[number], pipe.maybe_convert_prompt(f"a {WORD} here", said[number]))
        assert (ours - other).abs().max() <= 1e-5
        plain = theirs(info, number, held[name])
        assert (ours - plain).abs().max() > 1e-4
