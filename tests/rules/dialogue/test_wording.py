"""What a practice may write in the messages that leave by themselves, and what is refused."""

import pytest

from releve.dialogue import wording
from releve.dialogue.phrases import texts
from releve.dialogue.wording import Fault, faults, sms_length

VISITS = ["Consultation", "Suivi de grossesse", "Injection", "rappel de vaccin", "Bilan du pied"]
PROFESSIONS = ["médecin généraliste", "hypnothérapeute"]
HOSTS = ["rdv.canal.example", "canal.example"]
GOOD = "{practice} : à bientôt, le {start}, avec {who}. OUI pour venir, NON pour annuler, STOP pour ne plus recevoir."


def found(words: str, name: str = "reminder") -> list[Fault]:
    return faults(name, words, visits=VISITS, professions=PROFESSIONS, hosts=HOSTS)


@pytest.mark.parametrize("name", wording.BLANKS)
def test_our_own_texts_may_leave(name: str) -> None:
    assert found(texts("fr")[name], name) == []


@pytest.mark.parametrize(
    "more",
    [
        "",
        "Dr Martin vous attend.",
        "Le docteur a un peu de retard le lundi.",
        "En cas d’urgence, appelez le 15.",
        "Plan : canal.example/plan",
        "Plan : https://rdv.canal.example",
        "Écrivez à contact@canal.example.",
        "Le cabinet médical est au 2e étage.",
        "Merci.Bonne journée",
        "Venez avec votre carte Vitale, RER B.",
        "Une consultation dure vingt minutes.",
    ],
)
def test_accepted(more: str) -> None:
    assert found(f"{GOOD} {more}") == []


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        ("Votre cardiologue vous attend.", "speciality", "cardiologue"),
        ("Rendez-vous de Gynécologie.", "speciality", "Gynécologie"),
        ("Votre sage-femme vous attend.", "speciality", "sage-femme"),
        ("Chez le MÉDECIN.", "speciality", "MÉDECIN"),
        ("L’hypnothérapeute vous attend.", "speciality", "hypnothérapeute"),
        ("Pour votre grossesse.", "health", "grossesse"),
        ("Avant votre prise de sang.", "health", "prise de sang"),
        ("Pensez à votre Doliprane.", "health", "Doliprane"),
        ("Vos résultats sont là.", "health", "résultats"),
        ("Le test VIH est prêt.", "health", "VIH"),
        ("Votre injection du mois.", "health", "injection"),
        ("Pour votre pied.", "reason", "pied"),
        ("Cliquez https://bit.ly/abc", "link", "https://bit.ly/abc"),
        ("Voir www.evil.example", "link", "www.evil.example"),
        ("Voir cabinet-canal.com", "link", "cabinet-canal.com"),
        ("Voir canal.example.evil.com", "link", "canal.example.evil.com"),
        ("Soyez à l’heure !", "shouting", "!"),
        ("MERCI BEAUCOUP", "shouting", "MERCI BEAUCOUP"),
        ("IMPORTANT", "shouting", "IMPORTANT"),
        ("{patient}", "blank_unknown", "{patient}"),
        ("{practice.texts}", "blank_unknown", "{practice.texts}"),
        ("{0}", "blank_unknown", "{0}"),
        ("{start!r}", "blank_broken", ""),
        ("{start:>99}", "blank_broken", ""),
        ("{", "blank_broken", ""),
        ("a" * 500, "long", "480"),
    ],
)
def test_refused(more: str, code: str, words: str) -> None:
    assert Fault(code, words) in found(f"{GOOD} {more}")


@pytest.mark.parametrize("blank", ["{practice}", "{start}", "{who}"])
def test_a_blank_that_is_missing(blank: str) -> None:
    assert found(GOOD.replace(blank, "")) == [Fault("blank_missing", blank)]


@pytest.mark.parametrize("word", ["OUI", "NON", "STOP"])
def test_the_words_by_which_one_answers_stay(word: str) -> None:
    assert found(GOOD.replace(word, word.lower())) == [Fault("answer_missing", word)]


@pytest.mark.parametrize(
    ("text", "alphabet", "units", "segments"),
    [
        ("", "GSM-7", 0, 0),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("é" * 160, "GSM-7", 160, 1),
        ("€" * 80, "GSM-7", 160, 1),
        ("€" * 81, "GSM-7", 162, 2),
        ("ê" * 70, "UCS-2", 70, 1),
        ("ê" * 71, "UCS-2", 71, 2),
        ("😀" * 35, "UCS-2", 70, 1),
        ("😀" * 36, "UCS-2", 72, 2),
    ],
)
def test_how_many_sms_it_takes(text: str, alphabet: str, units: int, segments: int) -> None:
    length = sms_length(text)
    assert (length.alphabet, length.units, length.segments) == (alphabet, units, segments)


def test_it_says_which_signs_make_it_longer() -> None:
    assert sms_length("l’été, œuf, l’œil").rare == "’œ"
