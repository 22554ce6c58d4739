"""Runs one regular expression over many texts in a process of its own, which can be ended when it takes too long."""

import json
import re
import sys

# Started by its path with nothing but the standard library: see `patterns`.


def main() -> None:
    """Read {pattern, by, match_case, texts} from stdin; write what was found, or the texts with it replaced."""
    asked = json.load(sys.stdin.buffer)
    pattern = re.compile(asked["pattern"], 0 if asked["match_case"] else re.IGNORECASE)
    texts = asked["texts"]
    by = asked["by"]
    answer = [pattern.search(text) is not None for text in texts] if by is None else [pattern.sub(by, t) for t in texts]
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


if __name__ == "__main__":
    main()
