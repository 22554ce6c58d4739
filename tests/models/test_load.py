"""What is loaded is, bit for bit, what was written, whichever layout it has."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import nn

from mikazuki.errors import MikazukiError
from mikazuki.models import load
from mikazuki.models.families import FAMILIES, VAE_PREFIX, FamilyName, Layout
from mikazuki.models.identify import identify
from tests.models import tiny

pytestmark = pytest.mark.tiny
ALL: tuple[FamilyName, ...] = ("sd1", "sd2", "sdxl")


def assert_same(loaded: nn.Module, made: nn.Module) -> None:
    own, wanted = loaded.state_dict(), made.state_dict()
    assert own.keys() == wanted.keys()
    for name, tensor in wanted.items():
        assert torch.equal(own[name], tensor), name
    assert not any(parameter.requires_grad or parameter.is_meta for parameter in loaded.parameters())
    assert not any(buffer.is_meta for buffer in loaded.buffers())
    assert not loaded.training


@pytest.mark.parametrize("family", ALL)
@pytest.mark.parametrize("layout", ["single", "diffusers"])
def test_every_part_is_loaded_as_it_was_written(tmp_path: Path, family: FamilyName, layout: Layout) -> None:
    base = load.load_base(identify(tiny.make(family, tmp_path, layout)), dtype=torch.float32)
    made = tiny.parts(family)
    assert_same(base.unet, made["unet"])
    assert_same(base.vae, made["vae"])
    for spec, encoder in zip(FAMILIES[family].text_encoders, base.text_encoders, strict=True):
        assert_same(encoder, made[spec.folder])
    assert base.vae_scale == FAMILIES[family].vae_scale
    assert base.prediction_type == ("v_prediction" if family == "sd2" else "epsilon")


@pytest.mark.parametrize("family", ALL)
def test_a_loaded_unet_computes_what_the_written_one_does(tmp_path: Path, family: FamilyName) -> None:
    unet = load.load_unet(identify(tiny.make(family, tmp_path)), dtype=torch.float32)
    made = tiny.parts(family)["unet"]
    latents, condition = torch.randn(2, 4, 8, 8), torch.randn(2, 77, unet.config.cross_attention_dim)
    added = {"text_embeds": torch.randn(2, tiny.POOLED), "time_ids": torch.randn(2, 6)} if family == "sdxl" else None
    with torch.no_grad():
        outputs = [
            model(latents, torch.tensor([3, 700]), condition, added_cond_kwargs=added).sample for model in (unet, made)
        ]
    assert torch.allclose(outputs[0], outputs[1], atol=1e-5)


def test_half_precision_files_load_in_the_requested_type(tmp_path: Path) -> None:
    info = identify(tiny.make("sd1", tmp_path, dtype="float16"))
    made = tiny.parts("sd1")["unet"].half().state_dict()
    for dtype in (torch.float16, torch.bfloat16, torch.float32):
        state = load.load_unet(info, dtype=dtype).state_dict()
        assert all(torch.equal(state[name], tensor.to(dtype)) for name, tensor in made.items())


@pytest.mark.parametrize("family", ALL)
def test_a_torch_checkpoint_loads_too(tmp_path: Path, family: FamilyName) -> None:
    made = tiny.parts(family)
    path = tmp_path / "model.ckpt"
    torch.save({"state_dict": tiny.single_state(family, made)}, path)
    assert_same(load.load_unet(identify(path), dtype=torch.float32), made["unet"])


def test_text_encoders_without_their_first_word_load(tmp_path: Path) -> None:
    path = tiny.make("sd1", tmp_path)
    state = {name.replace(".text_model.", "."): tensor for name, tensor in load_file(path).items()}
    state["cond_stage_model.transformer.embeddings.position_ids"] = torch.arange(77)[None]
    save_file(state, path)
    (encoder,) = load.load_text_encoders(identify(path), dtype=torch.float32)
    assert_same(encoder, tiny.parts("sd1")["text_encoder"])
    assert torch.equal(encoder.embeddings.position_ids, torch.arange(77)[None])


def test_a_projection_kept_as_a_linear_loads(tmp_path: Path) -> None:
    path = tiny.make("sdxl", tmp_path)
    name = "conditioner.embedders.1.model.text_projection"
    state = load_file(path)
    state[f"{name}.weight"] = state.pop(name).T.contiguous()
    save_file(state, path)
    base = load.load_base(identify(path), dtype=torch.float32)
    assert_same(base.text_encoders[1], tiny.parts("sdxl")["text_encoder_2"])
    assert_same(base.unet, tiny.parts("sdxl")["unet"])


def other_vae(tmp_path: Path, form: str) -> Path:
    """Write the VAE of another model in one of the forms people have."""
    models = tiny.parts("sd1", seed=7)
    folder = tmp_path / "other"
    folder.mkdir()
    if form in {"original", "prefixed"}:
        state = {n: t for n, t in tiny.single_state("sd1", models).items() if n.startswith(VAE_PREFIX)}
        if form == "original":
            state = {name.removeprefix(VAE_PREFIX): tensor for name, tensor in state.items()}
    else:
        state = models["vae"].state_dict()
        if form == "old diffusers":
            for new, old in (("to_q", "query"), ("to_k", "key"), ("to_v", "value"), ("to_out.0", "proj_attn")):
                state = {name.replace(f"attentions.0.{new}.", f"attentions.0.{old}."): t for name, t in state.items()}
    save_file(state, folder / "diffusion_pytorch_model.safetensors")
    if form == "folder":
        models["vae"].save_config(folder)  # type: ignore[operator]
        return folder
    return folder / "diffusion_pytorch_model.safetensors"


@pytest.mark.parametrize("form", ["original", "prefixed", "diffusers", "old diffusers", "folder"])
def test_another_vae_loads_in_every_form(tmp_path: Path, form: str) -> None:
    info = identify(tiny.make("sd1", tmp_path, vae=False))
    vae = load.load_vae(info, dtype=torch.float32, vae_path=other_vae(tmp_path, form))
    assert_same(vae, tiny.parts("sd1", seed=7)["vae"])


def test_a_file_that_lacks_tensors_is_told(tmp_path: Path) -> None:
    path = tiny.make("sd1", tmp_path)
    state = load_file(path)
    del state["model.diffusion_model.time_embed.0.bias"]
    save_file(state, path)
    with pytest.raises(MikazukiError, match=r"time_embedding\.linear_1\.bias") as caught:
        load.load_unet(identify(path), dtype=torch.float32)
    assert caught.value.code == "incomplete-model"


def test_a_base_model_without_vae_is_told(tmp_path: Path) -> None:
    with pytest.raises(MikazukiError, match="no VAE"):
        load.load_vae(identify(tiny.make("sd1", tmp_path, vae=False)), dtype=torch.float32)


def test_tokenizers_fill_up_as_their_family_does(tmp_path: Path) -> None:
    fillers = {}
    for family in ALL:
        info = identify(tiny.make(family, tmp_path))
        fillers[family] = [int(t.pad_token_id) for t in load.load_tokenizers(info)]
    assert fillers == {"sd1": [49407], "sd2": [0], "sdxl": [49407, 0]}


def test_a_folders_own_tokenizer_and_the_cache_are_used(tmp_path: Path) -> None:
    info = identify(tiny.make("sd1", tmp_path, "diffusers"))
    own = load.load_tokenizers(info)[0]
    own.add_tokens(["mikazuki-chan"])
    own.save_pretrained(info.path / "tokenizer")
    assert len(load.load_tokenizers(info)[0]) == 49409
    cache = tmp_path / "cache"
    own.add_tokens(["mikazuki-kun"])
    own.save_pretrained(cache / "openai_clip-vit-large-patch14")
    assert len(load.load_tokenizers(info, cache)[0]) == 49410


def test_an_old_end_token_is_put_right(tmp_path: Path) -> None:
    folder = tiny.make("sdxl", tmp_path, "diffusers")
    config = folder / "text_encoder_2" / "config.json"
    config.write_text(config.read_text(encoding="utf-8").replace("49407", "2"), encoding="utf-8")
    encoder = load.load_text_encoders(identify(folder), dtype=torch.float32)[1]
    assert encoder.config.eos_token_id == 49407
