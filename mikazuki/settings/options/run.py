"""Options of length, precision and machine."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, NonNegativeInt, PositiveInt

from mikazuki.settings.base import Settings
from mikazuki.settings.options.kinds import OptionalCount, OptionalText
from mikazuki.settings.values import check_gpu_ids, no_empty

DYNAMO_BACKENDS = Literal[
    "eager", "aot_eager", "inductor", "aot_ts_nvfuser", "nvprims_nvfuser", "cudagraphs", "ofi", "fx2trt", "onnxrt",
    "tensort", "ipex", "tvm",
]  # fmt: skip


class RunSettings(Settings):
    """Length, precision and machine."""

    max_train_epochs: OptionalCount = None
    """Epochs to train; beats max_train_steps."""
    max_train_steps: PositiveInt = 1600
    """Steps to train."""
    seed: Annotated[int | None, Field(ge=0, lt=2**32)] = None
    """Seed of everything random; the same seed gives the same file. Not set: drawn and written down."""
    mixed_precision: Literal["auto", "no", "fp16", "bf16"] = "auto"
    """Number format of the arithmetic; `auto`: bf16 or fp16 on a GPU, none on a CPU."""
    full_fp16: bool = False
    """Keep also what is trained, and its gradients, in fp16; needs mixed_precision fp16."""
    full_bf16: bool = False
    """Keep also what is trained, and its gradients, in bf16; needs mixed_precision bf16."""
    fp8_base: bool = False
    """Keep the frozen base model in 8 bits: half the memory of fp16; needs mixed_precision fp16 or bf16."""
    fp8_base_unet: bool = False
    """Keep the frozen UNet in 8 bits, the text encoders as they are."""
    gradient_checkpointing: bool = False
    """Halve the memory of a step for about half more time."""
    cpu_offload_checkpointing: bool = False
    """Keep what gradient_checkpointing remembers in main memory; slower, and smaller on the GPU."""
    sdpa: bool = True
    """Use torch's own attention kernel."""
    xformers: bool = False
    """Use the attention kernel of xformers, which must be installed apart; NVIDIA only."""
    mem_eff_attn: bool = False
    """Compute attention in slices: least memory, slower."""
    torch_compile: bool = False
    """Compile the UNet: a slow first step, then faster ones on a GPU."""
    dynamo_backend: DYNAMO_BACKENDS = "inductor"
    """What torch_compile compiles with."""
    lowram: bool = False
    """Load weights straight to the GPU, for machines with little memory."""
    highvram: bool = False
    """Keep everything on the GPU that fits, instead of freeing its memory in between."""
    num_processes: PositiveInt = 1
    """Processes to train with, one a GPU."""
    gpu_ids: Annotated[str | None, BeforeValidator(no_empty), AfterValidator(check_gpu_ids)] = None
    """Which GPUs, such as `0` or `0,1`; not set: the first ones."""
    ddp_timeout: OptionalCount = None
    """Minutes that processes wait for one another; not set: 30."""
    ddp_gradient_as_bucket_view: bool = False
    """Several GPUs: send gradients without a copy."""
    ddp_static_graph: bool = False
    """Several GPUs: expect the same graph at every step."""
    halve_batch_on_oom: bool = True
    """Where memory runs out in a step, compute its batch in halves from then on, and say so."""
    epoch_pause_frequency: OptionalCount = None
    """Pause after every N epochs, to let the GPU cool down."""
    epoch_pause_time: NonNegativeInt = 60
    """Seconds of that pause."""
    engine: Literal["auto", "builtin", "sd-scripts"] = "auto"
    """Which engine trains; `auto`: the builtin one where it can."""
    sd_scripts_dir: OptionalText = None
    """Checkout of sd-scripts to use; not set: the one that MIKAZUKI_SD_SCRIPTS names, else the project's own."""
    sd_scripts_python: OptionalText = None
    """Python with its packages; not set: the one that MIKAZUKI_SD_SCRIPTS_PYTHON names, else its own venv's."""


class ResumeSettings(Settings):
    """Where it goes on."""

    resume: OptionalText = None
    """State folder to go on from; `last` takes the newest of this output_name."""
    initial_epoch: OptionalCount = None
    """Epoch to begin with, from 1, for going on from network_weights alone."""
    initial_step: Annotated[NonNegativeInt | None, BeforeValidator(no_empty)] = None
    """Steps that count as done already, for going on from network_weights alone; beats initial_epoch."""
    skip_until_initial_step: bool = False
    """Pass over the pictures of steps that count as done. The builtin engine always does."""
