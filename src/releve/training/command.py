"""The verb `releve train`."""

import sys
from importlib import resources
from pathlib import Path

from releve.training import corpus, report
from releve.training.train import train, write


def run(folder: str, out: str | None) -> int:
    """Learns, writes the weights, prints what was measured; 2 when the corpus or scikit-learn cannot be used."""
    try:
        known = corpus.load(Path(folder))
        models = train(known, _tell)
    except (OSError, ValueError) as error:
        _tell(f"releve train: {error}")
        return 2
    except ImportError as error:
        _tell(f"releve train: {error.name} is not installed. It comes with `make setup-dev`.")
        return 2
    write(models, Path(out) if out else Path(str(resources.files("releve.language.intents"))))
    print(report.text(known, models["intents"]))
    return 0


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
