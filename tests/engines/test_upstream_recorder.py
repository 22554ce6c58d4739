"""The recorder around a script that has the trainer's functions and trains a single matrix."""

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from mikazuki.engines import upstream_recorder
from mikazuki.engines.upstream_recorder import Recorder

LIBRARY = """
import torch

def get_noise_noisy_latents_and_timesteps(args, noise_scheduler, latents):
    noise = torch.full_like(latents, 3.0)
    return noise, latents + noise, torch.tensor([7, 9])
"""
TRAINER = """
import sys
import torch
from library import train_util

class Accelerator:
    def unwrap_model(self, network):
        return network

class NetworkTrainer:
    def process_batch(self, batch, network, accelerator, is_train=True):
        noise, noisy, timesteps = train_util.get_noise_noisy_latents_and_timesteps(None, None, batch["latents"] * 0.5)
        predicted = self.call_unet(network, noisy, timesteps, self.conditions(batch))
        return (predicted - noise).square().mean()

    def conditions(self, batch):
        return [batch["cond"]]

    def call_unet(self, network, noisy_latents, timesteps, text_conds):
        return network(noisy_latents)

    def batch(self, number):
        sizes = ("original_sizes_hw", "crop_top_lefts", "target_sizes_hw")
        pairs = {name: torch.full((2, 2), number) for name in sizes}
        return {
            **pairs, "latents": torch.full((2, 1, 1, 4), float(number)), "cond": torch.full((2, 77, 8), number + 0.5),
            "loss_weights": torch.ones(2), "captions": ["a cat", "\\u732b"], "network_multipliers": torch.ones(2),
            "input_ids_list": self.ids(),
        }

    def ids(self):
        return [torch.ones(2, 1, 77, dtype=torch.long)]

    def train(self, steps):
        torch.manual_seed(0)
        network = torch.nn.Linear(4, 4, bias=False)
        optimizer = torch.optim.SGD(network.parameters(), 0.01)
        for number in range(steps):
            loss = self.process_batch(self.batch(number), network, Accelerator())
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            self.process_batch(self.batch(99), network, Accelerator(), is_train=False)
"""
MAIN = """
if __name__ == "__main__":
    {trainer}().train(int(sys.argv[1]))
"""
SDXL = """
import sys
import torch
import train_network

class SdxlNetworkTrainer(train_network.NetworkTrainer):
    def conditions(self, batch):
        return [batch["cond"], batch["cond"], batch["cond"][:, 0]]

    def ids(self):
        return None
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Scripts of the shape of upstream's; what they import is forgotten afterwards."""
    folder = tmp_path / "my scripts"
    (folder / "library").mkdir(parents=True)
    (folder / "library" / "__init__.py").write_text("")
    (folder / "library" / "train_util.py").write_text(LIBRARY)
    (folder / "train_network.py").write_text(TRAINER + MAIN.format(trainer="NetworkTrainer"))
    (folder / "sdxl_train_network.py").write_text(SDXL + MAIN.format(trainer="SdxlNetworkTrainer"))
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    monkeypatch.setattr(sys, "argv", [])
    yield folder
    for name in ("library", "library.train_util", "train_network"):
        sys.modules.pop(name, None)


def test_every_step_is_written_down(checkout: Path, tmp_path: Path) -> None:
    folder = tmp_path / "record"
    upstream_recorder.main([str(folder), str(checkout / "train_network.py"), "3"])
    steps = load_file(folder / "steps.safetensors")
    assert {name for name in steps if name.startswith("01.")} == {
        f"01.{name}"
        for name in (
            "latents", "noise", "timesteps", "cond", "input_ids", "loss", "loss_weights", "strength",
            "original_sizes_hw", "crop_top_lefts", "target_sizes_hw",
        )
    }  # fmt: skip
    assert torch.equal(steps["02.latents"], torch.full((2, 1, 1, 4), 1.0)), "scaled, as noise is added to them"
    assert torch.equal(steps["02.cond"], torch.full((2, 77, 8), 2.5))
    assert steps["00.timesteps"].tolist() == [7, 9]
    lines = [json.loads(line) for line in (folder / "steps.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["step"] for line in lines] == [0, 1, 2], "validation is no step"
    assert lines[1]["captions"] == ["a cat", "\u732b"]
    assert lines[1]["loss"] == pytest.approx(float(steps["01.loss"]))


def test_the_network_is_that_before_the_first_step(checkout: Path, tmp_path: Path) -> None:
    upstream_recorder.main([str(tmp_path / "record"), str(checkout / "train_network.py"), "2"])
    torch.manual_seed(0)
    began = torch.nn.Linear(4, 4, bias=False).weight
    assert torch.equal(load_file(tmp_path / "record" / "lora_before.safetensors")["weight"], began)


def test_sdxl_has_three_conditions_and_may_have_no_ids(checkout: Path, tmp_path: Path) -> None:
    upstream_recorder.main([str(tmp_path / "record"), str(checkout / "sdxl_train_network.py"), "1"])
    steps = load_file(tmp_path / "record" / "steps.safetensors")
    assert steps["00.cond2"].shape == (2, 77, 8)
    assert steps["00.pool2"].shape == (2, 8)
    assert not [name for name in steps if "input_ids" in name]


def test_a_script_without_that_trainer_is_refused(checkout: Path, tmp_path: Path) -> None:
    script = checkout / "other.py"
    script.write_text("import sys\nfrom library import train_util\n" + MAIN.format(trainer="print"))
    with pytest.raises(LookupError, match="process_batch"):
        upstream_recorder.run_script(script, ["1"], Recorder())
    assert not (tmp_path / "record").exists()


def test_it_needs_nothing_but_the_standard_library_until_it_writes() -> None:
    tree = ast.parse(Path(upstream_recorder.__file__).read_text(encoding="utf-8"))
    names = [alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names]
    names += [str(node.module) for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names
