"""Charts drawn by the server: figures in, places in an SVG out; the templates add the words and the table."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 650, 162, 30, 22, 12


@dataclass(frozen=True)
class Mark:
    """A bar, or a point of a line: where it is, in the drawing's units."""

    x: str
    y: str
    width: str = ""
    height: str = ""


@dataclass(frozen=True)
class Group:
    """What stands over one label: a bar for each series."""

    label: str
    x: str
    marks: Sequence[Mark]
    values: Sequence[float]


@dataclass(frozen=True)
class Bars:
    title: str
    series: Sequence[str]
    groups: Sequence[Group]
    ticks: Sequence[tuple[str, str]]  # y, label
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def base(self) -> str:
        return f"{HEIGHT - BOTTOM}"


@dataclass(frozen=True)
class Spark:
    """A line without axes; `points` as SVG wants them."""

    points: str
    last: Mark
    said: str


def bars(
    title: str, series: Sequence[str], rows: Sequence[tuple[str, Sequence[float]]], whole: float | None = None
) -> Bars:
    """One group a row, one bar a series; `whole`: what they are parts of. An empty or null chart is drawn flat."""
    step = whole / 4 if whole else _step(max((value for _label, values in rows for value in values), default=0))
    top = 4 * step
    place = (WIDTH - LEFT) / max(len(rows), 1)
    each = min(30.0, place * 0.8 / max(len(series), 1))

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top

    groups = []
    for number, (label, values) in enumerate(rows):
        middle = LEFT + place * (number + 0.5)
        first = middle - each * len(values) / 2
        marks = [
            Mark(f"{first + i * each:.1f}", f"{y(v):.1f}", f"{max(each - 2, 1):.1f}", f"{y(0) - y(v):.1f}")
            for i, v in enumerate(values)
        ]
        groups.append(Group(label, f"{middle:.1f}", marks, values))
    return Bars(title, series, groups, [(f"{y(n * step):.1f}", f"{n * step:g}") for n in range(5)])


def _step(highest: float) -> int:
    """A round quarter of the axis: 1, 2, 5, 10, 20, 50..."""
    step, by = 1, 0
    while step * 4 < highest:
        step = step * (2, 5, 10)[by] // (1, 2, 5)[by]
        by = (by + 1) % 3
    return step


def spark(values: Sequence[float], said: str, width: int = 90, height: int = 22) -> Spark:
    """The course of a few figures, in a line of text."""
    top, by = max([*values, 1]), (width - 6) / max(len(values) - 1, 1)
    points = [(3 + n * by, height - 3 - (height - 6) * value / top) for n, value in enumerate(values or [0])]
    x, y = points[-1]
    return Spark(" ".join(f"{a:.1f},{b:.1f}" for a, b in points), Mark(f"{x:.1f}", f"{y:.1f}"), said)
