"""The samplers of sample pictures by upstream's names: diffusers' schedulers on Stable Diffusion's noise."""

import warnings
from importlib import import_module
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from mikazuki.training import noise

_NEARLY_NO_SIGNAL: Final = 2.0**-24
"""Stands for a last alpha-bar of 0, whose sigma would be infinite; diffusers takes the same."""

_SPACED: Final = {"steps_offset": 1}
_SCHEDULERS: Final[dict[str, tuple[str, str, dict[str, Any]]]] = {
    "ddim": ("ddim", "DDIMScheduler", {"clip_sample": False, "set_alpha_to_one": False, **_SPACED}),
    "pndm": ("pndm", "PNDMScheduler", {"skip_prk_steps": True, "set_alpha_to_one": False, **_SPACED}),
    "lms": ("lms_discrete", "LMSDiscreteScheduler", _SPACED),
    "euler": ("euler_discrete", "EulerDiscreteScheduler", _SPACED),
    "euler_a": ("euler_ancestral_discrete", "EulerAncestralDiscreteScheduler", _SPACED),
    "heun": ("heun_discrete", "HeunDiscreteScheduler", _SPACED),
    "dpm_2": ("k_dpm_2_discrete", "KDPM2DiscreteScheduler", _SPACED),
    "dpm_2_a": ("k_dpm_2_ancestral_discrete", "KDPM2AncestralDiscreteScheduler", _SPACED),
    "dpmsolver": (
        "dpmsolver_multistep",
        "DPMSolverMultistepScheduler",
        # its second order is too wild for the long last step: 0.53 for a deviation of 0.50 that should come out
        {"algorithm_type": "dpmsolver", "final_sigmas_type": "sigma_min", "euler_at_final": True, **_SPACED},
    ),
    "dpmsolver++": ("dpmsolver_multistep", "DPMSolverMultistepScheduler", {"algorithm_type": "dpmsolver++", **_SPACED}),
    # it always begins at the last timestep, and has no spacing to choose
    "dpmsingle": ("dpmsolver_singlestep", "DPMSolverSinglestepScheduler", {"lower_order_final": True}),
}
"""Sampler -> diffusers' module, its class there, and what it takes beside the noise."""


def draws_noise(name: str) -> bool:
    """Tell whether a sampler is ancestral: draws new noise at every step."""
    return name.endswith("_a")


def make_scheduler(name: str, prediction_type: str, *, zero_terminal_snr: bool = False) -> Any:
    """Return the diffusers scheduler that a sampler's name means; ``k_`` before a name changes nothing.

    With ``zero_terminal_snr`` it runs on the rescaled noise and begins at the very last timestep, as a model
    trained so needs it (Lin et al. 2023, section 3.3).
    """
    module, kind, options = _SCHEDULERS[name.removeprefix("k_")]
    options = {**options, "prediction_type": prediction_type, "beta_schedule": "scaled_linear"}
    if zero_terminal_snr:
        options["trained_betas"] = _rescaled_betas()
        if "steps_offset" in options:
            options["timestep_spacing"] = "trailing"
    maker = getattr(import_module(f"diffusers.schedulers.scheduling_{module}"), kind)
    with warnings.catch_warnings():
        # diffusers advises against the older dpmsolver; here it was asked for by name
        warnings.simplefilter("ignore", FutureWarning)
        scheduler = maker(beta_start=noise.BETA_START, beta_end=noise.BETA_END, **options)
    if kind == "LMSDiscreteScheduler":
        # diffusers would need scipy, to integrate a polynomial by sampling it
        scheduler.get_lms_coefficient = lambda order, at, number: lms_coefficient(
            scheduler.sigmas[max(0, at - order + 1) : at + 2].double().numpy()[::-1], order, number
        )
    return scheduler


def _rescaled_betas() -> list[float]:
    """Return the betas whose alpha-bar ends with next to no signal."""
    alpha_bar = noise.alphas_cumprod(zero_terminal_snr=True).double()
    alpha_bar[-1] = _NEARLY_NO_SIGNAL
    before = torch.cat([torch.ones(1, dtype=torch.float64), alpha_bar[:-1]])
    betas: list[float] = (1 - alpha_bar / before).tolist()
    return betas


def lms_coefficient(sigmas: NDArray[np.float64], order: int, number: int) -> float:
    """Return the weight of the ``number``-th newest slope in a linear multistep of ``order`` (Adams-Bashforth).

    ``sigmas`` are the next one, the present one, and those before it, latest first: at least ``order`` + 1. The
    weight is the integral, from the present to the next sigma, of the polynomial of degree order - 1 that is 1 at
    the slope's own sigma and 0 at the other slopes' sigmas.
    """
    following, *known = sigmas[: order + 1]
    own = known.pop(number)
    area = np.poly1d(known, r=True).integ()
    share: float = (area(following) - area(sigmas[1])) / np.prod([own - other for other in known])
    return share
