"""Red flags and near misses written by someone who had not seen the rules (November 2026), and their lessons."""

import pytest

from releve.language import red_flags

FOUND = [
    ("suicidal", "Bonjour, je ne vois plus l'intérêt de continuer. J'ai écrit des lettres à mes enfants pour après."),
    ("suicidal", "Je voudrais annuler ma séance de jeudi, de toute façon je ne serai plus là, j'en finis ce soir."),
    ("chest_pain", "voilà depuis une heure ça me serre là au milieu et ça descend dans le bras gauche"),
    ("chest_pain", "Docteur, mon père a 78 ans, depuis le déjeuner il se tient le cœur, il a mal et envie de vomir."),
    ("cauda_equina", "sciatique depuis 3j et la jsens plus rien entre les jambes, me suis pissé dessus"),
    ("stroke_signs", "Je me suis levé et d'un coup plus de force dans la jambe et le bras gauches."),
    ("severe_bleeding", "Arrachage de dent hier, ça coule à flots depuis cette nuit malgré les compresses"),
    ("pregnancy_emergency", "À 31 SA, j'ai la culotte trempée, un liquide clair qui continue de couler."),
    ("breathing_difficulty", "ma mère a 80 ans elle n'arrive plus à respirer"),
    ("chest_pain", "mon père a 78 ans, il a mal dans la poitrine"),
]
NEGATED_ONLY_IN_LOOK = [
    "je n'ai jamais eu aussi mal à la poitrine",
    "pas d'amélioration de la douleur à la poitrine",
]
NOT_FOUND = [
    "je n'ai jamais eu mal à la poitrine",
    "pas de douleur à la poitrine",
    "Un rappel de vaccin pour mon fils de 6 ans, pas de fièvre.",
    "J'ai mis ma culotte de contention, dois-je la garder pour la visite ?",
    "Le robinet coule à flots dans la salle d'attente.",
]


@pytest.mark.parametrize(("category", "text"), FOUND)
def test_found(category: str, text: str) -> None:
    assert category in {flag.category for flag in red_flags.find(text)}


@pytest.mark.parametrize("text", NEGATED_ONLY_IN_LOOK)
def test_words_of_negation_that_deny_nothing(text: str) -> None:
    assert "chest_pain" in {flag.category for flag in red_flags.find(text)}


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert red_flags.find(text) == ()
