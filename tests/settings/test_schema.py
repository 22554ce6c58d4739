from mikazuki.settings.schema import bounds_in_symbols, bounds_in_words, is_text, option_schema
from mikazuki.settings.train import TrainSettings


def test_bounds() -> None:
    schema = option_schema(TrainSettings, "network_dropout")
    assert bounds_in_words(schema) == "at least 0 and below 1"
    assert bounds_in_symbols(schema) == ">= 0, < 1"
    assert bounds_in_words(option_schema(TrainSettings, "bucket_reso_steps")) == "above 0 and a multiple of 8"
    assert bounds_in_words(option_schema(TrainSettings, "flip_aug")) == ""


def test_text_is_told_from_numbers() -> None:
    text = ("output_name", "vae", "model_type", "save_precision")
    assert all(is_text(option_schema(TrainSettings, name)) for name in text)
    others = ("seed", "lr_warmup_steps", "resolution", "network_args", "sdpa")
    assert not any(is_text(option_schema(TrainSettings, name)) for name in others)
