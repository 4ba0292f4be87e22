"""Who must see, write or be thanked: `practitioner` (MESSAGES.md)."""

import pytest

from releve.language.entities import practitioner

NAMED = [
    ("je voudrais voir le Dr. De Almeida lundi", "De Almeida"),
    ("docteur le fèvre demain matin", "le fèvre"),
    ("rdv avec dr martain svp", "martain"),
    ("Kessler jeudi", "Kessler"),
    ("je prends le créneau avec Petrosyan jeudi", "Petrosyan"),
    ("merci au Dr Roux pour tout", "Roux"),
    ("Le Dr Roux peut-il refaire mon ordonnance ?", "Roux"),
    ("dr roux m'a dit de revenir dans un mois", "roux"),
    ("rdv de demain avec madame Delattre la diététicienne à déplacer", "Delattre"),
    ("je voudrais consulter la doctoresse Brisset", "Brisset"),
    ("rendez-vous avec le kiné monsieur Darmon mardi", "Darmon"),
    ("rdv avec le Dr Claire Petit", "Petit"),
    ("je veux voir Madame le Docteur Quéméner", "Quéméner"),
]
PROFESSIONS = [
    ("la dermato", "dermatologue"),
    ("ma kiné", "kinésithérapeute"),
    ("physio tomorrow please", "kinésithérapeute"),
    ("rdv gynéco lundi", "gynécologue"),
    ("on sera chez lorl à 8h20", "orl"),
    ("Rdv rhumato sous 48h svp", "rhumato"),
    ("rdv avec l'ophtalmo vendredi", "ophtalmologue"),
    ("la sage femme a une place ?", "sage-femme"),
    ("mon médecin le Dr Roux m'a dit de voir un cardiologue", "cardiologue"),
]
NOBODY = [
    "bonjour docteur, merci",
    "le docteur va encore être fermé demain ?",
    "rdv avec le Dr Roux ou le Dr Martin, peu importe",
    "je suis la secrétaire du docteur Ziani, cardiologue",
    "bonjour c'est monsieur Mercier, je voudrais un rdv",
    "une gastro depuis hier, je vomis",
    "je suis toujours dispo, sf mercredi",
    "sans médecin depuis le départ à la retraite du docteur",
]


@pytest.mark.parametrize(("text", "who"), NAMED + PROFESSIONS)
def test_named(text: str, who: str) -> None:
    found = practitioner(text)
    assert found is not None and found[0] == who


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_asked_for(text: str) -> None:
    assert practitioner(text) is None


@pytest.mark.parametrize("text", [text for text, _ in NAMED])
def test_the_span_holds_the_name(text: str) -> None:
    found = practitioner(text)
    assert found is not None and found[0].lower() in text[found[1] : found[2]].lower()
