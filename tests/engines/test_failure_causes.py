import pytest

from mikazuki.engines.failure_causes import CAUSES
from mikazuki.engines.failures import explain
from tests.engines.test_failures import ELASTIC, LAUNCHER, OWN

IN_TRACEBACKS = [
    ("torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0)", "gpu-out-of-memory"),
    ("RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`", "gpu-out-of-memory"),
    ("torch.OutOfMemoryError: HIP out of memory. Tried to allocate 512.00 MiB.", "gpu-out-of-memory"),
    ("OSError: [WinError 1455] The paging file is too small for this operation to complete.", "paging-file-too-small"),
    ("RuntimeError: Couldn't open shared file mapping: <torch_5_9>, error code: <1455>", "paging-file-too-small"),
    ("RuntimeError: unable to write to file </torch_77_1_0>: No space left on device (28)", "shared-memory-too-small"),
    ("ERROR: Unexpected bus error in worker. insufficient shared memory (shm).", "shared-memory-too-small"),
    ("numpy._core._exceptions._ArrayMemoryError: Unable to allocate 3.00 GiB for an array", "out-of-memory"),
    ("RuntimeError: CUDA error: no kernel image is available for execution on the device", "torch-too-old-for-gpu"),
    ("RuntimeError: The NVIDIA driver on your system is too old (found version 11040).", "gpu-driver-too-old"),
    ("AssertionError: Torch not compiled with CUDA enabled", "torch-without-gpu"),
    ("ValueError: fp16 mixed precision requires a GPU (not 'cpu').", "torch-without-gpu"),
    ("ValueError: bf16 mixed precision requires PyTorch >= 1.10 and a supported device.", "bf16-not-supported"),
    ("RuntimeError: No CUDA GPUs are available", "gpu-not-found"),
    ("torch.AcceleratorError: CUDA error: invalid device ordinal", "gpu-not-found"),
    ("torch.AcceleratorError: CUDA error: an illegal memory access was encountered", "gpu-fault"),
    ("ImportError: No bitsandbytes / bitsandbytes...", "bitsandbytes-missing"),
    ("AttributeError: 'NoneType' object has no attribute 'cadam_8bit_blockwise_grad_fp32'", "bitsandbytes-broken"),
    ("RuntimeError: CUDA Setup failed despite GPU being available.", "bitsandbytes-broken"),
    ("ImportError: No xformers / xformers...", "xformers-missing"),
    ("NotImplementedError: No operator found for `memory_efficient_attention_forward`", "xformers-broken"),
    ("ModuleNotFoundError: No module named 'flash_attn'", "attention-missing"),
    ("RuntimeError: operator torchvision::nms does not exist", "torchvision-mismatch"),
    ("ValueError: numpy.dtype size changed, may indicate binary incompatibility.", "numpy-mismatch"),
    ("ImportError: DLL load failed while importing onnx_cpp2py_export: not found", "dll-load-failed"),
    ('OSError: [WinError 126] Error loading "venv\\lib\\torch\\lib\\shm.dll"', "dll-load-failed"),
    ("ImportError: No dadaptation / dadaptation ...", "optimizer-missing"),
    ("ModuleNotFoundError: No module named 'prodigyplus'", "optimizer-missing"),
    ("ModuleNotFoundError: No module named 'lycoris'", "lycoris-missing"),
    ("torch._inductor.exc.InductorError: RuntimeError: Cannot find a working triton installation", "compile-failed"),
    ("wandb.errors.errors.UsageError: api_key not configured (no-tty).", "wandb-not-ready"),
    ("OSError: Can't load tokenizer for 'openai/clip-vit-large-patch14'.", "tokenizer-missing"),
    ("huggingface_hub.errors.GatedRepoError: 401 Client Error.", "download-refused"),
    ("huggingface_hub.errors.LocalEntryNotFoundError: Cannot find the requested files", "network-unreachable"),
    ("requests.exceptions.ConnectionError: Max retries exceeded with url: /api", "network-unreachable"),
    ("safetensors_rust.SafetensorError: Error while deserializing header: MetadataIncompleteBuffer", "model-truncated"),
    ("RuntimeError: PytorchStreamReader failed reading zip archive", "model-truncated"),
    ("FileNotFoundError: [Errno 2] No such file or directory: 'sd-models/a b.safetensors'", "model-not-found"),
    ('ValueError: The provided pretrained_model_name_or_path "x" is neither a valid local path nor', "model-not-found"),
    ("RuntimeError: Error(s) in loading state_dict for UNet2DConditionModel:", "model-of-another-kind"),
    ("KeyError: 'model.diffusion_model.input_blocks.0.0.weight'", "model-of-another-kind"),
    (
        '  File "library/flux_utils.py", line 67, in analyze\nValueError: max() arg is an empty sequence',
        "no-flux-model",
    ),
    ("_pickle.UnpicklingError: Weights only load failed.", "unsafe-model"),
    ("RuntimeError: mat1 and mat2 shapes cannot be multiplied (77x768 and 1024x320)", "shapes-do-not-fit"),
    ("PIL.UnidentifiedImageError: cannot identify image file 'train/1_cat/a.png'", "picture-broken"),
    ("OSError: image file is truncated (12 bytes not processed)", "picture-broken"),
    ('  File "train_util.py", line 327, in select_bucket\nZeroDivisionError: division by zero', "picture-broken"),
    ("AssertionError: image too large, but cropping and bucketing are disabled", "picture-size"),
    ("AssertionError: min_bucket_reso must be equal or less than resolution", "resolution-wrong"),
    ("AssertionError: caption file is empty: train/1_cat/a.txt", "caption-empty"),
    ("RuntimeError: NaN detected in latents: train/1_cat/a.png", "vae-not-finite"),
    ("zipfile.BadZipFile: File is not a zip file", "cache-broken"),
    ("UnicodeDecodeError: 'utf-8' codec can't decode byte 0xb0 in position 3", "text-not-utf8"),
    ("UnicodeEncodeError: 'gbk' codec can't encode character", "console-not-utf8"),
    ("RuntimeError: use_libuv was requested but PyTorch was build without libuv support", "libuv-missing"),
    ("torch.distributed.DistNetworkError: EADDRINUSE, port: 29500", "port-in-use"),
    ("RuntimeError: makeDeviceForHostname(): unsupported gloo device", "rendezvous-failed"),
    ("torch.distributed.DistBackendError: NCCL error in: ProcessGroupNCCL.cpp:2863", "nccl-failed"),
    ("RuntimeError: DataLoader worker (pid(s) 4711) exited unexpectedly", "worker-dead"),
    ("OSError: [Errno 28] No space left on device: 'x'", "disk-full"),
    ("OSError: [Errno 36] File name too long: 'x'", "path-too-long"),
    ("PermissionError: [Errno 13] Permission denied: 'output/cat.safetensors'", "file-not-writable"),
    ("voluptuous.error.MultipleInvalid: extra keys not allowed @ data['datasets'][0]", "dataset-config-refused"),
    ("AttributeError: module 'torch.optim' has no attribute 'Adamw'", "optimizer-unknown"),
    ("ValueError: cosine_ is not a valid SchedulerType, please select one of", "optimizer-unknown"),
    ("ValueError: Attempting to unscale FP16 gradients.", "fp16-gradients"),
    ("ValueError: optimizer got an empty parameter list", "nothing-to-train"),
    ("RuntimeError: Expected all tensors to be on the same device, but found at least two", "devices-mixed"),
    ("KeyboardInterrupt", "interrupted"),
    ("ModuleNotFoundError: No module named 'voluptuous'", "package-missing"),
    ("ImportError: cannot import name 'cached_download' from 'huggingface_hub'", "package-mismatch"),
]
"""Last lines of tracebacks as the libraries word them."""


@pytest.mark.parametrize(("line", "code"), IN_TRACEBACKS)
def test_a_traceback_is_explained_whatever_came_before_it(line: str, code: str) -> None:
    noise = "Failed to load a kernel: No module named 'kernels'\nUserWarning: compiled without GPU support\n"
    found = explain(f"{noise}{OWN}{line}\n\n{LAUNCHER}returned non-zero exit status 1.\n", {})
    assert found is not None
    assert found.code == code
    assert "{" not in found.message + found.hint


AT_THE_END = [
    ("INFO loading\nERROR No data found. Please verify arguments", "no-pictures"),
    ("usage: x\ntrain_network.py: error: unrecognized arguments: --learning_rat 1", "settings-refused"),
    ("python: No module named accelerate", "engine-not-installed"),
    (f"step\n{LAUNCHER}died with <Signals.SIGSEGV: 11>.", "trainer-crashed"),
    (f"step\n{LAUNCHER}returned non-zero exit status 3221225477.", "trainer-crashed"),
    (f"step\n{LAUNCHER}returned non-zero exit status 137.", "out-of-memory"),
    (ELASTIC.replace(": 1 ", ": -9 "), "out-of-memory"),
]


@pytest.mark.parametrize(("log", "code"), AT_THE_END)
def test_what_ends_without_a_traceback_of_its_own(log: str, code: str) -> None:
    found = explain(log, {})
    assert found is not None
    assert found.code == code


def test_every_cause_is_tried_out_and_reads_as_sentences() -> None:
    tried = {code for _, code in (*IN_TRACEBACKS, *AT_THE_END)} | {"loss-not-finite"}
    assert {cause.code for cause in CAUSES} == tried
    for cause in CAUSES:
        assert cause.message.replace("{found}", "").endswith("."), cause.code
        assert cause.hint == "{memory}" or cause.hint.endswith((".", "{memory}")), cause.code


def test_what_was_found_stands_in_the_message() -> None:
    found = explain(f"{OWN}PermissionError: [Errno 13] Permission denied: 'output/cat.safetensors'", {})
    assert found is not None
    assert found.message == "A file or folder could not be written: output/cat.safetensors."
    found = explain(f"{OWN}OSError: image file is truncated", {})
    assert found is not None
    assert found.message == "A picture cannot be read."
