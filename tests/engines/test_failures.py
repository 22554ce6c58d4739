import pytest

from mikazuki.engines.failures import explain, last_exception, memory_advice, own_traceback, tail, without_launcher
from mikazuki.settings.train import TrainSettings

LAUNCHER = """Traceback (most recent call last):
  File "launch.py", line 999, in simple_launcher
    raise subprocess.CalledProcessError(returncode=process.returncode, cmd=cmd)
subprocess.CalledProcessError: Command '['python', '-m', 'mikazuki.training']' """
OWN = 'Traceback (most recent call last):\n  File "loop.py", line 1, in step\n'


def settings(**changes: object) -> TrainSettings:
    return TrainSettings.model_validate({"pretrained_model_name_or_path": "m", "train_data_dir": "d", **changes})


ELASTIC = """Traceback (most recent call last):
  File "torch/distributed/launcher/api.py", line 264, in launch_agent
torch.distributed.elastic.multiprocessing.errors.ChildFailedError:
============================================================
train_network.py FAILED
  exitcode  : 1 (pid: 4711)
"""


def test_a_missing_tokenizer_shows_only_in_its_tracebacks_files() -> None:
    text = '  File "transformers/models/clip/tokenization_clip.py", line 306, in __init__\n    open(vocab_file)\n'
    line = "TypeError: expected str, bytes or os.PathLike object, not NoneType"
    found = explain(f"{OWN}{text}{line}\n", {})
    assert found is not None
    assert found.code == "tokenizer-missing"
    assert explain(f"{OWN}{line}\n", {}) is None


def test_a_warning_of_the_start_is_not_taken_for_the_end() -> None:
    early = "WARNING No CUDA GPUs are available\n" + "step\n" * 100
    assert explain(f"{early}{OWN}ValueError: something new\n", {}) is None
    found = explain(f"{early}{OWN}MemoryError\n", {})
    assert found is not None
    assert found.code == "out-of-memory"


def test_what_programs_print_and_go_on_is_no_cause() -> None:
    noise = "Failed to load a kernel: No module named 'kernels'\nxFormers can't load C++/CUDA extensions\n"
    assert explain(f"{noise}{OWN}ValueError: something new\n", {}) is None
    assert explain(f"{noise}{LAUNCHER}returned non-zero exit status 3.\n", {}) is None


def test_chained_tracebacks_are_one() -> None:
    between = "\n\nDuring handling of the above exception, another exception occurred:\n\n"
    chain = f"{OWN}KeyError: 'a'{between}{OWN}ValueError: b\n"
    log = f"{OWN}TypeError: long ago\nwent on\n{chain}{ELASTIC}"
    assert own_traceback(without_launcher(log)) == chain
    assert last_exception(log) == "ValueError: b"
    assert last_exception("no traceback") == ""


def test_memory_advice_reads_upstreams_own_words() -> None:
    advice = memory_advice({"resolution": "1024,1024", "train_batch_size": 2, "network_dim": None})
    assert "train_batch_size = 1 (now 2)" in advice
    assert "a lower resolution (now 1024,1024)" in advice
    assert "resolution" not in memory_advice({"resolution": "nonsense"})
    assert memory_advice({"resolution": 768}).count("768") == 1


@pytest.mark.parametrize(
    ("log", "code"),
    [
        ("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2 GiB", "gpu-out-of-memory"),
        ("RuntimeError: CUDA error: no kernel image is available for execution on the device", "torch-too-old-for-gpu"),
        ("RuntimeError: The NVIDIA driver on your system is too old (found version 11040).", "gpu-driver-too-old"),
        ("ModuleNotFoundError: No module named 'bitsandbytes'", "bitsandbytes-missing"),
        ("ModuleNotFoundError: No module named 'xformers'", "xformers-missing"),
        ("OSError: [Errno 28] No space left on device: 'x'", "disk-full"),
        ("RuntimeError: [enforce fail] DefaultCPUAllocator: can't allocate memory: you tried", "out-of-memory"),
        (OWN + "MemoryError", "out-of-memory"),
    ],
)
def test_known_tracebacks(log: str, code: str) -> None:
    found = explain(f"{OWN}{log}\n{LAUNCHER}returned non-zero exit status 1.\n", settings())
    assert found is not None
    assert found.code == code
    assert found.message.endswith(".")
    assert found.hint.endswith(".")


def test_a_trainer_that_the_system_killed_shows_only_in_the_launchers_traceback() -> None:
    found = explain(f"step 4\n{LAUNCHER}died with <Signals.SIGKILL: 9>.", settings())
    assert found is not None
    assert found.code == "out-of-memory"


def test_what_is_not_known_is_not_explained() -> None:
    assert explain("ZeroDivisionError: division by zero", settings()) is None
    assert explain("", settings()) is None


def test_the_launchers_traceback_is_cut_off_and_the_trainers_own_is_kept() -> None:
    log = f"{OWN}ZeroDivisionError: x\n\n{LAUNCHER}returned non-zero exit status 1.\n"
    assert without_launcher(log) == f"{OWN}ZeroDivisionError: x\n\n"
    assert tail(log)[-1] == "ZeroDivisionError: x"
    assert without_launcher(OWN) == OWN
    assert tail("\n".join(map(str, range(99)))) == [str(number) for number in range(84, 99)]


def test_memory_advice_names_what_is_not_at_its_lowest_in_order_of_effect() -> None:
    advice = memory_advice(settings(train_batch_size=4, resolution=768, network_dim=64, mixed_precision="no"))
    wanted = [
        "train_batch_size",
        "gradient_checkpointing",
        "resolution",
        "network_train_unet_only",
        "bf16",
        "AdamW8bit",
        "network_dim",
    ]
    places = [advice.index(name) for name in wanted]
    assert places == sorted(places)


def test_memory_advice_leaves_out_what_is_done_already() -> None:
    done = settings(
        gradient_checkpointing=True, network_train_unet_only=True, mixed_precision="bf16", optimizer_type="AdamW8bit"
    )
    assert "Every setting that saves memory is on already" in memory_advice(done)
