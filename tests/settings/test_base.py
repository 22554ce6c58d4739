from mikazuki.settings.base import choices, sections
from mikazuki.settings.train import TrainSettings


def test_sections_hold_every_option_once_in_the_order_of_the_file() -> None:
    grouped = sections(TrainSettings)
    names = [name for fields in grouped.values() for name in fields]
    assert sorted(names) == sorted(TrainSettings.model_fields)
    assert len(names) == len(set(names))
    assert list(grouped)[:2] == ["model", "dataset"]
    assert next(iter(grouped["model"])) == "pretrained_model_name_or_path"


def test_choices_also_of_options_that_may_be_not_set() -> None:
    assert choices(TrainSettings.model_fields["model_type"]) == ["auto", "sd1", "sd2", "sdxl"]
    assert choices(TrainSettings.model_fields["save_precision"]) == ["float", "fp16", "bf16"]
    assert choices(TrainSettings.model_fields["network_dim"]) == []


def test_every_option_has_a_description() -> None:
    assert [name for name, field in TrainSettings.model_fields.items() if not field.description] == []
