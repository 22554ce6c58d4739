"""The blocks of train.sh and train.ps1 and config/default.toml are held to the settings definition."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import tree_sitter
import tree_sitter_powershell

from mikazuki.settings.load import gather, load_toml, parse, parse_set
from mikazuki.settings.train import TrainSettings

ROOT = Path(__file__).resolve().parents[2]
POWERSHELL = tree_sitter.Language(tree_sitter_powershell.language())
BASH_LINE = re.compile(r"""^\s+(?P<off># )?(?P<name>[a-z_0-9]+)="(?P<value>[^"]*)"\s+# (?P<words>.+)$""")
POWERSHELL_LINE = re.compile(r"""^\s+# (?P<name>[a-z_0-9]+) = "(?P<value>[^"]*)"\s+# .+$""", re.MULTILINE)
TOML_OFF = re.compile(r"""^# (?P<name>[a-z_0-9]+) = (?P<value>\S+)\s+# .+$""", re.MULTILINE)

Block = dict[str, str]


def bash_block() -> tuple[Block, Block]:
    """Return train.sh's options that are set and those behind #."""
    text = (ROOT / "train.sh").read_text(encoding="utf-8")
    lines = text.split("settings=(\n")[1].split("\n)\n")[0].splitlines()
    found: tuple[Block, Block] = ({}, {})
    for line in lines:
        match = BASH_LINE.match(line)
        if match:
            found[bool(match["off"])][match["name"]] = match["value"]
        else:
            assert not line.strip() or re.match(r"^  # [^=]+$", line), f"no setting and no heading: {line}"
    return found


def powershell_tree(script: Path) -> tree_sitter.Tree:
    return tree_sitter.Parser(POWERSHELL).parse(script.read_text(encoding="utf-8-sig").encode())


def nodes(node: tree_sitter.Node) -> Iterator[tree_sitter.Node]:
    yield node
    for child in node.children:
        yield from nodes(child)


def powershell_block() -> tuple[Block, Block]:
    """Return train.ps1's options that are set, by the parser, and those behind #."""
    script = ROOT / "train.ps1"
    tree = powershell_tree(script)
    block = next(node for node in nodes(tree.root_node) if node.type == "hash_literal_expression")
    values = {}
    for entry in (node for node in nodes(block) if node.type == "hash_entry"):
        parts = [node.text.decode() for node in entry.children if node.text and node.type != "comment"]
        name, value = parts[0], parts[-1]
        assert value.startswith('"'), f"{name}: every value is text in quotes, as in train.sh"
        values[name] = value.strip('"')
    off = {match["name"]: match["value"] for match in POWERSHELL_LINE.finditer(script.read_text(encoding="utf-8-sig"))}
    return values, off


def settings_of(block: Block) -> TrainSettings:
    values, sources = gather(None, dict(parse_set(f"{name}={value}", TrainSettings) for name, value in block.items()))
    return parse(TrainSettings, values, sources)


def test_both_blocks_are_the_same() -> None:
    assert bash_block() == powershell_block()


def test_the_block_and_the_default_file_set_the_same_options_to_the_same_values() -> None:
    values, off = bash_block()
    text = (ROOT / "config" / "default.toml").read_text(encoding="utf-8")
    assert list(tomllib.loads(text)) == list(values)
    assert [match["name"] for match in TOML_OFF.finditer(text)] == list(off)
    file = parse(TrainSettings, load_toml(ROOT / "config" / "default.toml"), "config/default.toml")
    assert settings_of(values) == file


def test_every_option_that_is_off_may_be_set_as_it_stands() -> None:
    values, off = bash_block()
    settings = settings_of(values | off)
    assert set(off) <= settings.model_fields_set


def test_what_people_know_from_such_blocks_is_there() -> None:
    values, off = bash_block()
    known = {
        *("pretrained_model_name_or_path", "model_type", "v_parameterization", "train_data_dir", "reg_data_dir"),
        *("network_module", "network_weights", "network_dim", "network_alpha", "resolution", "train_batch_size"),
        *("max_train_epochs", "save_every_n_epochs", "network_train_unet_only", "network_train_text_encoder_only"),
        *("noise_offset", "keep_tokens", "min_snr_gamma", "learning_rate", "unet_lr", "text_encoder_lr"),
        *("lr_scheduler", "lr_warmup_steps", "lr_scheduler_num_cycles", "optimizer_type", "output_name"),
        *("save_model_as", "save_state", "resume", "min_bucket_reso", "max_bucket_reso", "clip_skip", "lowram"),
        *("num_processes", "log_with", "log_tracker_name", "mixed_precision", "save_precision", "seed"),
    }
    assert known <= values.keys() | off.keys()


@pytest.mark.parametrize("name", ["train.ps1", "install.ps1", "install-cn.ps1", "run_gui.ps1"])
def test_powershell_parses_and_is_read_as_utf8_by_old_versions(name: str) -> None:
    data = (ROOT / name).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "PowerShell 5.1 takes a file without a mark for the system's code page"
    wrong = [node for node in nodes(powershell_tree(ROOT / name).root_node) if node.type == "ERROR" or node.is_missing]
    assert not wrong, [(node.start_point, node.text) for node in wrong]


@pytest.mark.parametrize("name", ["train.sh", "install.sh", "test.sh", ".ci/run", "run_gui.sh"])
def test_bash_scripts_have_unix_line_ends_and_stop_at_errors(name: str) -> None:
    data = (ROOT / name).read_bytes()
    assert b"\r" not in data
    assert b"set -euo pipefail" in data or b"exec bash test.sh" in data
