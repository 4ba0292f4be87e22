"""Writes `language/literals.json`: for each wording, the literals it needs. Run after changing a lexicon.

`python -m releve.training.literals`. A wording that is not in the file works as well; it only makes the start slower.
"""

import json
from importlib import import_module, resources
from pathlib import Path

from releve.language import wordings

_READERS = ("releve.language", "releve.language.explain", "releve.language.matching")


def literals() -> str:
    """The file's text, from every wording that the readers have."""
    for name in _READERS:
        import_module(name)
    found = {key: sorted(wordings.worked_out(expression)) for key, expression in wordings.ASKED.items()}
    lines = (f"{json.dumps(key)}: {json.dumps(found[key], ensure_ascii=False)}" for key in sorted(found))
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    Path(str(resources.files("releve.language").joinpath("literals.json"))).write_text(literals(), "utf-8")
