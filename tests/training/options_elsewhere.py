"""Which options a test of its own sees acting, and which ones of the table are tried in every run of the tests."""

from typing import Final

HERE: Final = "tests/training/test_options.py"
_RESTING: Final = "tests/training/methods/test_resting.py"
_SAVING: Final = "tests/training/test_saving.py"
_PAUSE: Final = "tests/training/test_pause.py"
_HUB: Final = "tests/training/test_hub.py"
_TRACKERS: Final = "tests/training/test_trackers.py"
_LOG: Final = "tests/test_log.py"
_WHOLE: Final = "tests/training/methods/test_full.py"
_WORD: Final = "tests/training/methods/test_textual_inversion.py"
_HYPER: Final = "tests/training/methods/test_hypernetwork.py"
_CONCEPTS: Final = "tests/training/test_concepts.py"
_CLASS: Final = "tests/training/test_class_pictures.py"
_FILES: Final = "tests/training/test_checkpoints.py"
_PIVOTAL: Final = "tests/training/methods/test_pivotal.py"
_IMAGIC: Final = "tests/training/methods/test_imagic.py"
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
    "text_encoder_ratio": (_RESTING, "test_text_encoders_learn_in_their_epochs_alone"),
    "freeze_clip_normalization": (_RESTING, "test_norms_stay_and_all_else_learns"),
    "save_model_on_train_end": (_SAVING, "test_without_a_file_at_the_end_those_on_the_way_are_all_there"),
    "save_model_on_cancel": (_SAVING, "test_what_a_stopped_run_leaves"),
    "save_state_on_cancel": (_SAVING, "test_what_a_stopped_run_leaves"),
    "save_merged_model": (_SAVING, "test_a_merged_model_predicts_what_base_and_network_do"),
    "save_in_subfolder": (_SAVING, "test_everything_lies_in_the_runs_own_folder"),
    "halve_batch_on_oom": ("tests/training/test_parts_of_batches.py", "test_the_step_goes_on_in_halves"),
    "epoch_pause_frequency": (_PAUSE, "test_it_rests_between_epochs"),
    "epoch_pause_time": (_PAUSE, "test_it_rests_between_epochs"),
    "no_token_padding": (_WHOLE, "test_other_ways_come_to_the_same"),
    "block_lr": (_WHOLE, "test_blocks_have_their_own_rates"),
    "fused_optimizer_groups": (_WHOLE, "test_fused_groups_are_the_same_training"),
    "use_safetensors": (_WHOLE, "test_older_ways_to_say_the_format"),
    "diffusers_xformers": (HERE, "test_xformers_are_used_or_refused"),
    "token_string": (_WORD, "test_captions_say_the_word"),
    "init_word": (_WORD, "test_several_words"),
    "num_vectors_per_token": (_WORD, "test_the_file_is_upstreams"),
    "weights": (_WORD, "test_weights_are_what_it_starts_from"),
    "template_file": ("tests/data/test_templates.py", "test_a_file_has_sentences_of_ones_own"),
    "use_object_template": (_WORD, "test_captions_say_the_word"),
    "use_style_template": (_WORD, "test_captions_say_the_word"),
    "hypernetwork_sizes": (_HYPER, "test_sizes_choose_widths"),
    "hypernetwork_layer_structure": (_HYPER, "test_the_structure_is_the_settings"),
    "hypernetwork_activation": (_HYPER, "test_the_structure_is_the_settings"),
    "hypernetwork_weight_init": (_HYPER, "test_the_structure_is_the_settings"),
    "hypernetwork_layer_norm": (_HYPER, "test_the_structure_is_the_settings"),
    "hypernetwork_activate_output": (_HYPER, "test_the_structure_is_the_settings"),
    "hypernetwork_dropout_structure": (_HYPER, "test_the_structure_is_the_settings"),
    "hypernetwork_weights": (_HYPER, "test_weights_are_what_it_starts_from"),
    "concepts_list": (_CONCEPTS, "test_concepts_end_and_a_run_goes_on_where_it_stopped"),
    "prior_preservation": (_CONCEPTS, "test_the_base_model_stands_for_the_class"),
    "disable_class_matching": (
        "tests/data/test_class_pictures.py",
        "test_without_matching_every_picture_there_counts",
    ),
    "class_batch_size": (_CLASS, "test_a_training_draws_what_is_missing_first"),
    "sanity_prompt": (_FILES, "test_the_sanity_prompt_is_drawn_beside_the_others"),
    "sanity_seed": (_FILES, "test_the_sanity_prompt_is_drawn_beside_the_others"),
    "embedding_lr": (_PIVOTAL, "test_the_rates_are_their_own"),
    "pivotal_ratio": (_PIVOTAL, "test_the_word_rests_after_its_share"),
    "imagic_embedding_lr": (_IMAGIC, "test_rates_are_their_own"),
    "imagic_embedding_steps": (_IMAGIC, "test_steps_of_the_sentence_are_those_asked_for"),
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
