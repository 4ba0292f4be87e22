"""Under which words a file is kept, and what somebody typed."""

from datetime import date, datetime

import pytest

from releve.practice.rules import asked, birth_year, bounds, family_begins, folded, kept_words, months

NOW = datetime(2026, 3, 16, 9, 0)
ARC = kept_words([("Jean-Pierre", "d’Arc de Cœur", "+33639981001", "JP@Courriel.example")])


def finds(text: str, kept: frozenset[str] = ARC) -> bool:
    """Every word that was typed begins a kept word, as the index compares them."""
    read = asked(text, NOW)
    ranges = [[bounds(word) for word in words] for words in read.words]
    return bool(read.words) and all(
        any(low <= word.encode() < high for word in kept for low, high in alternatives) for alternatives in ranges
    )


@pytest.mark.parametrize(
    "text",
    [
        "jea", "JEAN", "pier", "jeanpi", "jean-pi", "Jean Pi", "arc", "d'a", "d’arc", "darc", "darcde",
        "coeur", "cœur", "CŒUR", "coeur jean", "jp@cou", "JP@COURRIEL.EXAMPLE",
        "06 39 98 10 01", "0639", "06.39.98", "+33 6 39 98", "0033639981001", "10 01", "81001", "1001 jean",
    ],
)  # fmt: skip
def test_found(text: str) -> None:
    assert finds(text)


@pytest.mark.parametrize(
    "text", ["", "   ", "-", "ean", "jeanne", "arc marie", "1002", "639 98", "jp@autre", "01", "٪"]
)
def test_not_found(text: str) -> None:
    assert not finds(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3 mai 1954", ()),
        ("né le 03/05/1954", ()),
        ("3.5.54", ()),
        ("03051954", ()),
        ("roche 3 mai 1954", ("roche",)),
        ("Bernard Roche née le 3 mai 54", ("bernard", "roche")),
    ],
)
def test_a_birth_date_is_read_apart(text: str, words: tuple[str, ...]) -> None:
    read = asked(text, NOW)
    assert read.born == date(1954, 5, 3)
    assert tuple(alternatives[0] for alternatives in read.words) == words


@pytest.mark.parametrize("text", ["06.10.54.3", "06.10.54.32.10", "06 10 54 32 10"])
def test_the_beginning_of_a_phone_is_no_date(text: str) -> None:
    assert asked(text, NOW).born is None


def test_a_year_may_be_a_birth_or_the_end_of_a_phone() -> None:
    (words,) = asked("1954", NOW).words
    assert birth_year(words) == 1954
    assert words == ("+1954", "<4591")
    assert birth_year(asked("4106", NOW).words[0]) is None
    assert birth_year(asked("roche", NOW).words[0]) is None


def test_family_names_that_begin_so_come_first() -> None:
    assert family_begins(asked("06 39 roche", NOW)) == "~roche"
    assert family_begins(asked("41 06", NOW)) is None
    assert "~darcdecoeur" in ARC


def test_other_scripts_keep_their_letters() -> None:
    kept = kept_words([("محمد", "الحسيني", None, None)])
    assert finds("محم", kept)
    assert folded("Ångström Łódź Müller") == "angstrom lodz muller"


def test_a_merged_duplicate_is_found_as_the_file_it_leads_to() -> None:
    kept = kept_words([("Bernard", "Roche", None, None), ("Bernar", "Rocher", "+33639981009", None)])
    assert finds("rocher", kept)
    assert finds("1009", kept)


def test_what_follows_is_not_read() -> None:
    assert len(asked("a " * 5000, NOW).words) == 6
    assert asked("é" * 100_000, NOW).words[0][0] == "e" * 200


@pytest.mark.parametrize(
    ("born", "lived"),
    [(date(2026, 3, 16), 0), (date(2026, 2, 16), 1), (date(2026, 2, 17), 0), (date(1954, 5, 3), 12 * 71 + 10)],
)
def test_months_lived(born: date, lived: int) -> None:
    assert months(born, NOW.date()) == lived
