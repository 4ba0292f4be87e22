"""The catalogues of the screens: complete, current, compiled. `make messages` mends all of it but the translations."""

import gettext
import shutil
import tomllib
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import ngettext

from releve.desk.reading import _words
from tests.docs.pages import ROOT
from tools import messages
from tools.messages import Entry, catalogue, placeholders

ENTRIES = {language: messages.read(catalogue(language).read_text(encoding="utf-8")) for language in messages.PLURALS}
ENGLISH, FRENCH = ENTRIES["en"], ENTRIES["fr"]


def names(entries: list[Entry]) -> list[str]:
    return [entry.text for entry in entries]


def test_every_string_of_the_screens_has_its_english() -> None:
    assert len(ENGLISH) > 1000
    assert names([e for e in ENGLISH if e.fuzzy or not all(e.texts)]) == []


def test_an_english_string_has_the_placeholders_of_the_french() -> None:
    single = [e for e in ENGLISH if not e.plural and placeholders(e.texts[0]) != placeholders(e.text)]
    several = [e for e in ENGLISH if e.plural and placeholders(e.texts[-1]) != placeholders(e.plural)]
    lone = [e for e in ENGLISH if e.plural and not set(placeholders(e.texts[0])) <= set(placeholders(e.plural))]
    assert names([*single, *several, *lone]) == []


def test_the_english_follows_english_typography() -> None:
    """No French quotation mark, no space before : ; ! ?, no straight apostrophe; nor what the house never says."""
    texts = [text for e in ENGLISH for text in e.texts]
    assert [
        t for t in texts if any(sign in t for sign in ("«", "»", " :", " ;", " !", " ?", "\u00a0:", "'", '"'))
    ] == []
    assert [t for t in texts if any(word in t for word in ("Oops", "!", "Please", " AI ", "surgery"))] == []


def test_both_end_alike() -> None:
    """A sentence keeps its full stop, a label has none."""
    ends = (".", "?", ":", "…")
    unlike = [e for e in ENGLISH if not e.plural and e.text.endswith(ends) != e.texts[0].endswith(ends)]
    assert names(unlike) == []


# --- plurals ---------------------------------------------------------------------------------------------------------
def test_every_plural_has_its_three_french_forms() -> None:
    assert names(FRENCH) == names([e for e in ENGLISH if e.plural])
    assert names([e for e in FRENCH if len(e.texts) != 3 or not all(e.texts)]) == []


def test_words_that_have_a_plural_are_never_said_alone() -> None:
    """Alone they would come out in their form for nought: « Aucun rendez-vous » over somebody's appointment."""
    package = ROOT / "src" / "releve"
    sources = "".join(
        path.read_text(encoding="utf-8") for kind in ("html", "py") for path in package.rglob(f"*.{kind}")
    )
    ways = ('translate "{}"', "translate '{}'", '_("{}")', 'lazy("{}")')
    assert [e.text for e in FRENCH if any(way.format(e.text) in sources for way in ways)] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_django_chooses_the_form_by_the_number(language: str) -> None:
    forms = {"fr": (0, 1, 2, 2), "en": (1, 0, 1, 1)}[language]
    with translation.override(language):
        for entry in ENTRIES[language]:
            if entry.plural:
                said = tuple(ngettext(entry.text, entry.plural, n) for n in (0, 1, 2, 21))
                assert said == tuple(entry.texts[form] for form in forms)


@pytest.mark.parametrize(
    ("language", "singular", "plural", "said"),
    [
        ("fr", "%(n)d jour", "%(n)d jours", ("%(n)d jour", "%(n)d jour", "%(n)d jours")),
        ("en", "%(n)d jour", "%(n)d jours", ("%(n)d days", "%(n)d day", "%(n)d days")),
        ("fr", "Une entrée.", "%(n)s entrées.", ("Aucune entrée.", "Une entrée.", "%(n)s entrées.")),
        ("en", "Une entrée.", "%(n)s entrées.", ("%(n)s entries.", "One entry.", "%(n)s entries.")),
        (
            "fr", "Une demande à décider", "%(n)s demandes à décider",
            ("Aucune demande à décider", "Une demande à décider", "%(n)s demandes à décider"),
        ),
    ],
)  # fmt: skip
def test_nought_one_and_two(language: str, singular: str, plural: str, said: tuple[str, ...]) -> None:
    """In French nought is singular; in English it is plural."""
    with translation.override(language):
        assert tuple(ngettext(singular, plural, n) for n in (0, 1, 2)) == said


# --- files -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    with catalogue(language).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    told: dict[str | tuple[str, int], str] = {}
    for entry in ENTRIES[language]:
        text = f"{entry.context}\x04{entry.text}" if entry.context else entry.text
        told |= {(text, n): said for n, said in enumerate(entry.texts)} if entry.plural else {text: entry.texts[0]}
    assert {key: said for key, said in compiled._catalog.items() if key} == told  # type: ignore[attr-defined]


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed here: apt-get install gettext")
def test_the_catalogues_are_current_with_the_sources() -> None:
    """`make messages` would add and remove nothing. Where a string stands may have moved: that changes no page."""
    for language, text in messages.current().items():
        found = {(e.key, e.plural, tuple(e.texts)) for e in messages.read(text)}
        assert found == {(e.key, e.plural, tuple(e.texts)) for e in ENTRIES[language]}, "make messages"


def test_a_catalogue_written_is_read_the_same() -> None:
    hard = Entry(
        'deux\nlignes et "guillemets"', "\\ %(n)s", ("one", "two\t"), "menu", ("#: a.py",), frozenset({"fuzzy"})
    )
    assert messages.read(messages.written("en", [hard])) == [hard]


def test_the_words_of_a_reading_have_the_same_codes_in_both_languages() -> None:
    assert {part: set(words) for part, words in _words("reading.toml").items()} == {
        part: set(words) for part, words in _words("reading.en.toml").items()
    }


def test_catalogues_are_not_left_out_of_the_wheel() -> None:
    root = Path(__file__).parents[2]
    ignored = (root / ".gitignore").read_text(encoding="utf-8")
    build = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert ".mo" not in ignored and "locale" not in ignored
    assert "exclude" not in build and build["targets"]["wheel"] == {"packages": ["src/releve"]}
