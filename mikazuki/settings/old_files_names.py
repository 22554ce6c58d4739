"""Tables for settings of other launchers: what their names are called here, and why some have no place."""

from collections.abc import Mapping
from typing import Any, Final

RENAMED: Final[Mapping[str, str]] = {
    # train.ps1 and train.sh of lora-scripts
    "pretrained_model": "pretrained_model_name_or_path",
    "is_v2_model": "v2",
    "parameterization": "v_parameterization",
    "batch_size": "train_batch_size",
    "max_train_epoches": "max_train_epochs",
    "train_unet_only": "network_train_unet_only",
    "train_text_encoder_only": "network_train_text_encoder_only",
    "lr": "learning_rate",
    "use_lion": "use_lion_optimizer",
    # TOML files of lora-scripts
    "lr_restart_cycles": "lr_scheduler_num_cycles",
    # JSON of kohya_ss
    "epoch": "max_train_epochs",
    "max_resolution": "resolution",
    "optimizer": "optimizer_type",
    "lora_network_weights": "network_weights",
    "flux1_cache_text_encoder_outputs": "cache_text_encoder_outputs",
    "flux1_cache_text_encoder_outputs_to_disk": "cache_text_encoder_outputs_to_disk",
    "sd3_cache_text_encoder_outputs": "cache_text_encoder_outputs",
    "sd3_cache_text_encoder_outputs_to_disk": "cache_text_encoder_outputs_to_disk",
    "lowvram": "lowram",
    "caption_extention": "caption_extension",
    "image_folder": "train_data_dir",
}
"""Their name -> ours, for the same thing."""

TRAIN_TYPES: Final[Mapping[str, tuple[str, str]]] = {
    "sd-lora": ("lora", "auto"),
    "sdxl-lora": ("lora", "sdxl"),
    "sd3-lora": ("lora", "sd3"),
    "flux-lora": ("lora", "flux"),
    "lumina-lora": ("lora", "lumina"),
    "lumina2-lora": ("lora", "lumina"),
    "anima-lora": ("lora", "anima"),
    "hunyuan-image-lora": ("lora", "hunyuan_image"),
    "sd-dreambooth": ("dreambooth", "sd1"),
    "sdxl-finetune": ("full", "sdxl"),
    "flux-finetune": ("full", "flux"),
}
"""lora-scripts' ``model_train_type`` -> method and family."""

MODEL_TYPES: Final[Mapping[str, str]] = {"sd1.5": "sd1", "sd2.0": "sd2", "sdxl": "sdxl", "flux": "flux"}
"""``model_type`` at the top of lora-scripts' scripts -> family."""

NETWORK_FAMILIES: Final[Mapping[str, str]] = {
    "networks.lora_flux": "flux",
    "networks.oft_flux": "flux",
    "networks.lora_sd3": "sd3",
    "networks.lora_lumina": "lumina",
    "networks.lora_anima": "anima",
    "networks.lora_hunyuan_image": "hunyuan_image",
}
"""``network_module`` that only one family has -> that family."""

LORA_TYPES: Final[Mapping[str, tuple[str, str]]] = {
    "Standard": ("networks.lora", ""),
    "Kohya LoCon": ("networks.lora", ""),
    "Kohya DyLoRA": ("networks.dylora", ""),
    "LoRA-FA": ("networks.lora_fa", ""),
    "Flux1": ("networks.lora_flux", ""),
    "Flux1 OFT": ("networks.oft_flux", ""),
    "Lumina": ("networks.lora_lumina", ""),
    "Anima": ("networks.lora_anima", ""),
    "HunyuanImage-2.1": ("networks.lora_hunyuan_image", ""),
    "LoCon": ("lycoris.kohya", "locon"),
    "LyCORIS/LoCon": ("lycoris.kohya", "locon"),
    "LyCORIS/LoHa": ("lycoris.kohya", "loha"),
    "LyCORIS/LoKr": ("lycoris.kohya", "lokr"),
    "LyCORIS/iA3": ("lycoris.kohya", "ia3"),
    "LyCORIS/BOFT": ("lycoris.kohya", "boft"),
    "LyCORIS/Diag-OFT": ("lycoris.kohya", "diag-oft"),
    "LyCORIS/DyLoRA": ("lycoris.kohya", "dylora"),
    "LyCORIS/GLoRA": ("lycoris.kohya", "glora"),
    "LyCORIS/Native Fine-Tuning": ("lycoris.kohya", "full"),
}
"""kohya_ss' ``LoRA_type`` -> network module and LyCORIS algorithm."""

FAMILY_BOXES: Final[Mapping[str, str]] = {
    "sdxl": "sdxl",
    "sdxl_checkbox": "sdxl",
    "flux1_checkbox": "flux",
    "sd3_checkbox": "sd3",
    "lumina_checkbox": "lumina",
    "anima_checkbox": "anima",
    "hunyuan_image_checkbox": "hunyuan_image",
}
"""kohya_ss' boxes -> family."""

_LAUNCH: Final = "it is about the start of the program, which is set up by itself here"
_FORM: Final = "it belongs to the other program's form"
_TRIED: Final = "no trainer has this option any more"

REASONS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            "num_cpu_threads_per_process", "num_machines", "main_process_port", "extra_accelerate_launch_args",
            "dynamo_mode", "dynamo_use_dynamic", "dynamo_use_fullgraph", "multi_gpu",
        ),
        _LAUNCH,
    ),
    **dict.fromkeys(
        (
            "model_list", "save_as_bool", "training_preset", "train_blocks", "headless", "create_caption",
            "create_buckets", "trainer_file", "launch_script", "ui_custom_params", "enable_preview",
            "enable_block_weights", "enable_base_weight", "LyCORIS_preset", "config_file", "output_config",
            "train_type",
        ),
        _FORM,
    ),
    **dict.fromkeys(
        (
            "enable_contrastive", "negative_sampling_method", "noise_strength", "contrastive_weight",
            "contrastive_warmup_steps", "gan_lambda",
        ),
        _TRIED,
    ),
    "stop_text_encoder_training": "upstream's LoRA trainer has no such option: the text encoder learns to the end",
    "no_token_padding": "upstream takes it for DreamBooth alone, and warns against it there",
    "randomly_choice_prompt": "pictures to compare need the same prompts each time: write them into the prompt file",
    "wandb_api_key": "keys are not written into files: set WANDB_API_KEY in the environment",
    "huggingface_token": "tokens are not written into files: set HF_TOKEN in the environment",
}  # fmt: skip
"""Why an option is left out."""

LYCORIS_ARGUMENTS: Final[tuple[str, ...]] = (
    "conv_dim", "conv_alpha", "rank_dropout", "module_dropout", "dropout", "use_tucker", "use_scalar", "use_cp",
    "rank_dropout_scale", "constrain", "rescaled", "train_norm", "decompose_both", "train_on_input", "factor",
    "dora_wd", "bypass_mode", "block_size",
)  # fmt: skip
"""Options of a form that LyCORIS takes as arguments of its network."""

LORA_ARGUMENTS: Final[tuple[str, ...]] = (
    "conv_dim", "conv_alpha", "rank_dropout", "module_dropout", "down_lr_weight", "mid_lr_weight", "up_lr_weight",
    "block_lr_zero_threshold", "block_dims", "block_alphas", "conv_block_dims", "conv_block_alphas", "unit",
    "loraplus_lr_ratio", "loraplus_unet_lr_ratio", "loraplus_text_encoder_lr_ratio",
)  # fmt: skip
"""The same for upstream's own networks."""

UPSTREAM_DEFAULTS: Final[Mapping[str, Any]] = {"enable_bucket": False, "caption_extension": ".caption"}
"""What sd-scripts does where a file says nothing, and we do otherwise."""

METHOD_MARKS: Final[Mapping[str, frozenset[str]]] = {
    "lora": frozenset({"LoRA_type", "network_dim"}),
    "textual_inversion": frozenset({"token_string", "init_word"}),
    "fine_tune": frozenset({"caption_metadata_filename", "latent_metadata_filename", "create_caption", "full_path"}),
    "dreambooth": frozenset({"max_resolution", "no_token_padding", "learning_rate_te"}),
}
"""Names in a file of kohya_ss -> method of the tab that it was saved in; the first that fits counts."""

SDXL_BOXES: Final[Mapping[str, str]] = {
    "sdxl_no_half_vae": "no_half_vae",
    "sdxl_cache_text_encoder_outputs": "cache_text_encoder_outputs",
}
"""kohya_ss' boxes that count with SDXL alone -> our options."""

NO_CLIP_SKIP: Final = frozenset({"sdxl", "flux", "chroma", "sd3", "lumina", "anima", "hunyuan_image", "sd2"})
"""Families for which old files carry a ``clip_skip`` of 1 or 2 that never did anything."""
