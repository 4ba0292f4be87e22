"""Folding and reading keep every character where it was."""

import pytest

from releve.language.text import clause_around, clauses, fold, quiet, reading, tokens

ODD = [
    "Œdème au cœur",
    "l’été à 8 h",
    "É\u00a0È\u202fÇ",
    "İstanbul",
    "« guillemets » – tiret",
    "Straße",
    "🏋️ emoji",
    "ﬁn",
    "e\u0301te\u0301",
]


@pytest.mark.parametrize("text", ODD)
def test_length_is_kept(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert len(reading(text)) == len(text)


def test_fold() -> None:
    assert fold("L’Été À Noël") == "l'ete a noel"


SPOKEN = [
    ("trente-neuf de fièvre", "39 de fievre"),
    ("quatre-vingt-dix-huit", "98"),
    ("soixante et onze", "71"),
    ("mille neuf cent cinquante", "1950"),
    ("deux mille quinze", "2015"),
    ("zéro un quarante-cinq", "0 1 45"),
    ("septante-trois", "73"),
    ("vingt et un", "21"),
    ("une semaine", "une semaine"),
]


@pytest.mark.parametrize(("text", "read"), SPOKEN)
def test_number_words_are_read_as_digits(text: str, read: str) -> None:
    assert reading(text).split() == read.split()


def test_quiet_hides_long_numbers_only() -> None:
    assert quiet("39 98 au 06 39 98 39 98") == "39 98 au ##############"
    assert quiet("fievre 38,5 depuis 2 jours") == "fievre 38,5 depuis 2 jours"


def test_tokens_index_the_original() -> None:
    text = "J’ai rendez-vous à 15h."
    assert [text[t.start : t.end] for t in tokens(text)] == [t.text for t in tokens(text)]


def test_clauses() -> None:
    text = fold("J'annule lundi. Par contre 38,5 de fièvre mais ça va")
    assert next(text[a:b].strip(" .") for a, b in clauses(text)) == "j'annule lundi"
    left, right = clause_around(text, text.index("38"), text.index("38") + 4)
    assert "fievre" in text[left:right] and "annule" not in text[left:right]
