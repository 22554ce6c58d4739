"""Every network on every family: it learns, goes on exactly, and its file is what was learned; tiny-sd learns a cat.

One test a network and family goes the whole way, so that each is built and trained once.
"""

import copy
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

import pytest
import torch
from torch import Tensor

from mikazuki.models.adapters import check_adapter, load_adapter, save_adapter
from mikazuki.models.classify import kind_of
from mikazuki.models.families import FamilyName
from mikazuki.models.identify import identify
from mikazuki.models.load import load_base
from mikazuki.settings.train import TrainSettings
from mikazuki.tools.measure import lora_measures
from mikazuki.training.networks import Network
from mikazuki.training.networks.files import merge_weights
from mikazuki.training.networks.lycoris_targets import text_places, unet_places
from tests.models import tiny
from tests.training import making
from tests.training.conftest import MakeRun
from tests.training.networks import building
from tests.training.networks.building import KINDS, Base, Options, apart

pytestmark = pytest.mark.tiny
FAMILIES: Final[tuple[FamilyName, ...]] = get_args(FamilyName)
ROOT: Final = Path(__file__).parents[2]
SUBJECT_MARGIN: Final = 0.25
"""How much more the subject must be seen, of 1: the demo's own bar."""
ROUNDING: Final = 2e-5
"""What merging may differ by from applying, on outputs of about 1 in fp32."""


SLOWER: Final = {"glora": 2e-3, "full": 2e-3, "diag-oft": 2e-3, "boft": 2e-3}
"""Rates of networks whose steps reach further than a LoRA's; the others' is 0.01."""


def lycoris(*args: str) -> Options:
    return {"network_module": "lycoris.kohya", "network_args": list(args)}


NETWORKS: Final[dict[str, Options]] = KINDS | {
    "lycoris lora": lycoris("algo=lora", "use_tucker=true", "rank_dropout=0.2"),
    "dora": lycoris("algo=lora", "dora_wd=true"),
    "loha": lycoris("algo=loha", "use_scalar=true"),
    "lokr": lycoris("algo=lokr", "factor=2", "module_dropout=0.2"),
    "lokr dora": lycoris("algo=lokr", "dora_wd=true", "full_matrix=true"),
    "ia3": lycoris("algo=ia3", "preset=ia3"),
    "lycoris dylora": lycoris("algo=dylora", "block_size=2"),
    "glora": lycoris("algo=glora", "dropout=0.1"),
    "full": lycoris("algo=full", "preset=attn-mlp"),
    "diag-oft": lycoris("algo=diag-oft", "rescaled=true"),
    "boft": lycoris("algo=boft") | {"network_dim": 8},
    "norms": lycoris("algo=lora", "preset=unet-transformer-only", "train_norm=true"),
}
FILE_KINDS: Final = {
    "oft": "oft", "oft everywhere": "oft", "dora": "dora", "loha": "loha", "lokr": "lokr", "lokr dora": "lokr",
    "ia3": "ia3", "glora": "glora", "full": "full", "diag-oft": "oft", "boft": "boft",
}  # fmt: skip
"""What a file says it is; a LoRA where it is not here."""


@cache
def inputs() -> dict[str, Tensor]:
    generator = torch.Generator().manual_seed(5)

    def drawn(*shape: int) -> Tensor:
        return torch.randn(shape, generator=generator)

    ids = torch.randint(1, 40000, (2, 77), generator=generator)
    return {"ids": ids, "latents": drawn(2, 4, 8, 8), "pooled": drawn(2, tiny.POOLED)}


def outputs(base: Base) -> list[Tensor]:
    """Return what text encoders and UNet make of fixed inputs; nothing here touches torch's own generator."""
    given, unet = inputs(), base.unet
    found = [encoder(given["ids"]).last_hidden_state for encoder in base.texts]
    added = {"text_embeds": given["pooled"], "time_ids": torch.full((2, 6), 64.0)}
    times = torch.tensor([7, 800])
    return [*found, unet(given["latents"], times, torch.cat(found, dim=-1), added_cond_kwargs=added).sample]


@cache
def goal(family: FamilyName) -> list[Tensor]:
    """Return what a model that has learned something makes of the inputs."""
    base = building.base(family)
    building.filled(base.build(**KINDS["lora with convolutions"]), 0.4).eval()
    with torch.no_grad():
        return outputs(base)


class Training:
    """A training of a network towards the goal, seeded at every step as the loop seeds every batch."""

    def __init__(self, base: Base, name: str) -> None:
        torch.manual_seed(0)
        settings = building.settings(**NETWORKS[name], learning_rate=SLOWER.get(name, 0.01))
        self.base = base
        self.network: Network = base.build(**NETWORKS[name])
        self.optimizer = torch.optim.AdamW(self.network.parameter_groups(settings))
        self.done = 0

    def loss(self) -> Tensor:
        pairs = zip(outputs(self.base), goal(self.base.family.name), strict=True)
        return torch.stack([(one - two).square().mean() for one, two in pairs]).sum()

    def run(self, steps: int) -> None:
        self.network.train()
        for _ in range(steps):
            torch.manual_seed(100 + self.done)
            self.loss().backward()  # type: ignore[no-untyped-call]
            self.optimizer.step()
            self.optimizer.zero_grad()
            self.done += 1
        self.network.eval()

    def weights(self) -> dict[str, Tensor]:
        """Return copies of what the network goes on from."""
        return {name: tensor.detach().clone() for name, tensor in self.network.training_state().items()}

    def state(self) -> dict[str, Any]:
        """Return copies of all it goes on from."""
        return {"network": self.weights(), "optimizer": copy.deepcopy(self.optimizer.state_dict()), "done": self.done}

    def go_on(self, state: dict[str, Any]) -> None:
        self.network.load_weights(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.done = state["done"]


def resume_is_exact(base: Base, name: str, wanted: dict[str, Tensor], halfway: dict[str, Any]) -> None:
    again = Training(base, name)
    again.go_on(halfway)
    again.run(2)
    found = again.network.training_state()
    again.network.detach()
    assert found.keys() == wanted.keys()
    assert [name for name, tensor in found.items() if not torch.equal(tensor, wanted[name])] == []


def file_is_known(base: Base, path: Path, network: Network, kind: str) -> None:
    """Every name leads back to a module of the base model, and the file says what it is."""
    shapes = check_adapter(path)
    assert kind_of(shapes) == kind
    places = {place.name for place in (*text_places(base.texts, base.family), *unet_places(base.unet, base.family))}
    names = {name.partition(".")[0] for name in shapes}
    assert {name.replace("oft_unet_", "lora_unet_") for name in names} <= places
    assert names == {*network.text_names, *network.unet_names}
    prefixes = {f"{part.lora_prefix}_text_model_" for part in base.family.text_encoders}
    assert all(any(name.startswith(prefix) for prefix in prefixes) for name in network.text_names)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", NETWORKS)
def test_it_learns_goes_on_and_its_file_is_what_was_learned(tmp_path: Path, family: FamilyName, name: str) -> None:
    base, options, path = building.shared_base(family), NETWORKS[name], tmp_path / "x.safetensors"
    with torch.no_grad():
        plain = outputs(base)
    training = Training(base, name)
    network = training.network
    before = float(training.loss().detach())
    training.run(2)
    halfway = training.state()
    training.run(2)
    wanted = training.weights()
    try:
        assert float(training.loss().detach()) < 0.999 * before
        with torch.no_grad():
            learned = outputs(base)
            network.multiplier = 0.0
            assert apart(outputs(base), plain) == 0
        save_adapter(path, network.state_dict(), {})
        file_is_known(base, path, network, FILE_KINDS.get(name, "lora"))
    finally:
        network.detach()
    resume_is_exact(base, name, wanted, halfway)
    again = base.build(**options).eval()
    again.load_weights(load_adapter(path))
    with torch.no_grad():
        loaded = outputs(base)
        again.detach()
        merged = building.base(family)
        assert merge_weights(merged.unet, merged.texts, merged.family, path, 1.0) == network.module_count()
        # a trained scalar goes into the file's tensors, which rounds
        assert apart(loaded, learned) <= (1e-6 if "scalar" in str(options) else 0)
        assert apart(outputs(merged), learned) < ROUNDING
        assert apart(learned, plain) > 100 * ROUNDING


@pytest.mark.parametrize("name", ["loha", "dora", "lycoris dylora"])
def test_a_whole_training_saves_the_kind_and_says_so(train_tiny: MakeRun, name: str) -> None:
    run = train_tiny(max_train_steps=2, **{**NETWORKS[name], "network_dim": 4, "save_precision": "fp16"})
    weights, metadata = run.weights(), run.metadata()
    assert kind_of({key: tuple(tensor.shape) for key, tensor in weights.items()}) == FILE_KINDS.get(name, "lora")
    assert {tensor.dtype for tensor in weights.values()} == {torch.float16}
    assert metadata["ss_network_module"] == "lycoris.kohya"
    assert json.loads(metadata["ss_network_args"])["algo"] == NETWORKS[name]["network_args"][0].removeprefix("algo=")


LEARNERS: Final[dict[str, Options]] = {
    "lora": {},
    "dora": lycoris("algo=lora", "dora_wd=true"),
    "loha": lycoris("algo=loha") | {"network_dim": 8, "network_alpha": 4},
    "lokr": lycoris("algo=lokr", "factor=8") | {"unet_lr": 3e-3, "text_encoder_lr": 1.5e-3},
    "ia3": lycoris("algo=ia3") | {"unet_lr": 2e-2, "text_encoder_lr": 1e-2},
    "glora": lycoris("algo=glora") | {"network_dim": 8, "network_alpha": 4},
    "full": lycoris("algo=full", "train_norm=true") | {"unet_lr": 1e-4, "text_encoder_lr": 5e-5},
    "diag-oft": lycoris("algo=diag-oft") | {"network_dim": 8},
}
"""Kinds as they learn the demo's subject, at rates that suit them; what is not set is as in the demo."""


@pytest.mark.slow
@pytest.mark.parametrize("name", LEARNERS)
def test_tiny_sd_learns_the_demos_subject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(ROOT)
    values = tomllib.loads((ROOT / "config" / "default.toml").read_text(encoding="utf-8"))
    quiet = {"sample_prompts": "", "sample_every_n_epochs": None, "save_every_n_epochs": None, "sample_grid": False}
    places = {"output_dir": str(tmp_path), "logging_dir": str(tmp_path / "logs")}
    run = making.run(TrainSettings.model_validate({**values, **quiet, **places, **LEARNERS[name]}), tmp_path / "job")
    found = lora_measures(load_base(identify(ROOT / "sd-models" / "tiny-sd"), dtype=torch.float32), run.file)
    assert found.subject_lora > found.subject_base + SUBJECT_MARGIN, found
    assert found.prior_likeness_to_subject < 0.15, found
    assert found.prior_fidelity_lora >= found.prior_fidelity_base - 4, found
