"""Which options a test of its own sees acting, and which ones of the table are tried in every run of the tests."""

from typing import Final

HERE: Final = "tests/training/test_options.py"
_HUB: Final = "tests/training/test_hub.py"
_TRACKERS: Final = "tests/training/test_trackers.py"
_LOG: Final = "tests/test_log.py"
_WHOLE: Final = "tests/training/methods/test_full.py"
_WORD: Final = "tests/training/methods/test_textual_inversion.py"
_PROCESSES: Final = "tests/training/test_processes.py"

ELSEWHERE: Final = {
    "v2": (HERE, "test_another_family_is_refused"),
    "xformers": (HERE, "test_xformers_are_used_or_refused"),
    "no_metadata": (HERE, "test_no_metadata"),
    "skip_cache_check": (HERE, "test_a_cache_that_is_trusted"),
    "resume": ("tests/training/test_resume.py", "test_a_stopped_run_goes_on"),
    "sd_scripts_dir": (
        "tests/engines/test_sd_scripts.py",
        "test_the_settings_name_the_checkout_and_win_over_the_environment",
    ),
    "sd_scripts_python": (
        "tests/engines/test_sd_scripts.py",
        "test_the_settings_name_the_checkout_and_win_over_the_environment",
    ),
    "tokenizer_cache_dir": (HERE, "test_another_tokenizer_is_used"),
    "method": (_WHOLE, "test_what_learns"),
    "train_text_encoder": (_WHOLE, "test_what_learns"),
    "learning_rate_te": (_WHOLE, "test_what_learns"),
    "learning_rate_te1": (_WHOLE, "test_parts_have_their_own_rates"),
    "learning_rate_te2": (_WHOLE, "test_parts_have_their_own_rates"),
    "stop_text_encoder_training": (_WHOLE, "test_the_text_encoder_rests_after_its_steps"),
    "no_token_padding": (_WHOLE, "test_other_ways_come_to_the_same"),
    "block_lr": (_WHOLE, "test_blocks_have_their_own_rates"),
    "fused_optimizer_groups": (_WHOLE, "test_fused_groups_are_the_same_training"),
    "use_safetensors": (_WHOLE, "test_older_ways_to_say_the_format"),
    "diffusers_xformers": (HERE, "test_xformers_are_used_or_refused"),
    "token_string": (_WORD, "test_captions_say_the_word"),
    "init_word": (_WORD, "test_first_rows_are_the_words"),
    "num_vectors_per_token": (_WORD, "test_the_file_is_upstreams"),
    "weights": (_WORD, "test_weights_are_what_it_starts_from"),
    "use_object_template": (_WORD, "test_captions_say_the_word"),
    "use_style_template": (_WORD, "test_captions_say_the_word"),
    "version": (HERE, "test_one_value_alone"),
    "num_processes": (_PROCESSES, "test_two_processes_are_one_with_twice_the_batch"),
    "ddp_gradient_as_bucket_view": (_PROCESSES, "test_two_processes_are_one_with_twice_the_batch"),
    "ddp_static_graph": (_PROCESSES, "test_two_processes_are_one_with_twice_the_batch"),
    "ddp_timeout": (HERE, "test_processes_wait_as_long_as_they_are_told"),
    "gpu_ids": (HERE, "test_gpus_are_named_to_the_launcher"),
    "engine": ("tests/cli/test_check.py", "test_the_engine_can_be_named"),
    "log_with": (_TRACKERS, "test_wandb_is_told_as_upstream_tells_it"),
    "wandb_run_name": (_TRACKERS, "test_wandb_is_told_as_upstream_tells_it"),
    "wandb_api_key": (HERE, "test_secrets_go_into_the_environment_alone"),
    "huggingface_token": (HERE, "test_secrets_go_into_the_environment_alone"),
    "console_log_level": (_LOG, "test_form_and_level"),
    "console_log_simple": (_LOG, "test_form_and_level"),
    "console_log_file": (_LOG, "test_a_file_takes_the_messages_as_well"),
    "huggingface_repo_id": (HERE, "test_everything_saved_is_uploaded_and_fetched"),
    "huggingface_repo_type": (HERE, "test_everything_saved_is_uploaded_and_fetched"),
    "huggingface_path_in_repo": (HERE, "test_everything_saved_is_uploaded_and_fetched"),
    "huggingface_repo_visibility": (_HUB, "test_a_public_repository"),
    "save_state_to_huggingface": (HERE, "test_everything_saved_is_uploaded_and_fetched"),
    "async_upload": (HERE, "test_everything_saved_is_uploaded_and_fetched"),
    "resume_from_huggingface": (HERE, "test_everything_saved_is_uploaded_and_fetched"),
}
"""Options that another test sees acting: its file and name."""

OFTEN: Final = frozenset(
    {
        "weighted_captions", "cache_text_encoder_outputs_to_disk", "dataset_config", "dataset_class",
        "bucket_no_upscale", "conditioning_data_dir", "random_crop", "cache_latents", "cache_latents_to_disk",
        "debug_dataset", "skip_corrupt_images", "enable_wildcard", "token_warmup_step", "caption_extention",
        "validation_split", "validate_every_n_steps", "network_weights", "dim_from_weights", "base_weights_multiplier",
        "scale_weight_norms", "network_train_unet_only", "network_train_text_encoder_only", "ema_decay", "unet_lr",
        "optimizer_args", "lr_scheduler_type", "lr_warmup_steps", "lr_decay_steps", "max_grad_norm", "noise_offset",
        "multires_noise_iterations", "ip_noise_gamma", "zero_terminal_snr", "min_timestep", "huber_c", "min_snr_gamma",
        "gradient_accumulation_steps", "fused_backward_pass", "max_train_epochs", "seed", "full_bf16", "fp8_base",
        "initial_step", "save_state", "save_n_epoch_ratio", "sample_prompts", "log_config", "metadata_title",
    }
)  # fmt: skip
"""Options that every run of the tests tries; all the others are tried by hand and before a release."""
