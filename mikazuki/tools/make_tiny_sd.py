"""Makes ``sd-models/tiny-sd``: a real latent diffusion model of Stable Diffusion's architecture, trained from nothing.

    python -m mikazuki.tools.make_tiny_sd --work WORK --out sd-models/tiny-sd

Four stages, each kept in WORK so that a run that was stopped goes on with the next one:

1. pictures of `mikazuki.demo.world` and random drawings teach the VAE;
2. the pictures become latents;
3. the text encoder alone learns to name what a caption says (a linear probe must read colour, shape, size, position
   and place off its hidden states): a UNet that is trained against a text encoder with nothing to say learns to
   ignore it;
4. UNet and text encoder together: while the conditioning forms, half of the timesteps are drawn from the noisier
   half, afterwards all alike, so that shapes become sharp; the exponential moving average is what is kept.
"""

import argparse
import copy
import logging
import math
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from diffusers import AutoencoderKL, DDPMScheduler, UNet2DConditionModel
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import StableDiffusionPipeline
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

from mikazuki.demo import world
from mikazuki.models.identify import identify
from mikazuki.models.load import load_base
from mikazuki.tools.measure import artist_of, tiny_sd_fidelity

logger = logging.getLogger(__name__)

TOKENIZER: Final = Path(__file__).parents[1] / "models" / "clip_tokenizer"
LATENT_CHANNELS: Final = 4


@dataclass(frozen=True, slots=True)
class Recipe:
    """Every number of the recipe. Steps and pictures are counts, rates are AdamW's peak learning rates."""

    seed: int = 20261121
    pictures: int = 20_000
    vae_cycles: tuple[tuple[int, int, float], ...] = ((1_600, 24, 2e-3), (4_000, 12, 1.5e-3))
    """Steps, batch and peak rate of each cycle: coarse structure first, then many small steps for the details."""
    text_steps: int = 700
    text_batch: int = 64
    text_rate: float = 2e-3
    steps: int = 5_000
    forming_steps: int = 2_500
    """Steps in which half of the timesteps come from the noisier half, where what is shown is decided."""
    batch: int = 32
    unet_rate: float = 8e-4
    joint_text_rate: float = 2e-4
    empty_captions: float = 0.1
    ema_decay: float = 0.998


def new_vae() -> AutoencoderKL:
    """Return an untrained VAE: factor 4, 1.5 M parameters."""
    return AutoencoderKL(
        block_out_channels=(24, 48, 96),
        down_block_types=("DownEncoderBlock2D",) * 3,
        up_block_types=("UpDecoderBlock2D",) * 3,
        layers_per_block=1,
        norm_num_groups=8,
        latent_channels=LATENT_CHANNELS,
        sample_size=world.SIDE,
    )


def new_unet(cross_attention_dim: int) -> UNet2DConditionModel:
    """Return an untrained UNet in SD1's manner (eight heads, attention on the upper levels), 5.6 M parameters."""
    return UNet2DConditionModel(
        sample_size=world.SIDE // 4,
        in_channels=LATENT_CHANNELS,
        out_channels=LATENT_CHANNELS,
        layers_per_block=1,
        block_out_channels=(48, 96, 160),
        norm_num_groups=16,
        down_block_types=("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
        cross_attention_dim=cross_attention_dim,
        attention_head_dim=8,
    )


def new_text_encoder() -> CLIPTextModel:
    """Return an untrained CLIP text encoder, 64 wide; token embeddings at 0.2, so that words differ from the start."""
    config = CLIPTextConfig(
        vocab_size=49408,
        hidden_size=64,
        intermediate_size=256,
        num_hidden_layers=3,
        num_attention_heads=4,
        max_position_embeddings=77,
        projection_dim=64,
        bos_token_id=49406,
        eos_token_id=49407,
        pad_token_id=1,
        hidden_act="quick_gelu",
    )
    encoder = CLIPTextModel(config)
    nn.init.normal_(encoder.get_input_embeddings().weight, std=0.2)
    return encoder


def one_cycle(step: int, steps: int, warmup: int) -> float:
    """Return the share of the peak rate at ``step``: linear up over ``warmup`` steps, then half a cosine to zero."""
    if step < warmup:
        return (step + 1) / warmup
    return 0.5 * (1 + math.cos(math.pi * (step - warmup) / max(1, steps - warmup)))


def set_rate(optimizer: torch.optim.Optimizer, share: float) -> None:
    """Set every group's learning rate to ``share`` of its own peak."""
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * share


def adamw(groups: list[tuple[list[Tensor], float]]) -> torch.optim.AdamW:
    """Return fused AdamW over (parameters, peak rate) groups, without weight decay."""
    return torch.optim.AdamW(
        [{"params": params, "lr": rate, "peak": rate} for params, rate in groups],
        weight_decay=0.0,
        betas=(0.9, 0.99),
        fused=True,
    )


def to_tensor(pictures: list[np.ndarray]) -> Tensor:
    """Return pictures as one tensor, N x 3 x H x W, -1 to 1."""
    return torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float().div_(127.5).sub_(1)


def train_vae(
    vae: AutoencoderKL, cycle: tuple[int, int, float], rng: np.random.Generator, scenes: list[world.Scene]
) -> None:
    """Train the VAE for one cycle on scenes and random drawings, half of each, by L1 + 0.5 MSE + 1e-4 KL."""
    steps, batch, rate = cycle
    vae.to(memory_format=torch.channels_last)
    optimizer = adamw([(list(vae.parameters()), rate)])
    began = time.monotonic()
    for step in range(steps):
        half = batch // 2
        chosen = [scenes[i] for i in rng.integers(0, len(scenes), half)]
        drawn = [world.draw(s, rng) for s in chosen] + [world.draw_anything(rng) for _ in range(half)]
        x = to_tensor([world.pixels(p) for p in drawn]).contiguous(memory_format=torch.channels_last)
        set_rate(optimizer, one_cycle(step, steps, 100))
        with torch.autocast("cpu", torch.bfloat16):
            posterior = vae.encode(x).latent_dist
            rebuilt = vae.decode(posterior.sample()).sample
        difference = rebuilt.float() - x
        kl = posterior.kl().float().mean() / (world.SIDE * world.SIDE)
        loss = difference.abs().mean() + 0.5 * difference.square().mean() + 1e-4 * kl
        loss.backward()
        nn.utils.clip_grad_norm_(vae.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if step % 50 == 0 or step == steps - 1:
            l1 = float(difference.detach().abs().mean())
            logger.info("vae %d L1 %.4f kl %.3f %.0f s", step, l1, float(kl.detach()), time.monotonic() - began)


def make_vae(recipe: Recipe, work: Path, scenes: list[world.Scene]) -> AutoencoderKL:
    """Train the VAE through all its cycles, each one's result kept in ``work``."""
    vae = new_vae()
    for number, cycle in enumerate(recipe.vae_cycles):
        kept = work / f"vae{number}"
        if kept.exists():
            vae = AutoencoderKL.from_pretrained(kept)
            continue
        train_vae(vae, cycle, np.random.default_rng([recipe.seed, 1, number]), scenes)
        vae.save_pretrained(kept)
    return vae.eval()


@torch.no_grad()
def encode_pictures(
    recipe: Recipe, vae: AutoencoderKL, rng: np.random.Generator, scenes: list[world.Scene]
) -> dict[str, Tensor]:
    """Draw the training pictures and return their latents (not yet scaled), the scenes' numbers and the deviation."""
    index = rng.integers(0, len(scenes), recipe.pictures)
    latents = []
    for start in range(0, recipe.pictures, 100):
        pictures = [world.pixels(world.draw(scenes[i], rng)) for i in index[start : start + 100]]
        latents.append(vae.encode(to_tensor(pictures)).latent_dist.mean)
        if start % 4000 == 0:
            logger.info("latents %d", start)
    whole = torch.cat(latents)
    return {"latents": whole, "index": torch.from_numpy(index), "deviation": whole.std()}


class Captions:
    """Draws a caption's token ids and its probe targets for a scene."""

    def __init__(self, rng: np.random.Generator) -> None:
        """Keep the random generator and load the project's CLIP tokenizer."""
        self.rng = rng
        self.tokenizer = CLIPTokenizer.from_pretrained(TOKENIZER)
        self._ids: dict[str, list[int]] = {}

    def ids(self, texts: list[str]) -> Tensor:
        """Return token ids, N x 77, padded as Stable Diffusion pads."""
        for text in texts:
            if text not in self._ids:
                self._ids[text] = self.tokenizer(text, padding="max_length", max_length=77).input_ids
        return torch.tensor([self._ids[text] for text in texts])

    def text(self, scene: world.Scene) -> tuple[str, bool, bool]:
        """Return a caption and whether it names position and place (left out in 30 % and 15 %)."""
        position, place = self.rng.random() > 0.3, self.rng.random() > 0.15
        return world.caption(scene, with_position=position, with_place=place), position, place


def probe_targets(scene: world.Scene, *, position: bool, place: bool) -> list[int]:
    """Return the classes of colour, shape, size, position and place; what a caption leaves out has its own class."""
    return [
        list(world.COLOURS).index(scene.colour),
        world.SHAPES.index(scene.shape),
        list(world.SIZES).index(scene.size),
        list(world.POSITIONS).index(scene.position) if position else len(world.POSITIONS),
        list(world.PLACES).index(scene.place) if place else len(world.PLACES),
    ]


def train_text_encoder(recipe: Recipe, rng: np.random.Generator, scenes: list[world.Scene]) -> CLIPTextModel:
    """Train the text encoder alone until a linear probe of its hidden states names everything a caption says."""
    encoder, captions = new_text_encoder(), Captions(rng)
    counts = [len(world.COLOURS), len(world.SHAPES), len(world.SIZES), len(world.POSITIONS) + 1, len(world.PLACES) + 1]
    probe = nn.Linear(encoder.config.hidden_size, sum(counts))
    optimizer = adamw([([*encoder.parameters(), *probe.parameters()], recipe.text_rate)])
    for step in range(recipe.text_steps):
        chosen = [scenes[i] for i in rng.integers(0, len(scenes), recipe.text_batch)]
        texts = [captions.text(scene) for scene in chosen]
        targets = torch.tensor(
            [probe_targets(s, position=t[1], place=t[2]) for s, t in zip(chosen, texts, strict=True)]
        )
        ids = captions.ids([t[0] for t in texts])
        hidden = encoder(ids).last_hidden_state
        after = (ids == captions.tokenizer.eos_token_id).float()[..., None]
        logits = probe((hidden * after).sum(1) / after.sum(1)).split(counts, dim=1)
        loss = torch.stack([cross_entropy(part, targets[:, i]) for i, part in enumerate(logits)]).mean()
        set_rate(optimizer, one_cycle(step, recipe.text_steps, 50))
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if step % 50 == 0 or step == recipe.text_steps - 1:
            logger.info("text %d cross-entropy %.4f", step, float(loss.detach()))
    return encoder


@torch.no_grad()
def average_into(ema: nn.Module, model: nn.Module, decay: float) -> None:
    """Move every weight of ``ema`` a share ``1 - decay`` towards ``model``'s."""
    torch._foreach_lerp_(list(ema.parameters()), list(model.parameters()), 1 - decay)


def train_unet(
    recipe: Recipe,
    rng: np.random.Generator,
    scenes: list[world.Scene],
    data: dict[str, Tensor],
    encoder: CLIPTextModel,
    work: Path,
) -> tuple[UNet2DConditionModel, CLIPTextModel]:
    """Train UNet and text encoder together on scaled latents, epsilon prediction; return their moving averages."""
    scheduler = DDPMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear")
    unet, captions = new_unet(encoder.config.hidden_size), Captions(rng)
    ema = nn.ModuleList([copy.deepcopy(unet), copy.deepcopy(encoder)])
    both = nn.ModuleList([unet, encoder])
    optimizer = adamw(
        [(list(unet.parameters()), recipe.unet_rate), (list(encoder.parameters()), recipe.joint_text_rate)]
    )
    latents, index = data["latents"] / data["deviation"], data["index"]
    kept = work / "joint.pt"
    first = 0
    if kept.exists():
        state = torch.load(kept, weights_only=True)
        both.load_state_dict(state["both"])
        ema.load_state_dict(state["ema"])
        optimizer.load_state_dict(state["optimizer"])
        first = state["step"]
        rng.bit_generator.advance(first)  # type: ignore[attr-defined]
        torch.manual_seed(recipe.seed + first)
    began = time.monotonic()
    high, all_ = [], []
    for step in range(first, recipe.steps):
        rows = rng.integers(0, len(latents), recipe.batch)
        texts = [
            "" if rng.random() < recipe.empty_captions else captions.text(scenes[int(index[row])])[0] for row in rows
        ]
        x = latents[rows]
        t = torch.randint(0, 1000, (recipe.batch,))
        if step < recipe.forming_steps:
            t[: recipe.batch // 2] = torch.randint(500, 1000, (recipe.batch // 2,))
        noise = torch.randn_like(x)
        noisy = scheduler.add_noise(x, noise, t)
        prediction = unet(noisy, t, encoder(captions.ids(texts)).last_hidden_state).sample
        losses = (prediction - noise).square().mean((1, 2, 3))
        set_rate(optimizer, one_cycle(step, recipe.steps, 200))
        loss = losses.mean()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(both.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        average_into(ema, both, min(recipe.ema_decay, (1 + step) / (10 + step)))
        all_.append(float(loss.detach()))
        high.append(float(losses.detach()[t > 700].mean()))
        if step % 100 == 99:
            spent = time.monotonic() - began
            mean, noisy_mean = np.mean(all_[-100:]), np.nanmean(high[-100:])
            logger.info("joint %d loss %.4f above t=700 %.5f %.0f s", step + 1, mean, noisy_mean, spent)
        if step % 500 == 499 and step + 1 < recipe.steps:
            state = {"both": both.state_dict(), "ema": ema.state_dict(), "optimizer": optimizer.state_dict()}
            torch.save({**state, "step": step + 1}, kept.with_suffix(".part"))
            kept.with_suffix(".part").replace(kept)
    return ema[0], ema[1]


def make(recipe: Recipe, work: Path, out: Path) -> None:
    """Run all stages with their results kept in ``work``, and write the diffusers folder ``out`` in fp16."""
    work.mkdir(parents=True, exist_ok=True)
    scenes = list(world.scenes(held=False))
    torch.manual_seed(recipe.seed)
    vae = make_vae(recipe, work, scenes)
    if (work / "latents.pt").exists():
        data = torch.load(work / "latents.pt", weights_only=True)
    else:
        data = encode_pictures(recipe, vae, np.random.default_rng([recipe.seed, 2]), scenes)
        torch.save(data, work / "latents.pt")
    torch.manual_seed(recipe.seed)
    if (work / "text").exists():
        encoder = CLIPTextModel.from_pretrained(work / "text")
    else:
        encoder = train_text_encoder(recipe, np.random.default_rng([recipe.seed, 3]), scenes)
        encoder.save_pretrained(work / "text")
    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng([recipe.seed, 4])
    unet, encoder = train_unet(recipe, rng, scenes, data, encoder.train(), work)
    vae.register_to_config(scaling_factor=round(1 / float(data["deviation"]), 5))
    save(vae, unet, encoder, out)
    base = load_base(identify(out), dtype=torch.float32)
    logger.info("prompt fidelity on held-out pairs: %s", tiny_sd_fidelity(artist_of(base)))


def save(vae: AutoencoderKL, unet: UNet2DConditionModel, encoder: CLIPTextModel, out: Path) -> None:
    """Write a diffusers folder in fp16 with Stable Diffusion's noise schedule and the CLIP tokenizer."""
    scheduler = DDPMScheduler(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", clip_sample=False, steps_offset=1
    )
    pipeline = StableDiffusionPipeline(
        vae=vae,
        unet=unet,
        text_encoder=encoder,
        tokenizer=CLIPTokenizer.from_pretrained(TOKENIZER),
        scheduler=scheduler,
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.to(torch.float16).save_pretrained(out)
    # the tokenizer in its older form takes less than half the room
    shutil.rmtree(out / "tokenizer")
    shutil.copytree(TOKENIZER, out / "tokenizer")


def main() -> None:
    """Read the command line and make the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="folder for what the stages leave to each other")
    parser.add_argument("--out", type=Path, required=True, help="diffusers folder to write")
    parser.add_argument("--steps", type=int, default=Recipe().steps, help="joint steps of UNet and text encoder")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    make(Recipe(steps=arguments.steps), arguments.work, arguments.out)


if __name__ == "__main__":
    main()
