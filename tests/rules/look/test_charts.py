"""Charts: figures in, places in a drawing out."""

import pytest

from releve.look.charts import BOTTOM, HEIGHT, LEFT, TOP, WIDTH, bars, spark


@pytest.mark.parametrize("highest", [0, 1, 3, 4, 5, 9, 44, 400, 12_345])
def test_every_bar_is_within_its_axes(highest: int) -> None:
    chart = bars("Demandes", ["Reçues", "Réglées"], [("lun.", (highest, 0)), ("mar.", (0, highest))])
    for group in chart.groups:
        for mark, value in zip(group.marks, group.values, strict=True):
            assert TOP <= float(mark.y) <= HEIGHT - BOTTOM
            assert float(mark.y) + float(mark.height) == pytest.approx(HEIGHT - BOTTOM, abs=0.11)
            assert (float(mark.height) > 0) == (value > 0)
            assert float(mark.x) >= LEFT and float(mark.x) + float(mark.width) <= WIDTH
    assert [float(label) for _y, label in chart.ticks] == sorted(float(label) for _y, label in chart.ticks)
    assert float(chart.ticks[-1][1]) >= highest


def test_heights_are_in_proportion() -> None:
    (first, second) = bars("x", ["n"], [("a", (10,)), ("b", (20,))]).groups
    assert float(second.marks[0].height) == pytest.approx(2 * float(first.marks[0].height), abs=0.2)


def test_nothing_is_drawn_flat() -> None:
    assert bars("x", ["n"], []).groups == []
    assert spark([], "rien").points


def test_a_spark_rises_with_its_figures() -> None:
    heights = [float(point.split(",")[1]) for point in spark([1, 5, 9], "x").points.split()]
    assert heights == sorted(heights, reverse=True)
