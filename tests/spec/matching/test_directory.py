"""What words point at in a practice: a visit, a practitioner, a place offered, an answer of the file."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from releve.core.facts import Directory
from releve.language.matching import choose, find_answer, mention, named, unexplained


@dataclass(frozen=True)
class Row:
    """A record as pure code sees it: only the columns a test needs."""

    id: int
    identifier: str = ""
    given: str = ""
    family: str = ""
    profession: str = ""
    name: str = ""
    aliases: tuple[str, ...] = ()
    question: str = ""
    answer: str = ""
    accepts_new_patients: bool = True


PRACTITIONERS = {
    1: Row(1, given="Claire", family="Martin", profession="médecin généraliste"),
    2: Row(2, given="Hugo", family="Petit", profession="masseur-kinésithérapeute"),
    3: Row(3, given="Aminata", family="Diallo", profession="infirmière"),
}
SERVICES = {
    1: Row(1, name="Consultation", aliases=("consultation", "généraliste")),
    2: Row(2, name="Séance de kinésithérapie", aliases=("kiné", "rééducation")),
    3: Row(3, name="Prise de sang", aliases=("prise de sang", "bilan sanguin")),
    4: Row(4, name="Pansement", aliases=("pansement", "soin de plaie")),
}
FAQ = (
    Row(1, "parking", question="Y a-t-il un parking ?", answer="Parking public à 200 mètres."),
    Row(2, "masque", question="Faut-il porter un masque ?", answer="Oui, en cas de toux."),
)
HOUSE = Directory(None, PRACTITIONERS, SERVICES, {1: (1,), 2: (2,), 3: (3,), 4: (3,)}, FAQ)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "service", "practitioner"),
    [
        ("une séance de kiné vendredi matin", 2, 2),
        ("rdv avec le dr Martin", 1, 1),
        ("rdv dr martain svp", 1, 1),
        ("il me faut une prise de sang demain matin", 3, None),
        ("voir l'infirmière pour un pansement", 4, 3),
        ("un petit rdv rapide", None, None),
        ("M. Petit est-il là ?", 2, 2),
        ("s'il vous plaît une place demain", None, None),
        ("avec l'infirmière", None, 3),
    ],
)
def test_mention(text: str, service: int | None, practitioner: int | None) -> None:
    found = mention(text, HOUSE)
    assert (found.service, found.practitioner) == (service, practitioner)


def test_a_practitioner_whom_the_practice_does_not_have() -> None:
    assert mention("rdv avec le docteur Lagarde", HOUSE).unknown == "lagarde"


STARTS = [datetime(2026, 3, 17, 17, 0), datetime(2026, 3, 17, 17, 20), datetime(2026, 3, 19, 17, 20)]


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("mardi 17h20", 1), ("celui de 17h", 0), ("le deuxième", 1), ("le dernier svp", 2), ("option 3", 2), ("2", 1),
        ("jeudi", 2), ("mardi 17 mars à 17 h 20 ça me va", 1), ("plutôt samedi", None), ("17h20", None),
    ],
)  # fmt: skip
def test_choice(text: str, index: int | None) -> None:
    assert choose(text, STARTS).index == index


def test_two_places_that_fit_what_was_said_are_asked_about() -> None:
    assert choose("17h20", STARTS).ambiguous == (1, 2)


def test_whom_a_message_leaves_out() -> None:
    twins = [Row(7, given="Léa"), Row(8, given="Lucas")]
    assert named("Lucas mardi, pas celui de Léa", twins) == ((8,), (7,))  # type: ignore[arg-type]
    assert named("Lucas le mardi ; Léa garde son heure", twins) == ((8,), (7,))  # type: ignore[arg-type]
    assert named("Léa et Lucas sont malades", twins) == ((7, 8), ())  # type: ignore[arg-type]


def test_the_file_answers_only_what_it_holds() -> None:
    found = find_answer("où se garer, il y a un parking ?", FAQ)
    assert found is not None and found.identifier == "parking"
    assert find_answer("vendez-vous des lunettes ?", FAQ) is None


def test_a_price_question_with_an_unknown_word_is_not_explained() -> None:
    assert unexplained("combien coûte une infiltration du genou", {"coute", "genou"}) == ("infiltration",)
