"""How a script of sd-scripts is started: keys of its settings file that the launcher heeds and no script knows."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, NonNegativeInt, PositiveInt, model_validator

from mikazuki.errors import MikazukiError
from mikazuki.settings.base import Settings
from mikazuki.settings.load import parse
from mikazuki.settings.options.kinds import OptionalText
from mikazuki.settings.upstream.check import UpstreamSettings, parse_upstream
from mikazuki.settings.values import check_gpu_ids, no_empty


class LaunchSettings(Settings):
    """The launcher's own options, none of which a script takes but mixed_precision."""

    mixed_precision: str = "no"
    """Number format of the arithmetic, as the script is told too."""
    num_processes: PositiveInt = 1
    """Processes in all, one a GPU, over all machines."""
    gpu_ids: Annotated[str | None, BeforeValidator(no_empty), AfterValidator(check_gpu_ids)] = None
    """GPUs to use on this machine, such as `0,1`; not set: the first ones."""
    num_machines: PositiveInt = 1
    """Machines that train together; each one starts the same training with its own machine_rank."""
    machine_rank: NonNegativeInt = 0
    """This machine's number, from 0."""
    main_process_ip: OptionalText = None
    """Address of machine 0."""
    main_process_port: Annotated[Annotated[int, Field(ge=0, le=65535)] | None, BeforeValidator(no_empty)] = None
    """Port of machine 0; not set: a free one, for several machines 29500."""
    num_cpu_threads_per_process: Annotated[PositiveInt | None, BeforeValidator(no_empty)] = None
    """Processor threads of each process; not set: the cores there are, shared among processes."""
    sd_scripts_dir: OptionalText = None
    """Checkout of sd-scripts to use; not set: the one that MIKAZUKI_SD_SCRIPTS names, else the project's own."""
    sd_scripts_python: OptionalText = None
    """Python with its packages; not set: the one that MIKAZUKI_SD_SCRIPTS_PYTHON names, else its own venv's."""

    @property
    def several(self) -> bool:
        """Whether more than one process trains."""
        return self.num_processes > 1 or self.num_machines > 1

    @model_validator(mode="after")
    def _together(self) -> Self:
        rules = (
            (
                self.machine_rank >= self.num_machines,
                f"machine_rank {self.machine_rank} must be below num_machines {self.num_machines}: it counts from 0.",
            ),
            (
                self.num_machines > 1 and not self.main_process_ip,
                "num_machines needs main_process_ip: name the address of machine 0.",
            ),
            (
                self.num_processes % self.num_machines,
                f"num_processes {self.num_processes} is that of all {self.num_machines} machines: make it a multiple.",
            ),
        )
        found = [text for broken, text in rules if broken]
        if found:
            raise ValueError("\n".join(found))
        return self


def parse_run(
    script: str, launch: Mapping[str, Any], words: Mapping[str, Any], source: str
) -> tuple[LaunchSettings, UpstreamSettings]:
    """Check both parts of a script's settings file: the launcher's keys and the script's options.

    Raises:
        MikazukiError: ``settings-wrong``; faults of both parts make one answer.
    """
    try:
        machine = parse(LaunchSettings, launch, source)
    except MikazukiError as error:
        try:
            parse_upstream(script, words, source)
        except MikazukiError as other:
            raise MikazukiError(other.code, f"{other.message}\n{error.message}", other.hint) from error
        raise
    return machine, parse_upstream(script, words, source)
