"""The method textual_inversion: new rows alone learn, the file is upstream's, and other programs read it."""

from pathlib import Path
from typing import Any, ClassVar

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from mikazuki.errors import MikazukiError
from mikazuki.models import load
from mikazuki.models.families import FamilyName
from mikazuki.models.identify import ModelInfo, identify
from mikazuki.training.methods import Loaded
from mikazuki.training.methods.words import written_out
from tests.training import making
from tests.training.conftest import GetModel, MakeRun, MakeSettings

pytestmark = pytest.mark.tiny

FAMILIES = ["sd1", pytest.param("sd2", marks=pytest.mark.slow), "sdxl"]
WORD = "<my-thing>"
INVERSION: dict[str, Any] = {
    "method": "textual_inversion",
    "token_string": WORD,
    "init_word": "red",
    "use_object_template": True,
    "learning_rate": 0.05,
}


def options(**more: Any) -> dict[str, Any]:
    return {**INVERSION, **more}


@pytest.mark.parametrize("family", ["sd1", "sd2", "sdxl"])
def test_the_file_is_upstreams(tiny_model: GetModel, train_tiny: MakeRun, family: FamilyName) -> None:
    done = train_tiny(tiny_model(family), **options(num_vectors_per_token=3))
    widths = {"clip_l": 16, "clip_g": 24} if family == "sdxl" else {"emb_params": 16}
    assert {name: tuple(t.shape) for name, t in done.weights().items()} == {name: (3, w) for name, w in widths.items()}
    assert {tensor.dtype for tensor in done.weights().values()} == {torch.float32}
    metadata = done.metadata()
    assert all(key.startswith("modelspec.") for key in metadata)
    assert metadata["modelspec.architecture"].endswith("/textual-inversion")
    assert metadata["modelspec.implementation"] == "https://github.com/Stability-AI/generative-models"


def test_the_metadata_are_the_contracts(train_tiny: MakeRun) -> None:
    metadata = train_tiny(**options(max_train_steps=1, v_parameterization=False)).metadata()
    assert set(metadata) == {
        f"modelspec.{key}"
        for key in (
            "title", "implementation", "implementation_version", "sai_model_spec", "prediction_type", "architecture",
            "date", "resolution",
        )
    }  # fmt: skip
    assert metadata["modelspec.architecture"] == "stable-diffusion-v1/textual-inversion"


def test_the_new_rows_alone_learn(make_settings: MakeSettings, tmp_path: Path) -> None:
    loop = making.prepared(make_settings(**options()), tmp_path / "job")
    method: Any = loop.learner.method
    grown = method.words.grown[0]
    before, rows = grown.old.weight.clone(), grown.rows.detach().clone()
    loop.run()
    assert torch.equal(grown.old.weight, before)
    assert not torch.equal(grown.rows, rows)
    assert [id(p) for p in method.parameters()] == [id(grown.rows)]
    with method.switched_off():
        assert torch.equal(grown.rows, rows)
    with method.at_strength(0.5):
        between = grown.rows.detach().clone()
    assert torch.allclose(between, (rows + grown.rows) / 2)


@pytest.mark.parametrize("family", FAMILIES)
def test_it_learns(tiny_model: GetModel, make_settings: MakeSettings, tmp_path: Path, family: FamilyName) -> None:
    settings = make_settings(tiny_model(family), **options(init_word=None, max_train_steps=20, learning_rate=0.1))
    losses = making.on_one_batch(making.prepared(settings, tmp_path / "job"), 8)
    # a model of random weights hardly listens to its texts: the fall is small, but it is one at every look
    assert losses[0] > losses[4] > losses[8]


def test_a_stopped_run_goes_on_bit_for_bit(train_tiny: MakeRun, tmp_path: Path) -> None:
    whole = train_tiny(**options(max_train_steps=4, save_every_n_steps=2, save_state=True, num_vectors_per_token=2))
    state = Path(whole.settings.output_dir) / "x-step00000002-state"
    settings = making.set_anew(whole.settings, resume=str(state), output_dir=str(tmp_path / "on"))
    again = making.run(settings, tmp_path / "job")
    assert again.losses() == whole.losses()[2:]
    assert making.same(again.weights(), whole.weights())


def test_several_words(train_tiny: MakeRun, tmp_path: Path) -> None:
    """Each begins with its own meaning, learns, has its own file, and the run goes on bit for bit."""
    several = {"token_string": "<one>, <two>", "init_word": "red, green", "num_vectors_per_token": 2}
    still = train_tiny(at="still", **options(**several, learning_rate=1e-30, max_train_steps=1))
    whole = train_tiny(**options(**several, max_train_steps=4, save_every_n_steps=2, save_state=True))
    folder = Path(whole.settings.output_dir)
    files = [f"x{at}-{word}.safetensors" for at in ("-step00000002", "") for word in ("one", "two")]
    assert [Path(event["path"]).name for event in whole.of("checkpoint") if event["what"] != "state"] == files
    assert {path.name for path in folder.glob("*.safetensors")} == set(files)
    assert [event["path"] for event in whole.of("done")] == [str(folder / "x-one.safetensors")]
    first, last = (
        [load_file(Path(run.settings.output_dir) / f"x-{word}.safetensors")["emb_params"] for word in ("one", "two")]
        for run in (still, whole)
    )
    assert {rows.shape for rows in (*first, *last)} == {(2, 16)}
    assert torch.equal(first[0][0], first[0][1])
    assert not torch.equal(first[0], first[1])
    assert all(not torch.equal(before, after) for before, after in zip(first, last, strict=True))
    settings = making.set_anew(
        whole.settings, resume=str(folder / "x-step00000002-state"), output_dir=str(tmp_path / "on")
    )
    again = making.run(settings, tmp_path / "job")
    assert again.losses() == whole.losses()[2:]
    assert making.same(*(load_file(Path(place) / files[-1]) for place in (folder, tmp_path / "on")))


def test_another_word_is_another_run(train_tiny: MakeRun, tmp_path: Path) -> None:
    first = train_tiny(**options(max_train_steps=1, save_state=True))
    another = {"token_string": "<else>"}
    with pytest.raises(MikazukiError, match="token_string was"):
        making.run(making.set_anew(first.settings, resume="last", **another), tmp_path / "job")


@pytest.mark.parametrize("ending", ["pt", pytest.param("safetensors", marks=pytest.mark.slow)])
def test_weights_are_what_it_starts_from(train_tiny: MakeRun, ending: str) -> None:
    first = train_tiny(at="first", **options(save_model_as=ending))
    still = train_tiny(at="still", **options(weights=str(first.file), learning_rate=1e-30, max_train_steps=1))
    held = torch.load(first.file, weights_only=True) if ending == "pt" else first.weights()
    assert making.same(still.weights(), held)
    with pytest.raises(MikazukiError, match="1 vectors") as caught:
        train_tiny(at="more", **options(weights=str(first.file), num_vectors_per_token=2))
    assert caught.value.code == "embedding-mismatch"


def test_captions_that_never_say_the_word_are_refused(train_tiny: MakeRun) -> None:
    with pytest.raises(MikazukiError, match="No caption holds") as caught:
        train_tiny(**options(use_object_template=False))
    assert caught.value.code == "token-not-used"


def test_captions_say_the_word(train_tiny: MakeRun) -> None:
    """The same word in captions and, said otherwise, in templates: other losses, both learn."""
    said = train_tiny(at="said", **options(use_object_template=False, caption_prefix=WORD))
    thing = train_tiny(at="thing", **options())
    style = train_tiny(at="style", **options(use_object_template=False, use_style_template=True))
    assert len({tuple(run.losses()) for run in (said, thing, style)}) == 3


def test_samples_know_the_word(train_tiny: MakeRun, tmp_path: Path) -> None:
    """The base model's pictures of the word are those that it began with, and others than what was learned."""
    prompts = tmp_path / "prompts.txt"
    prompts.write_text(f"a {WORD} --w 64 --h 64 --s 2 --d 1 --l 3\n", encoding="utf-8")
    done = train_tiny(**options(sample_prompts=str(prompts), learning_rate=1.0, save_precision="fp16"))
    assert {tensor.dtype for tensor in done.weights().values()} == {torch.float16}
    learned, base = (Path(event["path"]) for event in done.of("sample"))
    assert "base" in base.name
    assert learned.read_bytes() != base.read_bytes()


def encoded(encoder: Any, words: Any, text: str) -> Tensor:
    ids = words(text, padding="max_length", max_length=77, return_tensors="pt")["input_ids"]
    with torch.no_grad():
        found: Tensor = encoder(ids).last_hidden_state
    return found


def theirs(info: ModelInfo, number: int, vectors: Tensor) -> Tensor:
    """Return what diffusers' own loader makes of a file's tensor: the word encoded."""
    from diffusers.loaders.textual_inversion import TextualInversionLoaderMixin

    encoder = load.load_text_encoders(info, dtype=torch.float32)[number]
    words = load.load_tokenizers(info)[number]

    class Pipe(TextualInversionLoaderMixin):  # type: ignore[misc]
        components: ClassVar[dict[str, Any]] = {}
        hf_device_map = None

    pipe: Any = Pipe()
    pipe.tokenizer, pipe.text_encoder = words, encoder
    pipe.load_textual_inversion({"x": vectors}, token=WORD, text_encoder=encoder, tokenizer=words)
    return encoded(encoder, words, pipe.maybe_convert_prompt(f"a {WORD} here", words))


@pytest.mark.parametrize("family", FAMILIES)
def test_diffusers_loads_it(
    tiny_model: GetModel, make_settings: MakeSettings, tmp_path: Path, taught: list[Loaded], family: FamilyName
) -> None:
    """The training's own encoders and those that diffusers gave the file's vectors encode the word alike."""
    settings = make_settings(tiny_model(family), **options(num_vectors_per_token=2))
    loop = making.prepared(settings, tmp_path / "job")
    loop.run()
    method: Any = loop.learner.method
    method.save(tmp_path / "x.safetensors", {})
    held, (base,) = load_file(tmp_path / "x.safetensors"), taught
    for number, vectors in enumerate(held[name] for name in method.words.encoder_names):
        ours = encoded(
            base.encoders[number], base.tokenizers[number], written_out(f"a {WORD} here", method.words.tokens)
        )
        assert torch.equal(ours, theirs(identify(tiny_model(family)), number, vectors))
