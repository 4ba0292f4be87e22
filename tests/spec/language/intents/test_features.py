"""What the model looks at, and where."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from releve.language.intents.features import look
from releve.language.text import quiet, reading

LONG = (
    "je vous ecris pour mon mari qui a mal au dos depuis trois semaines et qui ne dort plus la nuit malgre ses cachets "
    "et au fait vous ouvrez a quelle heure le samedi"
)


def said(read: str) -> list[str]:
    looked = look(read)
    return [" ".join(looked.words[first:after]) for first, after in looked.stretches()]


def test_a_short_sentence_is_one_stretch() -> None:
    assert said("annulez mon jeudi. et c'est combien ?") == ["annulez mon jeudi", "et c est combien ?"]


def test_a_number_with_a_comma_does_not_end_a_sentence() -> None:
    assert said("38.5 ce matin") == ["## ce matin"]


def test_a_long_sentence_is_cut_in_overlapping_stretches() -> None:
    cuts = look(LONG).stretches()
    assert len(cuts) > 3
    assert all(second[0] < first[1] for first, second in pairwise(cuts))
    assert any("quelle heure" in part for part in said(LONG))


def test_a_stretch_holds_only_its_own_features() -> None:
    looked = look("annuler jeudi. combien coute")
    assert "b annuler jeudi" in looked.within(0, 2)
    assert "b jeudi combien" in looked.whole() and "b jeudi combien" not in looked.within(0, 2)


@given(st.text(max_size=200) | st.integers(400, 620).map(lambda n: "mot " * n))
def test_every_word_is_in_a_stretch(text: str) -> None:
    looked = look(quiet(reading(text)))
    covered = {at for first, after in looked.stretches() for at in range(first, after)}
    assert covered == set(range(len(looked.words)))
    assert all(0 <= a <= b <= len(text) for a, b in looked.places)
