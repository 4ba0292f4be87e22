"""Emergencies told without their name, and near misses that name one, in other words than the list's."""

from datetime import datetime

import pytest

from releve.language import understand
from releve.language.red_flags import find

FOUND = {
    "chest_pain": [
        "il garde la main à plat sur le torse, il est gris et trempé, il dit que c'est le repas",
        "comme une ceinture serrée sur le haut du corps, ça remonte dans les dents du bas, je vais vomir",
    ],
    "breathing_difficulty": [
        "elle a dormi assise dans le fauteuil, elle dit trois mots et elle s'arrête",
        "mon petit a avalé de travers une cacahuète, depuis ça siffle et il est mauve autour de la bouche",
    ],
    "stroke_signs": [
        "quand papi sourit il n'y a que la moitié qui monte",
        "elle se trompe de mots depuis ce midi et la tasse lui échappe de la main droite",
    ],
    "severe_bleeding": [
        "il s'est planté le couteau dans la cuisse, ça sort par à-coups",
        "sa fistule a lâché, le troisième pansement est traversé et j'appuie toujours",
    ],
    "unconscious_or_seizure": [
        "ma coloc a trop bu, je l'ai secouée, pincée, rien, et elle a vomi",
        "elle ronfle par terre, je la pince, elle ne bronche pas",
    ],
    "suicidal": [
        "les papiers sont rangés sur la table, j'ai trouvé une famille pour le chat",
        "je garde tous ses comprimés dans une boîte, je sais qu'il y en a assez",
        "le fusil est sur l'établi et de toute façon mon dossier ne servira plus",
    ],
    "violence_danger": [
        "il m'a pris mes clés et mes papiers, surtout ne me rappelez pas il décroche tout",
        "mon beau-père entre dans ma chambre la nuit quand maman est de garde",
        "il m'a tenue par le cou hier, j'ai vu tout noir",
    ],
    "severe_allergy": ["premier comprimé d'amoxicilline, les mains qui grattent et du mal à avaler ma salive"],
    "pregnancy_emergency": [
        "ma femme a trempé le lit, c'est clair comme de l'eau et ça recoule, elle est à 31 semaines",
        "enceinte de 8 mois, les mains enflées, une barre au front et des mouches devant les yeux",
    ],
    "meningitis_signs": ["39,7 et la nuque comme un manche à balai"],
    "severe_trauma": ["il est passé à travers le faux plafond, il ne sent plus ses jambes"],
    "poisoning_overdose": [
        "quatre timbres de Durogesic sur maman, elle pique du nez et respire tout doucement",
        "le petit a joué avec le pilulier, les cases sont vides",
    ],
    "severe_abdominal_pain": [
        "c'était autour du nombril, c'est descendu à droite, il hurle à chaque dos d'âne",
        "son ventre est tendu comme un tambour, pas un vent depuis trois jours, il vomit marron",
    ],
    "sudden_vision_loss": ["l'œil droit ne donne plus que du brouillard gris depuis hier soir"],
    "testicular_pain": ["un coup de jus dans les parties il y a une heure, c'est atroce"],
    "diabetic_emergency": ["son capteur affiche bas, il est trempé et il m'insulte, il dit n'importe quoi"],
    "sepsis_signs": ["39,5 hier, ce matin il est gris et ne veut plus boire"],
    "cauda_equina": ["lumbago, et depuis hier des fourmis entre les cuisses et elle se lève mouillée"],
    "post_op_complication": ["césarienne il y a huit jours, la couture a lâché et ça coule jaune"],
    "infant_fever": ["Léa, née le 12 du mois dernier, a 38,4"],
}

NOT_FOUND = [
    # someone asks, teaches, plays
    "Nous préparons un exposé sur l'AVC. Les signes : visage qui tombe, mots bizarres.",
    "on tourne un court-métrage où un patient meurt d'une overdose",
    "exercice intrusion au collège, je joue le mort pendant deux heures",
    "si l'un d'eux se fait piquer et gonfle, que prévoir dans la trousse ?",
    "face à un diabétique qui a perdu connaissance, donne-t-on du sucre ?",
    # hyperbole
    "le devis, j'ai failli faire un arrêt cardiaque mdr",
    "si j'oublie encore ce rendez-vous mon mari me tue",
    "overdose de galette, je voudrais voir la diététicienne",
    "encore une minute de cette musique et je me jette par la fenêtre",
    # over, or well since
    "j'ai fait une overdose il y a trois ans, depuis je suis clean",
    "infarctus en 2019, depuis tout roule, je veux mon contrôle",
    "la douleur dans la poitrine de ce matin c'était musculaire et c'est fini",
    # feared, denied, still to come
    "j'ai peur de faire un infarctus un jour",
    "ce n'est pas moi qui perds les eaux, c'est votre plafond",
    "je me fais opérer de la vésicule le six, après j'aurai de la fièvre ou du pus ?",
    # an animal, named at the end
    "Biscotte convulse et bave. C'est la chatte de Mme Petit.",
    # words that say one thing only
    "je ne serai pas là avant la demie",
    "la dernière fois il nous a fait avancer 60 euros",
]


@pytest.mark.parametrize(("category", "text"), [(c, t) for c, texts in FOUND.items() for t in texts])
def test_found(category: str, text: str) -> None:
    assert category in {flag.category for flag in find(text)}


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert find(text) == ()


def test_a_lesson_silences_only_what_names_nobody() -> None:
    text = "Je prépare un exposé sur l'AVC. Mais là ma mère a le visage qui tombe d'un côté."
    assert [flag.category for flag in find(text)] == ["stroke_signs"]


def test_a_denial_before_a_part_of_the_body_is_about_something_else() -> None:
    assert find("pas un vent son ventre est dur comme du bois et il vomit")


@pytest.mark.parametrize("words", ["mon bébé né fin août a de la fièvre, 38,6", "ma fille née en septembre a 39"])
def test_a_month_of_birth_tells_the_age_of_a_baby(words: str) -> None:
    assert "infant_fever" in understand(words, now=datetime(2026, 10, 5, 9)).red_flags


@pytest.mark.parametrize("words", ["ma fille née en mai a 39 de fièvre", "né en août 1974, j'ai de la fièvre"])
def test_an_older_child_is_no_baby(words: str) -> None:
    assert "infant_fever" not in understand(words, now=datetime(2026, 10, 5, 9)).red_flags


def test_a_letter_to_the_children_and_an_end_is_heard() -> None:
    words = "annulez le 16 svp, j'ai écrit une lettre à mes enfants, ce sera fini avant"
    assert "suicidal" in understand(words, now=datetime(2026, 10, 5, 9)).red_flags
    calm = "j'ai écrit une lettre à mes enfants pour la rentrée"
    assert not understand(calm, now=datetime(2026, 10, 5, 9)).red_flags
