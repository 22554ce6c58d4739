"""What is written is, bit for bit, what was loaded, under the names of real files; other programs load it."""

import os
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from mikazuki.errors import MikazukiError
from mikazuki.models import export_files, export_parts, load
from mikazuki.models.export import WholeModel, save_checkpoint, save_folder
from mikazuki.models.export_parts import LOGIT_SCALE, checkpoint_tensors
from mikazuki.models.families import FAMILIES, UNET_PREFIX, FamilyName, Layout
from mikazuki.models.headers import read_header
from mikazuki.models.identify import ModelInfo, identify
from tests.models import contract, tiny

pytestmark = pytest.mark.tiny
ALL: tuple[FamilyName, ...] = ("sd1", "sd2", "sdxl")
SD2_TEXT = "cond_stage_model.model."


def of(info: ModelInfo, **parts: Any) -> WholeModel:
    return WholeModel(FAMILIES[info.family], info.prediction_type, source=info, **parts)


def loaded(info: ModelInfo) -> WholeModel:
    """Return the model as a training of all parts has it: nothing comes from the source."""
    base = load.load_base(info, dtype=torch.float32)
    return WholeModel(base.family, base.prediction_type, base.unet, base.text_encoders, base.vae)


def same(found: dict[str, Tensor], wanted: dict[str, Tensor]) -> None:
    assert found.keys() == wanted.keys()
    for name, tensor in wanted.items():
        assert found[name].dtype == tensor.dtype, name
        assert torch.equal(found[name], tensor), name


def plan(module: Any) -> dict[str, Any]:
    """Return a configuration without what says where it came from; pictures' sides are the file's business."""
    config = module.config.to_dict() if hasattr(module.config, "to_dict") else dict(module.config)
    origin = {"architectures", "dtype", "transformers_version", "sample_size"}
    return {key: value for key, value in config.items() if key not in origin and not key.startswith("_")}


def unused(name: str) -> bool:
    """Tell what an SD2 file has beside what is computed with; the tiny one has no projection."""
    return name.startswith(f"{SD2_TEXT}transformer.resblocks.3.") or name in {
        f"{SD2_TEXT}text_projection",
        f"{SD2_TEXT}logit_scale",
    }


@pytest.mark.parametrize("family", ALL)
def test_modules_become_the_file_they_were_loaded_from(tmp_path: Path, family: FamilyName) -> None:
    source = tiny.make(family, tmp_path)
    save_checkpoint(tmp_path / "new.safetensors", loaded(identify(source)), dtype=torch.float32)
    wanted, found = load_file(source), load_file(tmp_path / "new.safetensors")
    same(
        {name: tensor for name, tensor in found.items() if not unused(name)},
        {name: tensor for name, tensor in wanted.items() if not unused(name)},
    )
    assert {name for name in wanted if name not in found} == set()


@pytest.mark.parametrize("family", ALL)
def test_parts_that_are_not_given_come_from_the_source(tmp_path: Path, family: FamilyName) -> None:
    source = tiny.make(family, tmp_path, dtype="float16")
    state = load_file(source)
    state["model_ema.decay"] = torch.ones(1)
    state["cond_stage_model.transformer.text_model.embeddings.position_ids"] = torch.arange(77)[None]
    text = next((name for name in state if name.startswith(SD2_TEXT)), None)
    if text:
        state[f"{SD2_TEXT}text_projection"] = torch.randn(tiny.TEXT_WIDTH, tiny.TEXT_WIDTH).half()
        state[f"{SD2_TEXT}logit_scale"] = torch.tensor(4.5)
    save_file(state, source)
    info = identify(source)
    unet = load.load_unet(info, dtype=torch.float32)
    with torch.no_grad():
        unet.conv_in.weight.add_(1)
    save_checkpoint(tmp_path / "new.safetensors", of(info, unet=unet), dtype=torch.float16)
    extra = {"model_ema.decay", "cond_stage_model.transformer.text_model.embeddings.position_ids"}
    wanted = {name: tensor for name, tensor in state.items() if name not in extra}
    wanted[f"{UNET_PREFIX}input_blocks.0.0.weight"] = unet.conv_in.weight.detach().half()
    if text:
        wanted[f"{SD2_TEXT}logit_scale"] = torch.tensor(4.5).half()
    same(load_file(tmp_path / "new.safetensors"), wanted)


def test_an_sd2_encoder_without_a_source_is_filled_up(tmp_path: Path) -> None:
    save_checkpoint(tmp_path / "new.safetensors", loaded(identify(tiny.make("sd2", tmp_path))), dtype=torch.float32)
    state = load_file(tmp_path / "new.safetensors")
    layer = f"{SD2_TEXT}transformer.resblocks."
    for name in [name for name in state if name.startswith(f"{layer}2.")]:
        assert torch.equal(state[name], state[name.replace(f"{layer}2.", f"{layer}3.")])
    assert torch.equal(state[f"{SD2_TEXT}text_projection"], torch.eye(tiny.TEXT_WIDTH))
    assert state[f"{SD2_TEXT}logit_scale"] == pytest.approx(LOGIT_SCALE)


@pytest.mark.parametrize("family", ALL)
def test_full_size_models_have_the_names_of_real_files(family: FamilyName) -> None:
    model = WholeModel(
        FAMILIES[family],
        "epsilon",
        contract.meta_unet(family),
        contract.meta_texts(family),
        contract.meta_vae(family),
    )
    shapes = {name: tensor.shape for name, tensor in checkpoint_tensors(model, torch.float16).items()}
    if family == "sd2":
        text = {name.removeprefix(SD2_TEXT): shape for name, shape in shapes.items() if name.startswith(SD2_TEXT)}
        assert len(text) == 5 + 24 * 12 + 1
        assert text["transformer.resblocks.23.attn.in_proj_weight"] == (3072, 1024)
        assert text["text_projection"] == (1024, 1024)
        assert text["positional_embedding"] == (77, 1024)
        sd1 = contract.checkpoint_shapes("sd15")
        rest = {name for name in shapes if not name.startswith(SD2_TEXT)}
        assert rest == {name for name in sd1 if not name.startswith("cond_stage_model.")}
    else:
        assert shapes == contract.checkpoint_shapes("sd15" if family == "sd1" else "sdxl")


@pytest.mark.parametrize("family", ALL)
def test_a_folder_becomes_the_file_of_the_same_model(tmp_path: Path, family: FamilyName) -> None:
    info = identify(tiny.make(family, tmp_path, "diffusers"))
    save_checkpoint(tmp_path / "new.safetensors", of(info), dtype=None)
    wanted = load_file(tiny.make(family, tmp_path))
    found = load_file(tmp_path / "new.safetensors")
    same(
        {name: tensor for name, tensor in found.items() if not unused(name)},
        {name: tensor for name, tensor in wanted.items() if not unused(name)},
    )


@pytest.mark.parametrize("family", ALL)
@pytest.mark.parametrize(("layout", "built"), [("single", True), ("single", False), ("diffusers", False)])
def test_a_folder_holds_the_same_model(tmp_path: Path, family: FamilyName, layout: Layout, *, built: bool) -> None:
    info = identify(tiny.make(family, tmp_path, layout))
    base = load.load_base(info, dtype=torch.float32)
    parts = {"unet": base.unet, "vae": base.vae, "text_encoders": base.text_encoders} if built else {}
    save_folder(tmp_path / "new", of(info, **parts), dtype=torch.float32)
    new = identify(tmp_path / "new")
    assert (new.family, new.prediction_type, new.resolution) == (info.family, info.prediction_type, info.resolution)
    for spec in FAMILIES[family].text_encoders:
        # an SD2 file has one layer more, which a folder does not
        names = read_header(tmp_path / "new" / spec.folder / "model.safetensors").shapes
        assert {name.split(".")[3] for name in names if ".layers." in name} == {"0", "1", "2"}
    again = load.load_base(new, dtype=torch.float32)
    pairs: list[tuple[nn.Module, nn.Module]] = [(again.unet, base.unet), (again.vae, base.vae)]
    for one, other in [*pairs, *zip(again.text_encoders, base.text_encoders, strict=True)]:
        same(one.state_dict(), other.state_dict())
        assert plan(one) == plan(other)
    assert [t.pad_token_id for t in again.tokenizers] == [t.pad_token_id for t in base.tokenizers]


def pipeline(folder: Path, file: Path | None = None) -> Any:
    """Load with diffusers, which must need no network: the folder, or the file by the folder's configurations."""
    from diffusers.pipelines.pipeline_utils import DiffusionPipeline
    from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline
    from diffusers.pipelines.stable_diffusion_xl.pipeline_stable_diffusion_xl import StableDiffusionXLPipeline

    if file is None:
        return DiffusionPipeline.from_pretrained(folder, local_files_only=True)
    is_xl = (folder / "text_encoder_2").is_dir()
    kind = StableDiffusionXLPipeline if is_xl else StableDiffusionPipeline
    return kind.from_single_file(str(file), config=str(folder), local_files_only=True)


@pytest.mark.parametrize("family", ALL)
def test_diffusers_loads_folder_and_file_and_computes_the_same(tmp_path: Path, family: FamilyName) -> None:
    info = identify(tiny.make(family, tmp_path))
    base = load.load_base(info, dtype=torch.float32)
    save_folder(tmp_path / "folder", of(info), dtype=torch.float32)
    save_checkpoint(tmp_path / "file.safetensors", loaded(info), dtype=torch.float32)
    for found in (pipeline(tmp_path / "folder"), pipeline(tmp_path / "folder", tmp_path / "file.safetensors")):
        same(found.unet.state_dict(), base.unet.state_dict())
        same(found.vae.state_dict(), base.vae.state_dict())
        encoders = [found.text_encoder, *([found.text_encoder_2] if family == "sdxl" else [])]
        tokenizers = [found.tokenizer, *([found.tokenizer_2] if family == "sdxl" else [])]
        for encoder, tokenizer, own, own_tokenizer in zip(
            encoders, tokenizers, base.text_encoders, base.tokenizers, strict=True
        ):
            ids = [
                t("a photo", padding="max_length", return_tensors="pt")["input_ids"] for t in (tokenizer, own_tokenizer)
            ]
            assert torch.equal(*ids)
            assert torch.equal(encoder(ids[0])[0], own(ids[0])[0])
        assert found.scheduler.config.prediction_type == info.prediction_type


@pytest.mark.parametrize("family", ALL)
def test_a_torch_checkpoint_holds_the_same_and_no_more(tmp_path: Path, family: FamilyName) -> None:
    info = identify(tiny.make(family, tmp_path))
    save_checkpoint(tmp_path / "new.safetensors", of(info), dtype=torch.float16)
    save_checkpoint(tmp_path / "new.ckpt", of(info), dtype=torch.float16)
    content = torch.load(tmp_path / "new.ckpt", weights_only=True)
    assert content.keys() == {"state_dict"}
    same(content["state_dict"], load_file(tmp_path / "new.safetensors"))
    numbers = sum(tensor.numel() * tensor.element_size() for tensor in content["state_dict"].values())
    assert (tmp_path / "new.ckpt").stat().st_size < numbers + 400 * len(content["state_dict"])
    assert identify(tmp_path / "new.ckpt").family == family
    assert (tmp_path / "new.yaml").is_file() == (family == "sd2")


def test_a_torch_checkpoint_holds_no_more_than_its_tensors(tmp_path: Path) -> None:
    path = tmp_path / "part.ckpt"
    export_files.write_torch(path, {"a": export_parts.ready(torch.zeros(100_000)[:10])})
    assert path.stat().st_size < 10_000


def test_types_change_but_for_whole_numbers(tmp_path: Path) -> None:
    info = identify(tiny.make("sdxl", tmp_path))
    for dtype, name in ((torch.bfloat16, "BF16"), (torch.float16, "F16"), (torch.float32, "F32"), (None, "F32")):
        path = tmp_path / "new.safetensors"
        save_checkpoint(path, of(info), dtype=dtype, metadata={"modelspec.title": "\u5f71"})
        header = read_header(path)
        assert {tensor.dtype for tensor in header.tensors.values()} == {name}
        assert header.metadata == {"modelspec.title": "\u5f71"}


def test_tensors_of_several_types_begin_where_they_may(tmp_path: Path) -> None:
    path = tmp_path / "mixed.safetensors"
    state = {
        "a": torch.ones(3, dtype=torch.uint8),
        "b": torch.randn(5).half(),
        "c": torch.randn(3, 2),
        "d": torch.ones(0),
    }
    export_files.write_safetensors(path, {name: export_parts.ready(tensor) for name, tensor in state.items()}, {})
    same(load_file(path), state)
    assert all(
        tensor.start % (4 if tensor.dtype == "F32" else 2) == 0
        for tensor in read_header(path).tensors.values()
        if tensor.dtype != "U8"
    )


@pytest.mark.parametrize(("family", "marks"), [("sd1", {"v_pred"}), ("sd2", set()), ("sdxl", {"v_pred"})])
def test_v_prediction_is_marked_where_names_do_not_tell(tmp_path: Path, family: FamilyName, marks: set[str]) -> None:
    info = identify(tiny.make(family, tmp_path), v_parameterization=True)
    path = tmp_path / "new.safetensors"
    for zero_snr in (False, True):
        save_checkpoint(path, of(info, zero_snr=zero_snr), dtype=None)
        more = {"ztsnr"} if zero_snr and marks else set()
        assert {name for name in read_header(path).shapes if "." not in name} == marks | more
    if marks:
        assert identify(path).prediction_type == "v_prediction"


def test_the_mean_of_the_weights_is_taken_where_it_is_asked_for(tmp_path: Path) -> None:
    source = tiny.make("sd1", tmp_path)
    with pytest.raises(MikazukiError, match="EMA"):
        save_checkpoint(tmp_path / "new.safetensors", of(identify(source), ema=True), dtype=None)
    state = load_file(source)
    own = [name for name in state if name.startswith(UNET_PREFIX)]
    means = {name: torch.randn_like(state[name]) for name in own}
    short = {name: "model_ema." + name.removeprefix("model.").replace(".", "") for name in own}
    save_file(state | {short[name]: tensor for name, tensor in means.items()}, source)
    save_checkpoint(tmp_path / "new.safetensors", of(identify(source), ema=True), dtype=None)
    same(load_file(tmp_path / "new.safetensors"), state | means)


def test_compiled_blocks_keep_their_names(tmp_path: Path) -> None:
    info = identify(tiny.make("sd1", tmp_path))
    unet = load.load_unet(info, dtype=torch.float32)
    unet.mid_block = torch.compile(unet.mid_block)
    assert any("_orig_mod" in name for name in unet.state_dict())
    save_checkpoint(tmp_path / "new.safetensors", of(info, unet=unet), dtype=None)
    same(load_file(tmp_path / "new.safetensors"), load_file(info.path))


def test_an_old_folders_vae_becomes_the_same_file(tmp_path: Path) -> None:
    info = identify(tiny.make("sd1", tmp_path, "diffusers"))
    file = info.path / "vae" / "diffusion_pytorch_model.safetensors"
    state = load_file(file)
    for new, old in (("to_q", "query"), ("to_k", "key"), ("to_v", "value"), ("to_out.0", "proj_attn")):
        state = {name.replace(f"attentions.0.{new}.", f"attentions.0.{old}."): t for name, t in state.items()}
    state = {
        n: t[:, :, None, None] if n.endswith((".query.weight", ".proj_attn.weight")) else t for n, t in state.items()
    }
    save_file(state, file)
    save_checkpoint(tmp_path / "new.safetensors", of(info), dtype=None)
    same(load_file(tmp_path / "new.safetensors"), load_file(tiny.make("sd1", tmp_path)))


def test_a_missing_part_is_told(tmp_path: Path) -> None:
    info = identify(tiny.make("sd1", tmp_path, vae=False))
    save_checkpoint(tmp_path / "new.safetensors", of(info), dtype=None)
    same(load_file(tmp_path / "new.safetensors"), load_file(info.path))
    with pytest.raises(MikazukiError, match="no VAE"):
        save_folder(tmp_path / "new", of(info), dtype=None)
    with pytest.raises(MikazukiError, match="lacks a UNet"):
        save_checkpoint(tmp_path / "none.safetensors", WholeModel(FAMILIES["sd1"], "epsilon"), dtype=None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.safetensors", "tiny-sd1.safetensors"]


@pytest.mark.skipif(os.name == "nt", reason="limits of this kind are POSIX'")
@pytest.mark.parametrize("name", ["new.safetensors", "new.ckpt", "new"])
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, name: str) -> None:
    info = identify(tiny.make("sd1", tmp_path))
    old = tmp_path / "new.safetensors"
    old.write_bytes(b"old")
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    try:
        with pytest.raises(MikazukiError) as caught:
            (save_checkpoint if "." in name else save_folder)(tmp_path / name, of(info), dtype=None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert caught.value.code == "not-writable"
    assert old.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.safetensors", "tiny-sd1.safetensors"]


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    info = identify(tiny.make("sd1", tmp_path))
    for save, name in ((save_checkpoint, "a.safetensors"), (save_checkpoint, "a.ckpt"), (save_folder, "a")):
        told: list[float] = []
        save(tmp_path / name, of(info), dtype=None, progress=told.append)
        assert told == sorted(told)
        assert told[-1] == pytest.approx(1)
