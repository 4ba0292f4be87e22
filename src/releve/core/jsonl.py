"""JSON Lines as they are: what is read can be written back."""

import json
from math import isfinite


def read(line: str) -> object:
    """One line. Raises ValueError when it is no JSON (NaN, Infinity, 1e400 are none), RecursionError when too deep."""
    return json.loads(line, parse_constant=_number, parse_float=_number)


def _number(written: str) -> float:
    number = float(written)
    if not isfinite(number):
        raise ValueError(f"{written} is no number")
    return number
