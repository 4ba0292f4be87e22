"""The list itself, what is shown to the patient, the age rule and same-day urgency."""

import pytest

from releve.core.understanding import RED_FLAGS
from releve.language import red_flags
from releve.language.red_flags import infant, same_day
from releve.language.text import quiet, reading
from releve.language.wordings import Wordings, load


@pytest.mark.parametrize("category", RED_FLAGS)
def test_every_category_names_a_number_a_text_and_its_basis(category: str) -> None:
    entry = load("releve.language.red_flags", "categories.toml")[category]
    assert set(entry["numbers"]) <= {"15", "112", "114", "3114", "119", "17", "3919"}
    assert entry["text"].endswith(".") and entry["basis"]
    assert all(number in red_flags.advice((category,)) for number in entry["numbers"])


def test_the_list_has_a_version() -> None:
    assert red_flags.VERSION


def test_advice_of_several_categories_names_each_number_once() -> None:
    text = red_flags.advice(("suicidal", "poisoning_overdose"))
    assert text.count(" 15") == 1 and "3114" in text and "114 par SMS" in text
    assert red_flags.advice(()) == ""


def test_spans_index_the_message() -> None:
    text = "Bonjour, j’ai mal à la poitrine."
    (flag,) = red_flags.find(text)
    assert "poitrine" in text[flag.start : flag.end]


YOUNG = [
    "mon bébé de deux mois",
    "ma fille a un mois et demi",
    "bb 7 semaines",
    "bébé né il y a quinze jours",
    "mon nouveau-né",
    "il a 80 jours",
]
OLDER = [
    "mon bébé de quatre mois",
    "ma fille de 3 ans",
    "il tousse depuis 2 semaines et il a 5 ans",
    "j'ai mal depuis deux jours",
]


@pytest.mark.parametrize("text", YOUNG)
def test_under_three_months(text: str) -> None:
    assert infant.young(reading(text))


@pytest.mark.parametrize("text", OLDER)
def test_not_under_three_months(text: str) -> None:
    assert not infant.young(reading(text))


@pytest.mark.parametrize(
    "text",
    [*(f"{t} a 38,5" for t in OLDER[:2]), "mon bébé de 2 mois pèse 5 kg", "bébé de 6 semaines, 39 rue des Lilas"],
)
def test_no_infant_fever(text: str) -> None:
    assert infant.fever(quiet(reading(text))) is None


SAME_DAY = [
    "ma fille de 4 ans a 40 de fièvre",
    "lumbago, je ne peux plus me lever",
    "je me suis coupé le doigt, je pense qu'il faut des points",
    "infection urinaire avec 38,9 de fièvre",
    "la cicatrice est rouge et suinte depuis hier",
    "mon fils hurle en se tenant l'oreille depuis cette nuit",
]


@pytest.mark.parametrize("text", SAME_DAY)
def test_same_day(text: str) -> None:
    assert same_day.find(reading(text))


@pytest.mark.parametrize("text", ["mal de gorge léger", "j'ai le nez qui coule", "mal au genou quand je cours"])
def test_not_same_day(text: str) -> None:
    assert same_day.find(reading(text)) is None


def test_wordings_read_spaces_apostrophes_and_ligatures_loosely() -> None:
    wordings = Wordings(["mal au coeur", "j'ai {n} ans"], {"n": "\\d+"})
    assert all(map(wordings.first, ["mal au cœur", "mal-au  coeur", "jai 40 ans", "j ai 40 ans"]))
    assert wordings.first("normal au coeurs") is None
