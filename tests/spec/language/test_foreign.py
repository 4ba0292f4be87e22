"""Which language a message is in, and English read through its French."""

import re
import string
import time
import tomllib
from datetime import date, datetime
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releve.dialogue.phrases import texts
from releve.language import understand
from releve.language.explain import explain
from releve.language.foreign import answers, french_name, rendering, which
from releve.language.writing import euros, full, wall

NOW = datetime.fromisoformat("2026-03-16T09:00")  # a Monday


# --- French unless it is sure ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "Hi there, je voudrais un rdv vendredi",
        "hello", "ok", "Ok thanks", "stop", "STOP SMS", "sorry", "yes", "no", "Good morning", "mail", "14h30",
        "Ok merci, have a nice day", "top, danke schön à toute l'équipe", "Maria da Silva dos Santos",
        "Je fais un burn out, trop de stress au job", "rdv checkup svp asap", "j'ai reçu un email no reply",
        "moi vouloir rendez vous docteur demain matin possible ?", "bonjour je veu rdv por mi hija svp",
        "Bonjour, c'est le Dr Van den Berg", "mi temps thérapeutique, a renouveler", "Inch'Allah je viens mardi",
        "levothyrox 75, kardegic, amlor", "salam, rdv demain svp", "", "   ", "😀", "12/03/1985",
    ],
)  # fmt: skip
def test_french_or_not_sure(text: str) -> None:
    assert which(text) == "fr"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I need an appointment"), ("en", "What are your opening hours?"), ("en", "my chest hurts"),
        ("en", "Can you renew my prescription please"), ("en", "Hi, is there anything tomorrow? Merci"),
        ("es", "Hola, quisiera pedir una cita para mañana"), ("es", "Me duele mucho la cabeza"),
        ("pt", "Olá, queria marcar uma consulta para amanhã"), ("it", "Buongiorno, vorrei prenotare una visita"),
        ("de", "Guten Tag, ich möchte einen Termin"), ("nl", "Goedemorgen, ik wil graag een afspraak"),
        ("pl", "Dzień dobry, chciałbym umówić wizytę"), ("ro", "Bună ziua, aș vrea o programare"),
        ("tr", "Merhaba, randevu almak istiyorum"), ("vi", "Xin chào, tôi muốn đặt lịch hẹn"),
        ("hu", "Jó napot, szeretnék időpontot kérni"), ("ar", "أريد موعدا مع الطبيب غدا"),
        ("fa", "سلام، می‌خواهم وقت بگیرم"), ("uk", "Добрий день, хочу записатися до лікаря"),
        ("ru", "Здравствуйте, мне нужен врач"), ("zh", "你好，我想预约"), ("ja", "こんにちは、予約したいです"),
        ("ta", "வணக்கம் எனக்கு நேரம் வேண்டும்"), ("el", "Καλημέρα, θέλω ένα ραντεβού"), ("he", "שלום, אני רוצה תור"),
        ("ka", "გამარჯობა, ექიმთან მინდა"), ("hy", "Բարև, բժշկի մոտ"), ("hi", "नमस्ते मुझे डॉक्टर चाहिए"),
    ],
)  # fmt: skip
def test_other_languages(language: str, text: str) -> None:
    assert which(text) == language


def test_most_clauses_decide() -> None:
    assert which("Hello doctor. I would like an appointment next week. Merci beaucoup.") == "en"
    assert which("Bonjour docteur. Je voudrais un rdv mardi. I do not speak very good French.") == "fr"


@pytest.mark.parametrize("text", ["ok", "yes", "the 2", "mardi 17 mars à 17 h 20", "Camille Bernard", "3 May 1954"])
def test_a_short_answer_keeps_the_language_of_the_conversation(text: str) -> None:
    assert which(text, "en") == "en"


def test_french_words_bring_a_conversation_back_to_french() -> None:
    assert which("je préfère parler français avec vous", "en") == "fr"


def test_finding_the_language_is_fast() -> None:
    text = "Bonjour, je voudrais un rendez-vous avec le Dr Amar mardi prochain après 17h si possible, merci. " * 50
    start = time.perf_counter()
    which(text)
    assert time.perf_counter() - start < 0.05  # 5,000 characters; a message of 100 takes 0.03 ms


# --- English becomes French ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("next Tuesday afternoon", "mardi prochain après-midi"),
        ("after 5pm", "après 17h"),
        ("half past three", "à 15h30"),
        ("at quarter to six", "à 17h45"),
        ("the 3rd of March", "le 3 mars"),
        ("March 3rd, 1985", "le 3 mars 1985"),
        ("tomorrow morning", "demain matin"),
        ("in two weeks", "dans deux semaines"),
        ("not on Wednesdays", "pas le mercredi"),
        ("as soon as possible", "le plus tôt possible"),
        ("between 2 and 4pm on Thursday", "entre 14h et 16h jeudi"),
        ("at 9", "à 9h"),
        ("10:30 am", "10h30"),
        ("the second one", "le deuxième"),
        ("05/03/1985", "05/03/1985"),
        ("the code is 123456", "le code est 123456"),
        ("my daughter Léa", "ma fille Léa"),
        ("john.may@mail.example", "john.may@mail.example"),
    ],
)
def test_phrases(english: str, french: str) -> None:
    assert rendering(english, "en").text == french


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Could I please see Dr Amar on Friday?", "book_appointment"),
        ("I need to move my appointment from Thursday to Friday", "reschedule_appointment"),
        ("Sorry, I won't be able to come to my appointment on Thursday", "cancel_appointment"),
        ("When is my next appointment please?", "appointment_info"),
        ("Could you let me know if an earlier slot becomes available?", "earlier_slot"),
        ("I'm running 10 minutes late", "running_late"),
        ("Can you renew my prescription for levothyroxine?", "renew_prescription"),
        ("I need a medical certificate for sport", "request_document"),
        ("Are my blood test results back?", "request_results"),
        ("How much is a consultation with Dr Amar?", "ask_price"),
        ("What are your opening hours?", "ask_hours"),
        ("Where can I park?", "ask_access"),
        ("Should I stop taking my medication?", "medical_question"),
        ("I have a terrible headache since yesterday", "report_symptom"),
        ("I was charged twice for my last visit", "billing_issue"),
        ("I want to make a complaint, your secretary was very rude", "complaint"),
        ("I'd like to speak to a human", "talk_to_human"),
    ],
)
def test_intents_in_english(text: str, intent: str) -> None:
    read = understand(text, now=NOW)
    assert intent in read.intents and read.language == "en"


def test_spans_point_into_what_was_written() -> None:
    text = "Hi, my name is John Smith, born on 3 May 1985. Can I see Dr Amar next Tuesday afternoon?"
    read = understand(text, now=NOW)
    said = {s.label: text[s.start : s.end] for s in read.spans}
    assert said["birth_date"] in "born on 3 May 1985" and "1985" in said["birth_date"]
    assert "Amar" in said["practitioner"] and "next Tuesday" in said["when"]
    assert read.birth_date == date(1985, 5, 3) and read.names[0].family == "Smith"


def test_reasons_point_into_what_was_written() -> None:
    text = "I need to cancel my appointment on Thursday"
    assert all(0 <= b.start <= b.end <= len(text) for b in explain(text, now=NOW))


def test_days_come_first_in_figures_as_in_france() -> None:
    assert understand("date of birth 05/03/1985", now=NOW).birth_date == date(1985, 3, 5)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("My chest hurts and I can't breathe", "chest_pain"),
        ("I think I'm having a heart attack", "chest_pain"),
        ("I want to kill myself", "suicidal"),
        ("He is unconscious and not breathing", "unconscious_or_seizure"),
        ("My wife is pregnant and bleeding heavily", "pregnancy_emergency"),
    ],
)
def test_no_red_flag_is_lost(text: str, flag: str) -> None:
    read = understand(text, now=NOW)
    assert flag in read.red_flags and read.urgency == "emergency" and read.human


def test_a_denial_is_no_red_flag() -> None:
    assert understand("I don't have any chest pain, I only want a check-up", now=NOW).red_flags == ()


def test_a_language_that_is_not_read_is_for_a_person() -> None:
    read = understand("Hola, quisiera una cita para mi hija, nacida el 03/05/2015", now=NOW)
    assert read.human and read.intents == ("other",) and read.birth_date == date(2015, 5, 3)


_TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            (
                "hello",
                "book",
                "my",
                "appointment",
                "on",
                "next",
                "tuesday",
                "at",
                "5pm",
                "half",
                "past",
                "3rd",
                ",",
                "'",
            )
        ),
        max_size=30,
    ).map(" ".join),
    st.text(string.printable, max_size=200),
)


@given(_TEXTS)
def test_any_text_is_read_and_offsets_stay_inside(text: str) -> None:
    french = rendering(text, "en")
    assert len(french.origin) == len(french.text) and all(0 <= a <= b <= len(text) for a, b in french.origin)
    assert which(text) and rendering(text, "fr").text == text
    read = understand(text, now=NOW, language="en")
    assert all(0 <= s.start <= s.end <= len(text) for s in read.spans)


# --- what is said ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "es", "hu"])
def test_the_same_sentences_in_each_language(language: str) -> None:
    french, other = texts("fr"), texts(language)
    assert set(french) <= set(other)
    if language == "en":
        assert set(french) == set(other)
        slots = {key: set(re.findall(r"\{\w+\}", text)) for key, text in french.items()}
        assert slots == {key: set(re.findall(r"\{\w+\}", text)) for key, text in other.items()}


_ANSWERS = tomllib.loads(files("releve.language.foreign").joinpath("answers.toml").read_text("utf-8"))["texts"]


@pytest.mark.parametrize("language", _ANSWERS)
def test_each_language_says_who_answers_and_whom_to_call(language: str) -> None:
    said = answers(language)
    assert set(said) == {"automatic", "person", "emergency"}
    assert all(number in said[key] for key in ("person", "emergency") for number in ("15", "112"))
    assert french_name(language) != language or language == "fr"


def test_without_an_answer_of_its_own_french_and_english() -> None:
    assert answers("hu")["person"] == f"{answers('fr')['person']} {answers('en')['person']}"


def test_dates_hours_and_prices_in_english() -> None:
    moment = datetime.fromisoformat("2026-03-17T17:20")
    assert full(moment, language="en").replace("\u00a0", " ") == "Tuesday 17 March at 5:20 pm"
    assert (euros(30, "en"), euros(17.5, "en"), wall("08:30", "en")) == ("€30", "€17.50", "8:30\u00a0am")
    assert wall("12:00", "en") == "12\u00a0pm" and wall("00:15", "en") == "12:15\u00a0am"
