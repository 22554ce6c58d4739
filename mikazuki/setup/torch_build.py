"""Which build of torch a machine gets: a table of builds, and the rule that reads it."""

from dataclasses import dataclass
from typing import Final

from mikazuki.errors import EXIT_FAILED, MikazukiError
from mikazuki.setup.hardware import Capability, Gpu, Machine, Version

TORCH_VERSION: Final = "2.13.0"
TORCH: Final = "torch"
TORCHVISION: Final = "torchvision"
VERSIONS: Final = {TORCH: TORCH_VERSION, TORCHVISION: "0.28.0"}
"""Each torchvision is built for one torch: its metadata names it. Only upstream's trainer needs it."""

CPU: Final = "cpu"
DEFAULT: Final = "default"
"""The build that pip's own index has for this system: on a Mac the only one there is."""

X86: Final = frozenset({"x86_64", "amd64"})


@dataclass(frozen=True)
class CudaBuild:
    """A CUDA build: the oldest drivers it runs on and the architectures it carries kernels for.

    Drivers: NVIDIA's table of minor version compatibility. Architectures: PyTorch's support matrix of release 2.13.
    """

    name: str
    linux_driver: Version
    windows_driver: Version
    x86: tuple[Capability, ...]
    arm: tuple[Capability, ...]

    def runs_on(self, driver: Version, machine: Machine) -> bool:
        """Whether that driver is new enough."""
        return driver >= self.oldest_driver(machine)

    def oldest_driver(self, machine: Machine) -> Version:
        """Return the oldest driver of this system that it runs on."""
        return self.windows_driver if machine.system == "Windows" else self.linux_driver

    def knows(self, capability: Capability, machine: Machine) -> bool:
        """Whether it has kernels for a card: those of the same major number and the same or a lower minor one run."""
        kernels = self.x86 if machine.processor in X86 else self.arm
        return any(major == capability[0] and minor <= capability[1] for major, minor in kernels)


CUDA_BUILDS: Final = (
    CudaBuild(
        name="cu130",
        linux_driver=(580,),
        windows_driver=(580,),
        x86=((7, 5), (8, 0), (8, 6), (9, 0), (10, 0), (12, 0)),
        arm=((8, 0), (9, 0), (10, 0), (11, 0), (12, 0)),
    ),
    CudaBuild(
        name="cu126",
        linux_driver=(525, 60, 13),
        windows_driver=(528, 33),
        x86=((5, 0), (6, 0), (7, 0), (7, 5), (8, 0), (8, 6), (9, 0)),
        arm=((8, 0), (9, 0)),
    ),
)
"""Newest first. RTX 50 cards (12.0) are only in cu130, GTX 10 and older (5.0 to 7.0) only in cu126."""

BUILD_NAMES: Final = (CPU, DEFAULT, *(build.name for build in CUDA_BUILDS))


@dataclass(frozen=True)
class Choice:
    """The build to install, and why in one sentence."""

    build: str
    reason: str


def choose_build(machine: Machine) -> Choice:
    """Choose the torch build for ``machine``.

    Raises MikazukiError: ``driver-too-old`` where a newer driver would let the card work, ``no-torch-build`` where
    torch has no build at all.
    """
    if machine.system == "Darwin":
        return _choose_mac(machine)
    if not machine.gpus:
        return Choice(CPU, _why_cpu(machine))
    return _choose_cuda(machine)


def _choose_mac(machine: Machine) -> Choice:
    if machine.processor in X86:
        raise MikazukiError(
            "no-torch-build",
            f"torch {TORCH_VERSION} has no build for Macs with an Intel processor.",
            "Use a Mac with Apple silicon, or Linux or Windows.",
            exit_code=EXIT_FAILED,
        )
    return Choice(DEFAULT, "a Mac with Apple silicon")


def _why_cpu(machine: Machine) -> str:
    if machine.trouble:
        return f"nvidia-smi is installed but found no usable card ({machine.trouble}), so the processor"
    if machine.amd:
        return "an AMD card, which is not supported yet, so the processor"
    return "no NVIDIA card found, so the processor"


def _choose_cuda(machine: Machine) -> Choice:
    """Choose for the most capable card first, then for as many cards as possible, then the newest build."""
    driver = machine.gpus[0].driver
    runnable = [build for build in CUDA_BUILDS if build.runs_on(driver, machine)]
    capabilities = [gpu.capability for gpu in machine.gpus if gpu.capability]
    if runnable and not capabilities:
        return Choice(runnable[0].name, f"{_name(machine.gpus)}, whose driver does not tell its compute capability")

    def worth(build: CudaBuild) -> tuple[Capability, int]:
        known = [capability for capability in capabilities if build.knows(capability, machine)]
        return max(known, default=(0, 0)), len(known)

    best = max(runnable, key=worth, default=None)
    if best is None or worth(best)[1] == 0:
        return _no_build(machine, capabilities)
    left = [gpu for gpu in machine.gpus if gpu.capability and not best.knows(gpu.capability, machine)]
    without = f"; {_name(tuple(left))} cannot be used together with it" if left else ""
    return Choice(best.name, f"{_name(machine.gpus)}, driver {_text(driver)}{without}")


def _no_build(machine: Machine, capabilities: list[Capability]) -> Choice:
    """Say whether a newer driver would help, or the cards are too old for every build."""
    wanted = [
        build
        for build in CUDA_BUILDS
        if not capabilities or any(build.knows(capability, machine) for capability in capabilities)
    ]
    if not wanted:
        return Choice(CPU, f"{_name(machine.gpus)} is older than every CUDA build of torch, so the processor")
    oldest = wanted[-1].oldest_driver(machine)
    raise MikazukiError(
        "driver-too-old",
        f"The NVIDIA driver {_text(machine.gpus[0].driver)} is too old for {_name(machine.gpus)}: "
        f"torch {TORCH_VERSION} needs driver {_text(oldest)} or newer for it.",
        "Install a newer driver from nvidia.com and run this again; to train on the processor instead, run it with "
        "--torch cpu.",
        exit_code=EXIT_FAILED,
    )


def _name(gpus: tuple[Gpu, ...]) -> str:
    return ", ".join(dict.fromkeys(gpu.name for gpu in gpus))


def _text(version: Version) -> str:
    return ".".join(str(number) for number in version)


def requirement(build: str, package: str = TORCH) -> str:
    """Return pip's name of a build, such as `torch==2.13.0+cu130`."""
    exact = f"{package}=={VERSIONS[package]}"
    return exact if build == DEFAULT else f"{exact}+{build}"


def sources(build: str, system: str, *, mainland: bool, package: str = TORCH) -> list[list[str]]:
    """Return pip's arguments that get the build of torch or torchvision, one list a place to try, the nearest first.

    The first asks no network: a folder of wheels that pip is set up with wins at once. The last is pip's own index,
    for builds that it has too: on Linux its torch is the newest CUDA build (which also runs on a processor, at
    several GB more), elsewhere the one for processors.
    """
    plain, exact = f"{package}=={VERSIONS[package]}", requirement(build, package)
    if build == DEFAULT:
        return [[exact, "--no-index"], [exact]]
    places = [[exact, "--no-index"]]
    if mainland:
        places.append([exact, "--no-index", "--find-links", f"https://mirrors.aliyun.com/pytorch-wheels/{build}/"])
    places.append([exact, "--index-url", f"https://download.pytorch.org/whl/{build}"])
    if build == CPU or (build == CUDA_BUILDS[0].name and system == "Linux"):
        places.append([plain])
    return places
