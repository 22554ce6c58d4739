"""What sd-scripts needs but does not ask for: without it a run ends in an error, or trains and saves nothing."""

from typing import Final

from mikazuki.settings.upstream.rules.view import Rule, Rules, View

PARTS: Final = {
    "flux": ("ae", "clip_l", "t5xxl"),
    "lumina": ("ae", "gemma2"),
    "hunyuan_image": ("vae", "text_encoder", "byt5"),
    "anima": ("vae", "qwen3"),
}
"""Files that a family's model consists of beside the one that is trained; SD, SDXL and SD3 may hold all in one."""


def files(s: View) -> tuple[Rule, ...]:
    """The model, its parts, and where the result goes."""
    if not s.script.trains:
        return ((s.has("ckpt") and not s.ckpt, "ckpt is missing: name the model to draw with."),)
    family = s.script.families[0]
    # Chroma has no CLIP
    parts = [part for part in PARTS.get(family, ()) if not (part == "clip_l" and s.model_type == "chroma")]
    return (
        (not s.pretrained_model_name_or_path, "pretrained_model_name_or_path is missing: name the base model."),
        (
            not s.output_dir,
            "output_dir is missing: sd-scripts would train to the end and then fail to save: name a folder.",
        ),
        *((not getattr(s, part), f"{part} is missing: models of family {family} need that file.") for part in parts),
    )


def trained(s: View) -> tuple[Rule, ...]:
    """What is learned."""
    return (
        (
            s.script.trains and s.has("network_module") and not s.network_module,
            "network_module is missing: name the kind of network, such as networks.lora.",
        ),
        (
            s.has("token_string") and not s.token_string,
            "token_string is missing: name the new word whose embedding is learned.",
        ),
        (s.dim_from_weights and not s.network_weights, "dim_from_weights needs network_weights: name the file."),
        (
            len(s.base_weights_multiplier or ()) > len(s.base_weights or ()),
            "base_weights_multiplier has more numbers than base_weights has files.",
        ),
    )


def pictures(s: View) -> tuple[Rule, ...]:
    """Where the pictures are."""
    if not s.script.trains:
        return ()
    own = s.dataset_config or s.dataset_class
    controls = s.script.methods[0] in {"controlnet", "lllite", "lllite_old"}
    return (
        (
            not (own or s.train_data_dir),
            "train_data_dir is missing: name the folder of pictures, or a dataset_config.",
        ),
        (
            s.script.name == "fine_tune" and s.train_data_dir and not (own or s.in_json),
            "in_json is missing: method fine_tune takes its captions from a metadata file; dreambooth takes folders.",
        ),
        (
            controls and s.train_data_dir and not (own or s.conditioning_data_dir),
            "conditioning_data_dir is missing: name the folder of pictures that control the drawing.",
        ),
        (
            not own and not s.resolution,
            "resolution is missing: write a size in pixels such as 512, or width,height.",
        ),
        (s.in_json and s.reg_data_dir, "in_json takes no reg_data_dir: use a dataset_config for both."),
        (
            s.dataset_config and (s.train_data_dir or s.reg_data_dir or s.in_json),
            "dataset_config excludes train_data_dir, reg_data_dir and in_json, which would be ignored: keep one way.",
        ),
    )


def drawn(s: View) -> tuple[Rule, ...]:
    """Prompts of the pictures drawn on the way."""
    asked = s.sample_every_n_epochs or s.sample_every_n_steps or s.sample_at_first
    return (
        (
            asked and not s.sample_prompts,
            (
                "sample_every_n_epochs, sample_every_n_steps and sample_at_first need sample_prompts: without that "
                "file training goes on and draws nothing."
            ),
        ),
        (
            not s.script.trains and s.has("from_file") and not (s.prompt or s.from_file or s.interactive),
            "prompt is missing: give one, or from_file, or interactive.",
        ),
    )


def going_on(s: View) -> tuple[Rule, ...]:
    """Where it goes on, and what goes to Hugging Face."""
    return (
        (
            s.resume and (s.initial_step or s.initial_epoch),
            "resume knows where to go on: leave initial_step and initial_epoch out.",
        ),
        (
            s.initial_step and not s.max_train_epochs and s.initial_step >= s.max_train_steps,
            f"initial_step {s.initial_step} leaves nothing of max_train_steps {s.max_train_steps}.",
        ),
        (s.resume_from_huggingface and not s.resume, "resume_from_huggingface needs resume: name the folder there."),
        (
            (s.save_state_to_huggingface or s.async_upload) and not s.huggingface_repo_id,
            "save_state_to_huggingface and async_upload need huggingface_repo_id: name the repository.",
        ),
    )


GROUPS: Final[tuple[Rules, ...]] = (files, trained, pictures, drawn, going_on)
