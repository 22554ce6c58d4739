"""The one error class for what a person can put right; everything else is ours and ends in a traceback."""

from collections.abc import Sequence
from typing import Final

EXIT_DONE: Final = 0
EXIT_FAILED: Final = 1
EXIT_WRONG_REQUEST: Final = 2
EXIT_STOPPED: Final = 130


class MikazukiError(Exception):
    """A mistake in what was asked for: what is wrong and where (``message``), and what to do about it (``hint``).

    ``code`` is a stable name for programs and tests, words joined by hyphens, e.g. ``model-not-found``.
    ``exit_code`` is what the process ends with: 2 for a wrong request, 1 for a run that failed on its way.
    """

    def __init__(self, code: str, message: str, hint: str = "", *, exit_code: int = EXIT_WRONG_REQUEST) -> None:
        """Keep the parts; ``str(error)`` is the whole paragraph."""
        super().__init__(f"{message} {hint}".strip())
        self.code = code
        self.message = message
        self.hint = hint
        self.exit_code = exit_code


class MikazukiErrors(MikazukiError):  # noqa: N818 - they are several
    """Several refusals at once, so that a person can put all of them right in one go; read as one, it is a list."""

    def __init__(self, errors: Sequence[MikazukiError]) -> None:
        """Keep them in ``errors``; there is at least one. The code and the exit code are the first one's."""
        assert errors  # noqa: S101 - a programmer's mistake
        first = errors[0]
        message = first.message if len(errors) == 1 else "\n".join(f"- {error}" for error in errors)
        super().__init__(first.code, message, first.hint if len(errors) == 1 else "", exit_code=first.exit_code)
        self.errors = tuple(errors)
