"""Red flags through look-alike letters, spelling mistakes and whatever else a keyboard makes."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from releve.language.red_flags import find
from releve.language.red_flags.legible import legible
from releve.language.red_flags.spelling import repaired

PAIN = "j'ai mal à la poitrine depuis ce matin"
DISGUISED = [
    "mal à la p0itrine depuis ce matin",
    "D.O.U.L.E.U.R à la poitrine ce matin",
    "mal à la p o i t r i n e depuis ce matin",
    "𝐦𝐚𝐥 à la 𝐩𝐨𝐢𝐭𝐫𝐢𝐧𝐞 ce matin",
    "ｍａｌ à la ｐｏｉｔｒｉｎｅ ce matin",
    "mal à la pоitrinе ce matin",  # Cyrillic о and е
    "mal à la poi\u200btri\u00adne ce matin",
    unicodedata.normalize("NFD", "oppression à la poitrine, très forte, depuis hier"),
    "mal à la poitrnie depuis ce matin",
    "mal à la poitrrine depuis ce matin",
]
KNOWN = [
    "courir",
    "manger",
    "livres",
    "couleur",
    "douceur",
    "violet",
    "mouille",
    "couple",
    "soeurs",
    "toiture",
    "vestiges",
]


@pytest.mark.parametrize("text", DISGUISED)
def test_found_all_the_same(text: str) -> None:
    assert [flag.category for flag in find(text)] == ["chest_pain"]


def test_spans_index_the_message_as_written() -> None:
    text = "œuf 🥚 : ma\u0301l à la 𝐩𝐨𝐢𝐭𝐫𝐢𝐧𝐞 depuis ce matin"
    (flag,) = find(text)
    assert "𝐩𝐨𝐢𝐭𝐫𝐢𝐧𝐞" in text[flag.start : flag.end]


@pytest.mark.parametrize("word", KNOWN)
def test_a_known_word_is_never_changed(word: str) -> None:
    assert repaired(word) == (word, None)


@pytest.mark.parametrize(
    ("wrong", "right"), [("poitrnie", "poitrine"), ("convulson", "convulsion"), ("suicde", "suicide")]
)
def test_one_wrong_letter(wrong: str, right: str) -> None:
    assert repaired(wrong)[0] == right


def test_a_word_in_another_alphabet_stays() -> None:
    assert legible("сердце")[0] == "сердце"


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_spans_are_inside(text: str) -> None:
    assert all(0 <= flag.start < flag.end <= len(text) for flag in find(text))
    plain, offsets = legible(text)
    assert offsets is None or (len(offsets) == len(plain) and offsets == sorted(offsets))


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_other_sentence_silences_a_flag(before: str, after: str) -> None:
    assert "chest_pain" in {flag.category for flag in find(f"{before}.\n{PAIN}.\n{after}")}


OTHERS = [
    "Mon chien a été opéré l'an dernier.",
    "Rien de grave.",
    "Je vais très bien maintenant.",
    "C'était pour une formation.",
    "Non.",
    "mdr lol",
    "Aucun antécédent",
]


@pytest.mark.parametrize("other", OTHERS)
def test_no_everyday_sentence_silences_a_flag(other: str) -> None:
    assert find(f"{other} \n{PAIN}") and find(f"{PAIN}.\n{other}")


@pytest.mark.parametrize("dress", ["Bonjour, {} merci", "svp {}", "{} cordialement", "Madame, Monsieur, {}"])
@pytest.mark.parametrize("shape", [str.upper, str.lower, str.title, lambda t: t.replace("'", "’"), lambda t: t + " !!"])
def test_politeness_and_case_change_nothing(dress: str, shape: object) -> None:
    assert callable(shape)
    assert [flag.category for flag in find(dress.format(shape(PAIN)))] == ["chest_pain"]


@given(st.integers(0, 200), st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
@settings(max_examples=100, deadline=None)
def test_one_typo_outside_the_key_words_changes_nothing(at: int, letter: str) -> None:
    courtesy = "bonjour docteur excusez moi de vous ecrire"
    at %= len(courtesy)
    assert "chest_pain" in {f.category for f in find(f"{courtesy[:at]}{letter}{courtesy[at + 1 :]}. {PAIN}")}
