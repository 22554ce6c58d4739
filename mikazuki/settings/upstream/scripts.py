"""Which of sd-scripts' entry scripts trains a method on a family of base models."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from mikazuki.errors import MikazukiError

FOLDER_VARIABLE: Final = "MIKAZUKI_SD_SCRIPTS"
"""Variable of the environment that names a checkout elsewhere."""
PYTHON_VARIABLE: Final = "MIKAZUKI_SD_SCRIPTS_PYTHON"
"""Variable that names the Python that has its packages, where it lies in none of the usual places."""

UNET: Final = frozenset({"sd1", "sd2", "sdxl"})
"""Families that predict noise or v on a schedule of 1000 steps; the others match flows."""

FAMILIES: Final = ("sd1", "sd2", "sdxl", "sd3", "flux", "lumina", "hunyuan_image", "anima")
"""Every family of base models that upstream knows."""

METHODS: Final = (
    "lora",
    "full",
    "dreambooth",
    "fine_tune",
    "textual_inversion",
    "controlnet",
    "lllite",
    "lllite_old",
    "generate",
)
"""What a script makes. `full` trains the whole model on captioned folders, `dreambooth` on `N_name` folders of one
subject, `fine_tune` on pictures listed in a metadata file; newer families have one script for all three."""


@dataclass(frozen=True, slots=True)
class Script:
    """One entry script: what it makes, and of which families."""

    name: str
    """File name without `.py`."""
    methods: tuple[str, ...]
    families: tuple[str, ...]

    @property
    def file(self) -> str:
        """Name of its file in the checkout."""
        return f"{self.name}.py"

    @property
    def trains(self) -> bool:
        """Whether it trains: those that only draw take no settings file, and save no model."""
        return "generate" not in self.methods

    @property
    def is_sdxl(self) -> bool:
        """Whether it is for SDXL."""
        return self.families == ("sdxl",)

    @property
    def matches_flows(self) -> bool:
        """Whether its models match flows instead of predicting noise or v."""
        return not set(self.families) & UNET


LEARNED: Final = tuple(method for method in METHODS if method != "generate")
"""Methods that train."""

VARIETIES: Final = {"chroma": "flux"}
"""Values of upstream's own `model_type`, and the family whose script takes them."""

WHOLE: Final = ("full", "dreambooth", "fine_tune")

SCRIPTS: Final = {
    one.name: one
    for one in (
        Script("train_network", ("lora",), ("sd1", "sd2")),
        Script("sdxl_train_network", ("lora",), ("sdxl",)),
        Script("sd3_train_network", ("lora",), ("sd3",)),
        Script("flux_train_network", ("lora",), ("flux",)),
        Script("lumina_train_network", ("lora",), ("lumina",)),
        Script("hunyuan_image_train_network", ("lora",), ("hunyuan_image",)),
        Script("anima_train_network", ("lora",), ("anima",)),
        Script("train_db", ("full", "dreambooth"), ("sd1", "sd2")),
        Script("fine_tune", ("fine_tune",), ("sd1", "sd2")),
        Script("sdxl_train", WHOLE, ("sdxl",)),
        Script("sd3_train", WHOLE, ("sd3",)),
        Script("flux_train", WHOLE, ("flux",)),
        Script("lumina_train", WHOLE, ("lumina",)),
        Script("anima_train", WHOLE, ("anima",)),
        Script("train_textual_inversion", ("textual_inversion",), ("sd1", "sd2")),
        Script("sdxl_train_textual_inversion", ("textual_inversion",), ("sdxl",)),
        Script("train_control_net", ("controlnet",), ("sd1", "sd2")),
        Script("sdxl_train_control_net", ("controlnet",), ("sdxl",)),
        Script("flux_train_control_net", ("controlnet",), ("flux",)),
        Script("sdxl_train_control_net_lllite", ("lllite",), ("sdxl",)),
        Script("sdxl_train_control_net_lllite_old", ("lllite_old",), ("sdxl",)),
        Script("gen_img", ("generate",), ("sd1", "sd2")),
        Script("sdxl_gen_img", ("generate",), ("sdxl",)),
        Script("lumina_minimal_inference", ("generate",), ("lumina",)),
    )
}
"""Every entry script by name."""

TABLE: Final = {
    (method, family): script
    for script in SCRIPTS.values()
    for method in script.methods
    for family in script.families
}  # fmt: skip
"""(method, family) -> its script; pairs that upstream has no script for are left out."""


def script_for(method: str, family: str) -> Script:
    """Return the script that does `method` on `family`.

    Raises:
        MikazukiError: ``no-script``: there is none, with what there is.
    """
    if found := TABLE.get((method, family)):
        return found
    methods = [m for m in METHODS if (m, family) in TABLE]
    families = [f for f in FAMILIES if (method, f) in TABLE]
    raise MikazukiError(
        "no-script",
        f"sd-scripts has no script for method {method} with models of family {family}.",
        f"For {family} it has {', '.join(methods) or 'nothing'}; {method} it has for {', '.join(families) or 'none'}.",
    )


def script_named(name: str) -> Script:
    """Return a script by its name, with or without `.py`.

    Raises:
        MikazukiError: ``no-script``: there is none of that name, with the nearest one.
    """
    plain = name.removesuffix(".py")
    if found := SCRIPTS.get(plain):
        return found
    near = get_close_matches(plain, SCRIPTS, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(SCRIPTS)}."
    raise MikazukiError("no-script", f"sd-scripts has no script {name} that can be started from here.", hint)
