"""Ideas behind words: the longest entries, folded, by whole word or by stem."""

from releve.language.intents import concepts
from releve.language.text import fold
from releve.language.wordings import load


def ideas(text: str) -> set[str]:
    return {idea for idea, _, _ in concepts.found(fold(text).replace("'", " ").split())}


def test_several_ways_of_saying_one_idea() -> None:
    for said in ("je suis coincé", "pas me libérer", "empêchement"):
        assert "unable" in ideas(said), said


def test_a_stem_stands_for_its_family() -> None:
    assert all("cancel" in ideas(word) for word in ("annuler", "annulation", "annulez"))


def test_a_medicine_is_known_by_its_name() -> None:
    assert "medicine" in ideas("encore du doliprane")


def test_where_an_idea_stands() -> None:
    words = ["bonjour", "annuler", "le", "rdv"]
    assert ("cancel", 1, 2) in concepts.found(words)


def test_nothing_is_found_in_nothing() -> None:
    assert concepts.found([]) == []


def test_every_entry_is_folded_and_short() -> None:
    for name, entry in load("releve.language.intents", "concepts.toml").items():
        for words in entry["words"]:
            assert words == fold(words), f"{name}: {words}"
            assert 1 <= len(words.split()) <= 4, f"{name}: {words}"
            assert "*" not in words[:-1], f"{name}: {words}"
