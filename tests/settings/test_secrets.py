from mikazuki.settings.load import dump_toml
from mikazuki.settings.secrets import without_secrets
from mikazuki.settings.train import TrainSettings


def test_secrets_leave_the_settings_for_the_environment() -> None:
    settings = TrainSettings(
        pretrained_model_name_or_path="model",
        train_data_dir="pictures",
        wandb_api_key="w-1",
        huggingface_token="h-2",  # noqa: S106
    )
    clean, variables = without_secrets(settings)
    assert variables == {"WANDB_API_KEY": "w-1", "HF_TOKEN": "h-2"}
    assert "w-1" not in dump_toml(clean)
    assert "h-2" not in dump_toml(clean)


def test_nothing_is_set_where_nothing_is_given() -> None:
    settings = TrainSettings(pretrained_model_name_or_path="model", train_data_dir="pictures")
    assert without_secrets(settings) == (settings, {})
