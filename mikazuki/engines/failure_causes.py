"""The table of known failures: what a log shows, a code, what happened in plain words, and what to do."""

import re
from dataclasses import dataclass
from typing import Final

_REINSTALL: Final = "Delete the folder venv and run install.sh (Windows: install.ps1) again"
_UPSTREAM_REINSTALL: Final = "Install the engine again: install.sh --with-sd-scripts (Windows: install.ps1 likewise)"


@dataclass(frozen=True)
class Cause:
    """One known failure.

    ``{found}`` in the message is the pattern's first group that took part, behind a colon; ``{memory}`` in the hint is
    what `failures.memory_advice` says of the settings.
    """

    pattern: re.Pattern[str]
    code: str
    message: str
    hint: str
    traceback_only: bool = False
    """True for what programs also print and go on."""


def _cause(pattern: str, code: str, message: str, hint: str, *, traceback_only: bool = False) -> Cause:
    return Cause(re.compile(pattern, re.MULTILINE), code, message, hint, traceback_only)


CAUSES: Final[tuple[Cause, ...]] = (
    # memory
    _cause(
        r"CUDA out of memory|HIP out of memory|torch\.(?:cuda\.)?OutOfMemoryError|(?:CUBLAS|CUDNN)_STATUS_ALLOC_FAILED"
        r"|CUDA error: out of memory|cudaErrorMemoryAllocation",
        "gpu-out-of-memory",
        "The GPU's memory is too small for these settings.",
        "{memory}",
    ),
    _cause(
        r"paging file is too small|WinError 1455|error code: <1455>",
        "paging-file-too-small",
        "Windows' paging file is too small for the model.",
        "Enlarge it (System, Advanced, Performance, Virtual memory) to twice the model's size or let Windows manage "
        "it, and set max_data_loader_n_workers = 0.",
    ),
    _cause(
        r"insufficient shared memory|Bus error|SIGBUS|unable to (?:open|write to) (?:shared memory|file </torch_)",
        "shared-memory-too-small",
        "The data loader's processes ran out of shared memory.",
        "Set max_data_loader_n_workers = 0, or give the container more (docker run --shm-size=8g).",
    ),
    _cause(
        r"DefaultCPUAllocator: (?:can't allocate|not enough) memory|^(?:numpy\S*)?_?(?:Array)?MemoryError|SIGKILL"
        r"|exit status 137|exitcode *: -9\b|std::bad_alloc|Cannot allocate memory",
        "out-of-memory",
        "The machine's main memory ran out; the system ended the training.",
        "Close other programs or enlarge the swap file. {memory}",
    ),
    # GPU and its software
    _cause(
        r"no kernel image is available|not compatible with the current PyTorch installation",
        "torch-too-old-for-gpu",
        "The installed torch holds no code for this GPU.",
        f"{_REINSTALL}: it chooses the build that knows the card. A new card may need a newer driver first.",
    ),
    _cause(
        r"CUDA driver version is insufficient|driver on your system is too old",
        "gpu-driver-too-old",
        "The GPU's driver is too old for the installed torch.",
        "Update the NVIDIA driver, or delete the folder venv and run the installer again.",
    ),
    _cause(
        r"Torch not compiled with CUDA enabled|mixed precision requires a (?:GPU|CUDA)"
        r"|fp16 mixed precision requires a",
        "torch-without-gpu",
        "The installed torch is the build for processors: it cannot use the GPU that the settings ask for.",
        f'{_REINSTALL} on a machine with the GPU\'s driver installed, or set mixed_precision = "no".',
    ),
    _cause(
        r"bf16 mixed precision requires|doesn't support bf16|bf16 is not supported",
        "bf16-not-supported",
        "This GPU does not calculate in bf16.",
        'Set mixed_precision = "fp16" and save_precision = "fp16", and full_bf16 = false.',
    ),
    _cause(
        r"No CUDA GPUs are available|no CUDA-capable device|invalid device ordinal|No HIP GPUs are available",
        "gpu-not-found",
        "The GPU asked for was not found.",
        "Check gpu_ids against the list of `nvidia-smi`; if that shows none, install the driver or restart.",
    ),
    _cause(
        r"illegal memory access|unspecified launch failure|device-side assert triggered|CUDNN_STATUS_EXECUTION_FAILED"
        r"|CUDA error: unknown error|GPU is lost|CUDNN_STATUS_INTERNAL_ERROR",
        "gpu-fault",
        "The GPU reported a fault in the middle of its work.",
        "Restart the machine; take back any overclocking, update the driver, and watch the card's temperature. If it "
        "comes back at the same step, set optimizer_type to one without 8bit and sdpa = true instead of xformers.",
    ),
    # packages
    _cause(
        r"No module named 'bitsandbytes'|\bNo bitsandbytes\b|bitsandbytes.*(?:not installed|could not be found)",
        "bitsandbytes-missing",
        "The 8-bit optimizers need the package bitsandbytes, which is not installed.",
        'Install it with `python -m pip install bitsandbytes`, or set optimizer_type = "AdamW".',
    ),
    _cause(
        r"CUDA Setup failed despite|libbitsandbytes_\w+|cget_managed_ptr"
        r"|'NoneType' object has no attribute 'c\w+_8bit|named symbol not found.*\.cu",
        "bitsandbytes-broken",
        "The package bitsandbytes does not fit the installed torch or driver.",
        'Bring it up to date (`python -m pip install --upgrade bitsandbytes`), or set optimizer_type = "AdamW".',
        traceback_only=True,
    ),
    _cause(
        r"No module named 'xformers'|\bNo xformers\b",
        "xformers-missing",
        "xformers = true needs the package xformers, which is not installed.",
        "Set xformers = false and sdpa = true: torch's own kernel is as fast on present cards.",
    ),
    _cause(
        r"No operator found for `memory_efficient_attention|xFormers can't load C\+\+/CUDA extensions",
        "xformers-broken",
        "The package xformers has no code for this GPU or this torch.",
        "Set xformers = false and sdpa = true: torch's own kernel is as fast on present cards.",
        traceback_only=True,
    ),
    _cause(
        r"No module named 'flash_attn|No module named 'sageattention|\bNo flash_?attn\b",
        "attention-missing",
        "The attention asked for needs a package that is not installed.",
        'Set sdpa = true and leave the other attention out (attn_mode = "torch" where the script has it).',
    ),
    _cause(
        r"torchvision::nms|Couldn't load custom C\+\+ ops",
        "torchvision-mismatch",
        "The installed torchvision was built for another torch.",
        f"{_UPSTREAM_REINSTALL}: it installs the two that belong together.",
        traceback_only=True,
    ),
    _cause(
        r"compiled using NumPy 1\.x|numpy\.dtype size changed|numpy\.core\.multiarray failed to import",
        "numpy-mismatch",
        "A package was built for another version of numpy.",
        f"{_UPSTREAM_REINSTALL}.",
        traceback_only=True,
    ),
    _cause(
        r"DLL load failed while importing (\w+)|\[WinError 1(?:26|27|114|182)\]",
        "dll-load-failed",
        "Windows could not load a library{found}.",
        "Install Microsoft's Visual C++ Redistributable (x64, 2015 to 2022) and restart; if it stays, run the "
        "installer again.",
    ),
    _cause(
        r"No module named '(dadaptation|prodigyopt|lion_pytorch|schedulefree|pytorch_optimizer|prodigyplus|came_\w+)"
        r"|\bNo (dadaptation|Prodigy|lion_pytorch|schedulefree) /",
        "optimizer-missing",
        "The optimizer asked for needs a package that is not installed{found}.",
        "Install that package into the engine's venv, or choose another optimizer_type.",
    ),
    _cause(
        r"No module named 'lycoris",
        "lycoris-missing",
        "network_module = lycoris.kohya needs the package lycoris-lora, which is not installed.",
        "Install it with `python -m pip install lycoris-lora`, or use networks.lora.",
    ),
    _cause(
        r"No module named '?triton|Cannot find a working triton|C compiler is not found|Failed to find C compiler"
        r"|torch\._dynamo\.exc|BackendCompilerFailed|InductorError",
        "compile-failed",
        "torch could not compile the model.",
        "Set torch_compile = false. Compiling needs triton and a C compiler.",
    ),
    _cause(
        r"No module named '?accelerate|finding module specification for 'accelerate",
        "engine-not-installed",
        "The engine's venv has no accelerate: its installation is not complete.",
        f"{_UPSTREAM_REINSTALL}.",
    ),
    _cause(
        r"wandb\.errors|api_key not configured|\bNo wandb\b|No module named 'wandb'",
        "wandb-not-ready",
        "log_with = wandb needs the package wandb and its key.",
        'Log in with `wandb login` in the engine\'s venv, or set log_with = "tensorboard".',
    ),
    # models and what belongs to them
    _cause(
        r"tokenization_\w+\.py[\s\S]{0,2000}not NoneType|Can't load tokenizer for|Unable to load vocabulary",
        "tokenizer-missing",
        "The text encoder's tokenizer is not on this machine, and nothing is downloaded without being asked.",
        "Set tokenizer_cache_dir to a folder that holds it, or start once with the network allowed.",
    ),
    _cause(
        r"401 Client Error|403 Client Error|GatedRepoError|Access to model .{0,200} is restricted"
        r"|RepositoryNotFoundError",
        "download-refused",
        "The model hub refused the download: the model is gated, or its name is wrong.",
        "Accept the model's terms on its page, log in with `hf auth login`, or name a file on this machine.",
    ),
    _cause(
        r"LocalEntryNotFoundError|OfflineModeIsEnabled|[Oo]utgoing traffic has been disabled|couldn't connect to"
        r"|Failed to resolve|Max retries exceeded|NameResolutionError|ProxyError|ReadTimeoutError|SSLError",
        "network-unreachable",
        "The run wanted to download something, and there is no connection (or downloads are switched off).",
        "Name files on this machine for every model and tokenizer, or allow the network, with a mirror if need be.",
    ),
    _cause(
        r"MetadataIncompleteBuffer|InvalidHeaderDeserialization|HeaderTooLarge|HeaderTooSmall|InvalidHeaderLength"
        r"|incomplete metadata, file not fully covered|PytorchStreamReader failed|unexpected EOF, expected"
        r"|failed finding central directory",
        "model-truncated",
        "A model file is not whole: its download or copy was cut off.",
        "Load it again, and compare its size with the page it comes from.",
    ),
    _cause(
        r"is not a local folder and is not a valid model identifier|is neither a (?:local folder|valid local path)"
        r"|Repo id must"
        r"|model is not found as a file|not a valid JSON file|No such file or directory: '([^']+\."
        r"(?:safetensors|ckpt|pt|sft))'",
        "model-not-found",
        "A model file was not found{found}.",
        "Check the paths of the base model, the VAE, the text encoders and network_weights.",
    ),
    _cause(
        r"Error\(s\) in loading state_dict|Missing key\(s\) in state_dict|size mismatch for"
        r"|KeyError: '(?:time_embed|model\.diffusion_model|first_stage_model|cond_stage_model|double_blocks|label_emb)",
        "model-of-another-kind",
        "A model file does not fit the script: it belongs to another family, or is no base model.",
        "Choose the script for the model's family (SD1.5, SDXL, SD3, Flux...), and check which file is which.",
    ),
    _cause(
        r"flux_utils\.py[\s\S]{0,2000}max\(\) (?:arg|iterable argument) is (?:an )?empty",
        "no-flux-model",
        "The base model is no Flux model: it has none of Flux' blocks.",
        "Name a Flux model (the transformer's own file) in pretrained_model_name_or_path; for Chroma set "
        'model_type = "chroma".',
    ),
    _cause(
        r"Weights only load failed|Unsupported global",
        "unsafe-model",
        "A file holds Python objects that torch refuses to load, as they could run any code.",
        "Use the .safetensors version. A state folder of another version cannot be resumed from.",
    ),
    _cause(
        r"mat1 and mat2 shapes cannot be multiplied|Sizes of tensors must match|Given groups=\d+, weight of size",
        "shapes-do-not-fit",
        "Two parts of the model do not fit each other.",
        "Check that base model, VAE, text encoders and network_weights belong to one family, and v2 to the model.",
    ),
    # data
    _cause(
        r"No data found|no images? (?:was|were)? ?found",
        "no-pictures",
        "The trainer found no pictures.",
        "Check train_data_dir: the pictures must lie there, as .png, .jpg, .webp or .bmp.",
    ),
    _cause(
        r"cannot identify image file '?([^'\n]*)|image file is truncated|Truncated File Read|UnidentifiedImageError"
        r"|broken data stream|DecompressionBombError|select_bucket[\s\S]{0,400}ZeroDivisionError",
        "picture-broken",
        "A picture cannot be read{found}.",
        "`python -m mikazuki check` names the broken pictures; save them anew or take them out.",
    ),
    _cause(
        r"image too large, but cropping and bucketing are disabled|image size is small|image is too large",
        "picture-size",
        "A picture is larger than the resolution, and neither buckets nor cropping are on.",
        "Set enable_bucket = true.",
    ),
    _cause(
        r"resolution is required|min_bucket_reso must be|max_bucket_reso must be|bucket_reso_steps is \d+",
        "resolution-wrong",
        "The resolution and the limits of the buckets do not go together.",
        "Set resolution between min_bucket_reso and max_bucket_reso, both divisible by bucket_reso_steps.",
    ),
    _cause(
        r"caption file is empty: ?(\S*)",
        "caption-empty",
        "A caption file is empty{found}.",
        "Write a caption into it or delete the file.",
    ),
    _cause(
        r"NaN detected in latents: ?(.*)",
        "vae-not-finite",
        "The VAE turned a picture into values that are no numbers{found}.",
        "Set no_half_vae = true, or vae to one that is made for fp16.",
    ),
    _cause(
        r"BadZipFile|Error loading file: ?(\S+\.npz)|cannot reshape array of size",
        "cache-broken",
        "A cached file is damaged{found}.",
        "Delete the .npz files beside the pictures; they are made anew.",
    ),
    _cause(
        r"UnicodeDecodeError|codec can't decode|illegal char in file",
        "text-not-utf8",
        "A text file (caption, prompt or setting) is not written in UTF-8.",
        "Save it as UTF-8 in an editor; the lines above name the file.",
    ),
    _cause(
        r"UnicodeEncodeError|codec can't encode",
        "console-not-utf8",
        "A message could not be written in the console's character set.",
        "Start with the environment variable PYTHONUTF8=1.",
    ),
    # processes
    _cause(
        r"use_libuv was requested but PyTorch was buil[dt] without libuv",
        "libuv-missing",
        "torch for Windows is built without libuv, and the launcher asked for it.",
        "Set the environment variable USE_LIBUV=0.",
    ),
    _cause(
        r"EADDRINUSE|[Aa]ddress already in use|WinError 10048|Only one usage of each socket address",
        "port-in-use",
        "The port by which the processes find each other is taken, perhaps by an earlier run that still lives.",
        "End that run, or set main_process_port to 0 or another number.",
    ),
    _cause(
        r"makeDeviceForHostname|RendezvousConnectionError|RendezvousTimeoutError|client socket has (?:failed|timed out)"
        r"|WinError 10049",
        "rendezvous-failed",
        "The processes of one run did not find each other.",
        "Set num_processes = 1 and num_machines = 1 for one GPU; for several, check the host name, VPN and firewall.",
    ),
    _cause(
        r"NCCL error|ncclSystemError|ncclInternalError|ncclUnhandledCudaError|collective operation timeout",
        "nccl-failed",
        "The GPUs could not talk to each other.",
        "Set the environment variables NCCL_P2P_DISABLE=1 and NCCL_IB_DISABLE=1, or train on one GPU.",
    ),
    _cause(
        r"DataLoader worker .{0,40}(?:exited unexpectedly|is killed)|EOFError: Ran out of input",
        "worker-dead",
        "A process that reads pictures ended unexpectedly, mostly for want of memory.",
        "Set max_data_loader_n_workers = 0 and persistent_data_loader_workers = false.",
    ),
    _cause(
        r"SIGSEGV|SIGABRT|SIGILL|exitcode *: -(?:11|6|4)\b|exit status (?:3221225477|3221226505|3221225501|139|134)\b",
        "trainer-crashed",
        "The trainer crashed inside a library.",
        "Update the GPU's driver; then switch off what is special, one at a time: xformers, 8-bit optimizers, "
        "torch_compile.",
    ),
    # disk
    _cause(
        r"No space left on device|\[Errno 28\]|There is not enough space on the disk|WinError 112",
        "disk-full",
        "The disk is full.",
        "Free some space or choose another output_dir; the last saved state is intact, resume from it.",
    ),
    _cause(
        r"File name too long|WinError 206|WinError 3\]",
        "path-too-long",
        "A path is too long for the system.",
        "Use a shorter output_name, or move the project to a folder nearer to the drive's root.",
    ),
    _cause(
        r"PermissionError.*'([^'\n]+)'|Read-only file system|\[WinError (?:5|32)\]",
        "file-not-writable",
        "A file or folder could not be written{found}.",
        "Close programs that use it, and check that output_dir and logging_dir may be written.",
    ),
    # settings
    _cause(
        r"error: (unrecognized arguments: .*|argument .*: invalid .*|argument .*: expected .*"
        r"|the following arguments .*)",
        "settings-refused",
        "The trainer refused an option{found}.",
        "Correct it in the settings file; `python -m mikazuki check` names the options there are.",
    ),
    _cause(
        r"MultipleInvalid: (.*)|Invalid user config",
        "dataset-config-refused",
        "The trainer refused the dataset's settings{found}.",
        "Correct the file named by dataset_config.",
    ),
    _cause(
        r"module 'torch\.optim' has no attribute '(\w+)'|is not a valid SchedulerType|AttributeError: .*optimizer_type",
        "optimizer-unknown",
        "The optimizer or scheduler asked for does not exist{found}.",
        "Check the spelling of optimizer_type and lr_scheduler, small and capital letters too.",
    ),
    _cause(
        r"Attempting to unscale FP16 gradients",
        "fp16-gradients",
        "Weights in fp16 cannot be trained with mixed_precision = fp16 alone.",
        'Set full_fp16 = true with mixed_precision = "fp16", or use bf16.',
    ),
    _cause(
        r"optimizer got an empty parameter list|does not require grad and does not have a grad_fn",
        "nothing-to-train",
        "The settings leave nothing to train.",
        "Check network_args, the learning rates (0 switches a part off) and network_train_unet_only against "
        "network_train_text_encoder_only.",
    ),
    _cause(
        r"Expected all tensors to be on the same device",
        "devices-mixed",
        "A part of the model was left in main memory.",
        "Switch off lowram, cpu_offload_checkpointing and blocks_to_swap, one at a time.",
    ),
    _cause(
        r"Loss is (?:nan|inf)|found NaN",
        "loss-not-finite",
        "The training fell apart: its loss is no number any more.",
        'Lower learning_rate, or set mixed_precision = "bf16" instead of fp16.',
    ),
    _cause(
        r"KeyboardInterrupt|exit status 3221225786",
        "interrupted",
        "The training was interrupted.",
        "Start it again; with save_state it goes on from the last saved state (resume).",
    ),
    # the general ones, last
    _cause(
        r"No module named '([\w.]+)'",
        "package-missing",
        "A package is not installed in the engine's venv{found}.",
        f"{_UPSTREAM_REINSTALL}.",
        traceback_only=True,
    ),
    _cause(
        r"cannot import name '(\w+)'|ImportError: (.*)",
        "package-mismatch",
        "Two installed packages do not fit each other{found}.",
        f"{_UPSTREAM_REINSTALL}: its pins belong together.",
        traceback_only=True,
    ),
)
"""In the order of search."""
