"""For whom the message speaks, and whose medical data are at stake (MESSAGES.md, `patient_is` and `human`)."""

import pytest

from releve.language.entities import patient_is, third_party
from releve.language.text import quiet, reading

WHOM = [
    ("je voudrais un rendez-vous pour mon dos", "self"),
    ("mon mari m'amène, je serai là à 15h", "self"),
    ("ma fille me dit de consulter, j'ai mal au dos", "self"),
    ("ma grand-mère a eu un mélanome, je voudrais faire contrôler mes grains de beauté", "self"),
    ("je peux le jeudi, ma belle-mère garde la petite", "self"),
    ("je suis chez ma fille, on peut se voir en visio ?", "self"),
    ("mon fils de neuf ans tousse depuis trois jours", "child"),
    ("je suis la maman de Nolan, on sera en retard", "child"),
    ("rdv pour Zélie svp, elle boite. Sa maman", "child"),
    ("bb 7 semaines 38,4 depuis cette nuit, elle tète moins", "child"),
    ("Noé (5 ans) a 39,8 depuis lundi, vous pouvez le voir ?", "child"),
    ("ma fille de 34 ans voudrait un rendez-vous", "child"),
    ("maman a 90 ans, elle est tombée", "parent"),
    ("bonjour je suis la fille de madame bertin, elle est tombée hier", "parent"),
    ("je viens pour mon daron, il a mal au dos", "parent"),
    ("mon mari a de la fièvre depuis hier", "partner"),
    ("je suis l'épouse de monsieur Lambotte, il vomit depuis ce matin", "partner"),
    ("rdv pr ma meuf jeudi", "partner"),
    ("la maman de mon compagnon a besoin d'un rendez-vous", "other"),
    ("ma sœur a de la fièvre, vous pouvez la voir ?", "other"),
    ("rdv pour ma petite-fille, elle a de la fièvre", "other"),
    ("je suis la nièce de madame Kerouanton, elle a été hospitalisée", "other"),
    ("bonjour ici l'ehpad les mimosas, madame Carrier a 38,8", "other"),
    ("Pharmacie du Canal : ordo de M. Sylla, il attend au comptoir", "other"),
    ("c'est pour mon voisin, il a besoin d'un médecin", "other"),
]


@pytest.mark.parametrize(("text", "whom"), WHOM)
def test_patient_is(text: str, whom: str) -> None:
    assert patient_is(quiet(reading(text))) == whom


@pytest.mark.parametrize(
    "text",
    [
        "Assurances du Lac : pouvez-vous nous donner le diagnostic de M. Pereira ?",
        "bonjour ici le laboratoire, l'inr de madame Aubert est à 7,2",
        "Cher confrère, pour M. Sauvageot : épreuve d'effort négative. Cardiologie de la Porte Dorée",
    ],
)
def test_a_third_persons_data(text: str) -> None:
    assert third_party(quiet(reading(text)))


@pytest.mark.parametrize(
    "text",
    [
        "je voudrais mes résultats",
        "les résultats de mon fils sont arrivés ?",
        "bonjour ici les ambulances, madame Khelifi aura dix minutes de retard",
        "le labo vous a envoyé mes analyses ?",
    ],
)
def test_no_third_persons_data(text: str) -> None:
    assert not third_party(quiet(reading(text)))
