"""The most telling signs in other languages."""

import pytest

from releve.language.red_flags import find, foreign

FOUND = [
    ("chest_pain", "I have a crushing pain in my chest"),
    ("breathing_difficulty", "my baby can't breathe"),
    ("stroke_signs", "her face is drooping and her speech is slurred"),
    ("severe_bleeding", "he is bleeding heavily"),
    ("unconscious_or_seizure", "my father collapsed, he is unresponsive"),
    ("suicidal", "I want to end my life"),
    ("severe_allergy", "her tongue is swelling after peanuts"),
    ("pregnancy_emergency", "I'm 30 weeks pregnant and bleeding"),
    ("poisoning_overdose", "my son swallowed bleach"),
    ("violence_danger", "my husband hits me"),
    ("chest_pain", "عندي ألم في الصدر"),
    ("breathing_difficulty", "لا أستطيع التنفس"),
    ("suicidal", "أريد أن أموت"),
    ("chest_pain", "tenho uma dor forte no peito"),
    ("breathing_difficulty", "não consigo respirar"),
    ("chest_pain", "tengo un dolor en el pecho"),
    ("unconscious_or_seizure", "mi madre se desmayó y no responde"),
    ("breathing_difficulty", "nefes alamıyorum"),
    ("chest_pain", "mă doare rău în piept, durere în piept"),
    ("unconscious_or_seizure", "він непритомний, не реагує"),
    ("breathing_difficulty", "мне трудно дышать"),
    ("suicidal", "я хочу умереть"),
    ("chest_pain", "Ich habe starke Schmerzen in der Brust seit heute früh"),
    ("breathing_difficulty", "mein Mann bekommt keine Luft mehr"),
    ("unconscious_or_seizure", "meine Mutter reagiert nicht"),
    ("suicidal", "ich möchte nicht mehr leben"),
    ("chest_pain", "ho un forte dolore al petto"),
    ("unconscious_or_seizure", "mio padre è svenuto e non risponde"),
    ("stroke_signs", "la nonna ha la bocca storta"),
    ("chest_pain", "ik heb pijn op de borst"),
    ("breathing_difficulty", "mijn dochter is erg benauwd"),
    ("severe_bleeding", "hij bloedt hevig"),
    ("chest_pain", "mam silny ból w klatce piersiowej"),
    ("unconscious_or_seizure", "mąż jest nieprzytomny"),
    ("suicidal", "nie chcę już żyć"),
    ("chest_pain", "我胸口很痛"),
    ("breathing_difficulty", "我妈妈呼吸困难"),
    ("suicidal", "我不想活了"),
    ("chest_pain", "எனக்கு நெஞ்சு வலி"),
    ("unconscious_or_seizure", "அம்மா மயக்கம் போட்டு விட்டார்"),
]
NOT_FOUND = [
    "no chest pain, I only need a prescription",
    "my father had a heart attack in 2012",
    "what are the signs of a stroke?",
    "bonjour, un rendez-vous pour ma mère svp",
    "não tenho dor no peito",
    "ich habe keine Schmerzen in der Brust",
    "nessun dolore al petto, solo una ricetta",
    "geen pijn op de borst, alleen een recept",
    "Termin am Dienstag bitte",
    "vorrei un appuntamento martedì",
    "我想星期二预约",
]


@pytest.mark.parametrize(("category", "text"), FOUND)
def test_found(category: str, text: str) -> None:
    assert category in {flag.category for flag in find(text)}


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert find(text) == ()


def test_languages() -> None:
    assert foreign.LANGUAGES == (
        "en", "ar", "pt", "es", "tr", "ro", "uk", "ru", "de", "it", "nl", "pl", "zh", "ta",
    )  # fmt: skip
