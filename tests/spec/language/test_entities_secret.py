"""Medicines, social-security numbers and the reason of a visit, with their spans."""

import time
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from releve.language import entities
from releve.language.text import quiet, reading

NOW = datetime.fromisoformat("2026-03-09T10:12")

MEDICINES = [
    ("du levothyrox 75 et du doliprane 1000 mg 3 fois par jour", [("levothyrox", "75"), ("doliprane", "1000 mg")]),
    ("kardegic 75mg le matin", [("kardegic", "75mg")]),
    ("Eliquis 2,5 x2", [("Eliquis", "2,5")]),
    ("Ixprim 37,5/325 en rupture", [("Ixprim", "37,5/325")]),
    ("doliprane 3 fois par jour", [("doliprane", None)]),
    ("rien du tout", []),
]


@pytest.mark.parametrize(("text", "named"), MEDICINES)
def test_medicines(text: str, named: list[tuple[str, str | None]]) -> None:
    found = entities.medicines(text)
    assert [(m.name, m.dose) for m in found] == named
    assert all(
        text[m.start : m.end].startswith(m.name) and text[m.start : m.end].endswith(m.dose or m.name) for m in found
    )


@pytest.mark.parametrize(
    "text",
    [
        "1 85 05 78 006 084 91",
        "185057800608491",
        "1850578006084",
        "1.85.05.78.006.084",
        "2 79 03 2A 123 456",
        "secu 1 85 05 78 006 084 36",
        "un quatre-vingt-cinq zéro cinq soixante-dix-huit zéro zéro six zéro quatre-vingt-quatre",
    ],
)
def test_social_security(text: str) -> None:
    spans = entities.social_security(text)
    assert len(spans) == 1 and spans[0][1] >= len(text) - 12


@pytest.mark.parametrize("text", ["06 39 98 12 34", "185057800608436", "né le 05/10/1990, 06 12 34 56 78", "12345"])
def test_no_social_security(text: str) -> None:
    assert entities.social_security(text) == ()


REASONS = [
    ("rdv pour un mal de dos demain svp", "un mal de dos"),
    ("pour mon renouvellement", "mon renouvellement"),
    ("un rdv pour mon fils pour un vaccin mardi", "un vaccin"),
    ("je viens pour refaire mes lunettes", "refaire mes lunettes"),
    ("rdv pour ma fille", None),
    ("pour demain matin", None),
    ("pour un rdv", None),
]


@pytest.mark.parametrize(("text", "said"), REASONS)
def test_reason(text: str, said: str | None) -> None:
    found = entities.reason(text)
    assert (text[found[0] : found[1]] if found else None) == said


def everything(text: str) -> tuple[object, ...]:
    """Every reader of the room on one text."""
    read = quiet(reading(text))
    return (
        entities.practitioner(text), entities.birth_date(text, NOW), entities.phone(text), entities.patient_is(read),
        entities.third_party(read), entities.names(text), entities.email(text), entities.code(text),
        entities.medicines(text), entities.social_security(text), entities.reason(text), entities.presented(text, read),
    )  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=200))
def test_never_raises(text: str) -> None:
    everything(text)


WORDS = """mon ma le la petit petite de du d'un pour fils fille maman mari sœur dr docteur madame m. martin roux né née
le 3 12 mars 1985 85 06 39 98 12 34 non pardon
ans depuis hier gastro kiné ehpad , . ( ) ? : / doliprane 500 mg
il elle a est ou et"""
FRENCH = st.lists(st.sampled_from(WORDS.split()), max_size=40).map(" ".join)


@settings(deadline=None, max_examples=200)
@given(FRENCH)
def test_never_raises_on_french_words(text: str) -> None:
    everything(text)


WORTH = [
    "rdv avec le Dr Roux pour ma fille née le 3 mai 2018, 06 39 98 12 34",
    "mon père né le 14/07/1940 tousse, le kiné est là lundi ? 06.39.98.12.34",
]
COURTESY = ["{}", "Bonjour, {}", "{} Merci beaucoup", "Bonjour Madame, {}. Bonne journée", "{} svp"]


@pytest.mark.parametrize("text", WORTH)
@pytest.mark.parametrize("frame", COURTESY)
@pytest.mark.parametrize("change", [str, str.upper, str.lower], ids=["as written", "upper", "lower"])
def test_courtesy_and_case_change_nothing(text: str, frame: str, change: object) -> None:
    said = change(frame.format(text))  # type: ignore[operator]
    who, plain = entities.practitioner(said), entities.practitioner(text)
    assert who is not None and plain is not None and who[0].lower() == plain[0].lower()
    assert entities.patient_is(quiet(reading(said))) == entities.patient_is(quiet(reading(text)))
    for found, before in (
        (entities.birth_date(said, NOW), entities.birth_date(text, NOW)),
        (entities.phone(said), entities.phone(text)),
    ):
        assert found is not None and before is not None and found[0] == before[0]


@pytest.mark.parametrize(
    "piece", ["dr martin ", "mon fils ", "Paul Martin ", "06 12 ", "a", " ", "deux cent ", "m. dupont il a "]
)
def test_cost_is_linear(piece: str) -> None:
    """Four times the text: at most about eight times the time (the machine is shared)."""

    def cost(size: int) -> float:
        text = (piece * size)[:size]
        best = 9.0
        for trial in range(3):
            start = time.perf_counter()
            everything(text + " " * trial)  # another text: nothing remembered
            best = min(best, time.perf_counter() - start)
        return best

    cost(1000)
    assert cost(20_000) < 8 * max(cost(5_000), 0.01)
