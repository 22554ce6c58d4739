"""One value at a time."""

from typing import Any

import pytest

from mikazuki.settings.upstream.forms import means_default, take
from mikazuki.settings.upstream.options import Option, options_of

LORA = options_of("train_network")
SDXL = options_of("sdxl_train")
DRAW = options_of("gen_img")

RIGHT: list[tuple[Option, Any, Any]] = [
    (LORA["learning_rate"], "1e-4", 1e-4),
    (LORA["learning_rate"], 1, 1.0),
    (LORA["network_dim"], 8.0, 8),
    (LORA["network_dim"], "8", 8),
    (LORA["output_name"], 2024, "2024"),
    (LORA["resolution"], 512, "512,512"),
    (LORA["resolution"], "768,512", "768,512"),
    (LORA["lr_warmup_steps"], "10%", 0.1),
    (LORA["lr_warmup_steps"], "100", 100),
    (LORA["lr_warmup_steps"], 0.25, 0.25),
    (LORA["lr_warmup_steps"], 0, 0),
    (LORA["text_encoder_lr"], 1e-5, [1e-5]),
    (LORA["text_encoder_lr"], [1, 0.5], [1.0, 0.5]),
    (LORA["text_encoder_lr"], "1e-5 2e-5", [1e-5, 2e-5]),
    (LORA["network_args"], "conv_dim=4 algo=loha", ["conv_dim=4", "algo=loha"]),
    (LORA["network_args"], ["preset=a=b"], ["preset=a=b"]),
    (LORA["optimizer_args"], ["betas=0.9,0.99", "decouple=true"], ["betas=0.9,0.99", "decouple=True"]),
    (LORA["max_token_length"], 75, 75),
    (LORA["max_token_length"], 225, 225),
    (LORA["face_crop_aug_range"], "2.0,4.0", "2.0,4.0"),
    (LORA["flip_aug"], True, True),
    (LORA["dataset_config"], "a b.toml", "a b.toml"),
    (SDXL["block_lr"], ",".join(["1e-5"] * 23), ",".join(["1e-5"] * 23)),
    (DRAW["noise_offset_range"], [0.0, 0.1], [0.0, 0.1]),
]

WRONG: list[tuple[Option, Any, str]] = [
    (LORA["learning_rate"], "fast", "is not a number"),
    (LORA["learning_rate"], True, "is not a number"),
    (LORA["learning_rate"], float("nan"), "is not a finite number"),
    (LORA["learning_rate"], -1, "is out of bounds: it must be at least 0"),
    (LORA["network_dim"], 1.5, "is not a whole number"),
    (LORA["network_dim"], 10**400, "is not a number"),
    (LORA["flip_aug"], 1, "is neither true nor false"),
    (LORA["output_name"], True, "is not text"),
    (LORA["output_name"], ["a"], "is not text"),
    (LORA["loss_type"], "l3", "is none of l1, l2, huber, smooth_l1"),
    (LORA["resolution"], "wide", "is no size in pixels"),
    (LORA["resolution"], 10, "is no size in pixels"),
    (LORA["lr_warmup_steps"], "soon", "neither a number of steps nor a share"),
    (LORA["lr_warmup_steps"], True, "neither a number of steps nor a share"),
    (LORA["network_args"], ["conv_dim"], "must be written key=value"),
    (LORA["optimizer_args"], ["betas=fast"], "neither number, True, False, tuple"),
    (LORA["optimizer_args"], ["a=1=2"], "neither number"),
    (LORA["optimizer_args"], ["a='b=c'"], "second ="),
    (LORA["max_token_length"], 255, "is none of 75, 150, 225"),
    (LORA["sample_prompts"], "a cat --w 512", "must be the name of a file"),
    (LORA["face_crop_aug_range"], "4,2", "is no range"),
    (SDXL["block_lr"], "1,2", "must be 23 rates"),
    (DRAW["noise_offset_range"], [0.1], "needs 2 values"),
]


@pytest.mark.parametrize(("option", "value", "taken"), RIGHT)
def test_a_right_value_gets_exactly_the_type_that_upstream_needs(option: Option, value: Any, taken: Any) -> None:
    found = take(option, value)
    assert found == taken
    assert type(found) is type(taken)


@pytest.mark.parametrize(("option", "value", "said"), WRONG)
def test_a_wrong_value_is_told_what_is_wrong(option: Option, value: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        take(option, value)


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        (LORA["unet_lr"], "", True),
        (LORA["unet_lr"], None, True),
        (LORA["unet_lr"], 0, False),
        (LORA["reg_data_dir"], " ", True),
        (LORA["keep_tokens_separator"], "", False),
        (LORA["network_args"], [], True),
    ],
)
def test_empty_means_the_default_where_nothing_else_can_be_meant(option: Option, value: Any, expected: bool) -> None:  # noqa: FBT001
    assert means_default(option, value) is expected
