import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from mikazuki.errors import EXIT_WRONG_REQUEST, MikazukiError
from mikazuki.settings.load import dump_toml, gather, load_toml, parse, parse_set, toml_value
from mikazuki.settings.schema import option_schema
from mikazuki.settings.train import TrainSettings

REQUIRED = {"pretrained_model_name_or_path": "m.safetensors", "train_data_dir": "pictures"}


def refused(values: dict[str, Any], source: str | dict[str, str] = "my.toml") -> str:
    with pytest.raises(MikazukiError) as caught:
        parse(TrainSettings, {**REQUIRED, **values}, source)
    assert caught.value.code == "settings-wrong"
    assert caught.value.exit_code == EXIT_WRONG_REQUEST
    return caught.value.message


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "my settings.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_sections_are_flattened_and_none_are_needed(tmp_path: Path) -> None:
    path = write(tmp_path, 'seed = 1\n[model]\nvae = "x"\n[any_name]\nnetwork_dim = 8\nresolution = "512,768"\n')
    assert load_toml(path) == {"seed": 1, "vae": "x", "network_dim": 8, "resolution": "512,768"}


def test_a_byte_order_mark_and_windows_line_ends_are_tolerated(tmp_path: Path) -> None:
    assert load_toml(write(tmp_path, b'\xef\xbb\xbfoutput_name = "\xe7\x8c\xab"\r\nseed = 1\r\n')) == {
        "output_name": "\u732b",
        "seed": 1,
    }


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("seed = 1\nseed 2\n", "config-syntax", "line 2"),
        ('vae = "C:\\models\\new"', "config-syntax", "my settings.toml"),
        ("seed = 1\n[model]\nseed = 2\n", "config-shape", "seed stands in the top of the file and in [model]"),
        ("[a]\nseed = 1\n[b]\nseed = 2\n", "config-shape", "seed stands in [a] and in [b]"),
        ("[a.b]\nseed = 1\n", "config-shape", "[a.b] is a section inside a section"),
        (b'# gut\noutput_name = "K\xe4tze"\n', "config-not-utf8", "line 2"),
    ],
)
def test_broken_files_are_named_with_the_place(tmp_path: Path, text: str | bytes, code: str, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(MikazukiError) as caught:
        load_toml(path)
    assert (caught.value.code, caught.value.exit_code) == (code, EXIT_WRONG_REQUEST)
    assert str(path) in caught.value.message
    assert said in caught.value.message
    assert caught.value.hint


def test_a_windows_path_in_double_quotes_gets_the_right_hint(tmp_path: Path) -> None:
    with pytest.raises(MikazukiError, match="use / in paths"):
        load_toml(write(tmp_path, 'vae = "C:\\models\\vae.pt"'))


def test_a_missing_file_names_the_nearest_one(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    with pytest.raises(MikazukiError) as caught:
        load_toml(tmp_path / "my setting.toml")
    assert caught.value.code == "config-not-found"
    assert str(path) in caught.value.hint
    with pytest.raises(MikazukiError, match="is a folder"):
        load_toml(tmp_path)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("seed=1", ("seed", 1)),
        ("learning_rate=1e-4", ("learning_rate", 1e-4)),
        ("flip_aug=true", ("flip_aug", True)),
        ("resolution=512,768", ("resolution", "512,768")),
        ("resolution=512", ("resolution", 512)),
        ('network_args=["conv_dim=4"]', ("network_args", ["conv_dim=4"])),
        ("network_args=conv_dim=4 conv_alpha=1", ("network_args", "conv_dim=4 conv_alpha=1")),
        ("output_name=2024", ("output_name", "2024")),
        ("output_name=true", ("output_name", "true")),
        ("output_name=2024-01-01", ("output_name", "2024-01-01")),
        ('output_name="quoted"', ("output_name", "quoted")),
        ("train_data_dir=./a b/\u732b", ("train_data_dir", "./a b/\u732b")),
        ("vae=C:\\models\\new", ("vae", "C:\\models\\new")),
        ("seed=", ("seed", None)),
        ("unheard_of=3", ("unheard_of", 3)),
    ],
)
def test_changes_on_the_command_line(text: str, pair: tuple[str, Any]) -> None:
    assert parse_set(text, TrainSettings) == pair


@pytest.mark.parametrize("text", ["seed", "=3", " = 3"])
def test_a_change_that_is_none(text: str) -> None:
    with pytest.raises(MikazukiError, match="KEY=VALUE"):
        parse_set(text, TrainSettings)


def test_changes_win_over_the_file_and_an_empty_one_is_the_default(tmp_path: Path) -> None:
    path = write(tmp_path, 'pretrained_model_name_or_path = "m"\ntrain_data_dir = "d"\nseed = 1\nnetwork_dim = 8\n')
    values, sources = gather(path, {"seed": 3, "network_dim": None})
    read = parse(TrainSettings, values, sources)
    assert (read.seed, read.network_dim) == (3, 4)
    assert (sources["seed"], sources["train_data_dir"]) == ("the command line", str(path))


def test_empty_text_is_not_set_for_every_option_that_may_be_not_set() -> None:
    fields = TrainSettings.model_fields
    optional = {name: "" for name, field in fields.items() if field.default is None and name not in REQUIRED}
    assert {"seed", "clip_skip", "v_parameterization", "vae"} <= set(optional)
    assert parse(TrainSettings, {**REQUIRED, **optional}, "x") == parse(TrainSettings, REQUIRED, "x")


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("learning_rate", "1e-4x", "learning_rate = '1e-4x' is not a number"),
        ("max_grad_norm", float("inf"), "max_grad_norm = inf is not a finite number"),
        ("network_dim", 4.5, "network_dim = 4.5 is not a whole number"),
        ("network_dim", "four", "network_dim = 'four' is not a whole number"),
        ("network_dim", 0, "network_dim = 0 is out of bounds: it must be above 0"),
        ("caption_dropout_rate", 2, "caption_dropout_rate = 2 is out of bounds: it must be at least 0 and at most 1"),
        ("flip_aug", "perhaps", "flip_aug = 'perhaps' is neither true nor false"),
        ("vae", 3, "vae = 3 is not text"),
        ("model_type", "sd3", "model_type = 'sd3' is none of auto, sd1, sd2, sdxl"),
        ("resolution", "12", "resolution: [12, 12]: both sides must be between 64 and 8192 pixels"),
        ("network_args", ["a"], "network_args: 'a' must be written key=value"),
        ("network_args", 3, "network_args = 3 is not a list"),
        ("lr_warmup_steps", "ten", "lr_warmup_steps: 'ten' is neither a number of steps nor a share such as 10%"),
        ("output_name", "a/b", "output_name = 'a/b' holds a character that file names cannot have"),
        ("lerning_rate", 1, "lerning_rate is not an option; did you mean learning_rate?"),
        ("network-dim", 1, "network-dim is not an option; did you mean network_dim?"),
        ("zzzz", 1, "zzzz is not an option"),
        ("sdxl", True, 'sdxl is not an option here: write model_type = "sdxl"'),
        ("deepspeed", True, "deepspeed is not an option here: DeepSpeed splits what is trained over several GPUs"),
        ("clip_skip", {"a": 1}, "clip_skip = {'a': 1} is not a whole number"),
    ],
)
def test_each_kind_of_mistake_in_plain_words(key: str, value: Any, said: str) -> None:
    assert said in refused({key: value})


def test_all_problems_are_told_at_once_one_a_line() -> None:
    message = refused({"learning_rate": "fast", "lerning_rate": 1, "network_dim": 0})
    assert message.splitlines()[0] == "my.toml: 3 settings are wrong:"
    assert len(message.splitlines()) == 4


def test_options_that_exclude_each_other() -> None:
    message = refused({"network_train_unet_only": True, "network_train_text_encoder_only": True, "resolution": 128})
    assert "exclude each other" in message
    assert "min_bucket_reso 256 is larger than resolution 128,128" in message


def test_missing_options_are_named_with_what_they_are() -> None:
    with pytest.raises(MikazukiError) as caught:
        parse(TrainSettings, {}, "my.toml")
    assert "pretrained_model_name_or_path is missing: base model" in caught.value.message
    with pytest.raises(MikazukiError) as caught:
        parse(TrainSettings, {"pretrained_model_name_or_path": "m.safetensors"}, "my.toml")
    assert "train_data_dir is missing: name the folder of pictures" in caught.value.message


def test_the_source_of_each_problem_is_told_where_there_are_several() -> None:
    message = refused({"seed": -1, "network_dim": 0}, {"seed": "the command line", "network_dim": "my.toml"})
    assert "(from the command line)" in message
    assert "(from my.toml)" in message


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda value: bool(value.strip()))

SPECIAL: dict[str, st.SearchStrategy[Any]] = {
    "resolution": st.tuples(st.integers(256, 1024), st.integers(256, 1024)),
    "output_name": st.text(st.characters(categories=["L", "N"]), min_size=1),
    "bucket_reso_steps": st.integers(1, 32).map(lambda value: value * 8),
    "face_crop_aug_range": st.just("1.5,3"),
    "hypernetwork_sizes": st.lists(st.integers(1, 4096), min_size=1),
    "hypernetwork_layer_structure": st.just("1,2,1"),
    "hypernetwork_dropout_structure": st.just("0,0.3,0"),
}


def strategy_of(name: str) -> st.SearchStrategy[Any]:
    """Values an option takes, told by its schema."""
    schema = option_schema(TrainSettings, name)
    if "enum" in schema or "const" in schema:
        return st.sampled_from(schema.get("enum", [schema.get("const")]))
    by_kind = {
        "boolean": st.booleans(),
        "integer": st.integers(schema.get("minimum", 1), min(schema.get("maximum", 2**31), 2**31)),
        "number": st.floats(0.001, 0.99),
        "array": st.lists(
            st.floats(0, 0.99)
            if schema.get("items", {}).get("type") == "number"
            else TEXT.map(lambda value: f"key={value}"),
            min_size=1,
        ),
    }
    return SPECIAL[name] if name in SPECIAL else by_kind.get(schema["type"], TEXT)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(st.data())
def test_what_is_written_reads_back_equal(data: st.DataObject) -> None:
    names = data.draw(st.sets(st.sampled_from(sorted(TrainSettings.model_fields)), max_size=6))
    values = {**REQUIRED, "sample_prompts": "p.txt", **{name: data.draw(strategy_of(name)) for name in sorted(names)}}
    try:
        written = parse(TrainSettings, values, "here")
    except MikazukiError as error:
        # options that do not go together; a wrong kind of value would be a mistake of this test
        if any(f"- {name} =" in error.message for name in names):
            raise
        reject()
    again = tomllib.loads(dump_toml(written))
    flat = {key: value for section in again.values() for key, value in section.items()}
    assert parse(TrainSettings, flat, "there") == written


def test_the_written_file_explains_itself_and_uses_upstreams_forms() -> None:
    text = dump_toml(parse(TrainSettings, {**REQUIRED, "resolution": "512,768"}, "here"))
    assert "[dataset]" in text
    assert 'resolution = "512,768"' in text
    assert "# Rank of the LoRA.\nnetwork_dim = 4" in text
    assert "# seed =" in text


@pytest.mark.parametrize("value", ["a\x7fb", 'quote " and \\', "\u732b\n\t", "\x00", ""])
def test_any_text_survives_toml(value: str) -> None:
    assert tomllib.loads(f"x = {toml_value(value)}")["x"] == value
