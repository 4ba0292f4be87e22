"""What was learnt from and how well it does on the authors held out, as a short text."""

from collections.abc import Sequence

from releve.core.understanding import INTENTS
from releve.language.intents.decision import decide
from releve.language.intents.model import Model
from releve.language.view import View
from releve.training.corpus import Corpus, Message
from releve.training.measure import score


def text(corpus: Corpus, data: bytes) -> str:
    """One line an author held out, then the total and the labels that are hardest."""
    engine = Model(data)
    header = engine.header
    given = {m.id: frozenset(_decided(m, engine)) for m in corpus.held_out}
    lines = [f"threshold {header['threshold']}, {len(data) / 1e6:.1f} MB, corpus {header['corpus'][:12]}"]
    for author in sorted({m.author for m in corpus.held_out}):
        lines.append(_line(author, [m for m in corpus.held_out if m.author == author], given))
    lines.append(_line("all held out", corpus.held_out, given))
    lines += sorted(_labels(corpus.held_out, given))[:8]
    return "\n".join(lines)


def _decided(message: Message, engine: Model) -> tuple[str, ...]:
    view = View(message.text, message.now)
    danger = (view.flags[0].start, view.flags[0].end) if view.flags else None
    return decide(view.read, view.cues, danger, view.bare_answer, engine).intents


def _line(name: str, messages: Sequence[Message], given: dict[str, frozenset[str]]) -> str:
    found = score([m.intents for m in messages], [given[m.id] for m in messages])
    return f"{name:<14} F1 {found.f1:.3f}  exact {found.exact:.3f}  ({found.count})"


def _labels(messages: Sequence[Message], given: dict[str, frozenset[str]]) -> list[str]:
    lines = []
    for label in INTENTS:
        own = [frozenset({label}) & m.intents for m in messages], [frozenset({label}) & given[m.id] for m in messages]
        if any(own[0]):
            lines.append(f"  {score(*own).f1:.2f} {label} ({sum(map(len, own[0]))})")
    return lines
