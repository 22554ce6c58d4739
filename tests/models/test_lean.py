import subprocess
import sys
from importlib.util import find_spec

import pytest

CODE = """
import sys
from mikazuki.models.lean import UNUSED, lean_diffusers
from diffusers.utils import import_utils
assert all(hasattr(import_utils, name) for name in UNUSED), UNUSED
lean_diffusers()
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
print([name for name in ("bitsandbytes", "peft") if name in sys.modules])
"""


@pytest.mark.skipif(find_spec("peft") is None, reason="nothing that diffusers could import")
def test_model_classes_bring_no_package_along_that_is_not_used() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
