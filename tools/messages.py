"""`make messages`: the catalogues of the screens, brought up to date with the sources and compiled.

French is the language of the sources. `en` holds every string; `fr` holds only the plurals, because in French nought is
singular, and « Une demande » must then become « Aucune demande ». The compiled files are kept in the repository: a
practice's machine has no gettext. Works on a copy: nothing is left beside the templates, and a test can ask what would
change without changing it.
"""

import ast
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import chdir
from dataclasses import dataclass, field, replace
from pathlib import Path

SOURCES = Path(__file__).resolve().parent.parent / "src" / "releve"
LOCALE = SOURCES / "look" / "locale"
SOURCE = "fr"
PLURALS = {"en": "nplurals=2; plural=(n != 1);", "fr": "nplurals=3; plural=(n == 0 ? 0 : n == 1 ? 1 : 2);"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%[sd]|\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One string of the screens. `texts`: its translations, one a plural form; empty when there is none yet."""

    text: str
    plural: str = ""
    texts: Sequence[str] = ("",)
    context: str = ""
    notes: Sequence[str] = ()  # whole comment lines: where it is, its flags
    flags: frozenset[str] = field(default_factory=frozenset)

    @property
    def key(self) -> tuple[str, str]:
        return self.text, self.context

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self.flags


def placeholders(text: str) -> list[str]:
    return sorted(found[0] for found in PLACEHOLDER.finditer(text.replace("%%", "")))


def catalogue(language: str, locale: Path = LOCALE) -> Path:
    return locale / language / "LC_MESSAGES" / "django.po"


def read(text: str) -> list[Entry]:
    """A .po file's entries, without its header."""
    found = (_entry(block.splitlines()) for block in re.split(r"\n\s*\n", text) if 'msgid "' in block)
    return [entry for entry in found if entry.text]


def _entry(lines: Sequence[str]) -> Entry:
    parts: dict[str, str] = {}
    key, notes = "", []
    for line in lines:
        if line.startswith("#~"):
            continue
        if line.startswith("#"):
            notes.append(line)
            continue
        name, _space, quoted = line.partition(" ") if not line.startswith('"') else ("", "", line)
        key = name or key
        parts[key] = parts.get(key, "") + ast.literal_eval(quoted)
    return Entry(
        text=parts.get("msgid", ""),
        plural=parts.get("msgid_plural", ""),
        texts=tuple(value for name, value in parts.items() if name.startswith("msgstr")),
        context=parts.get("msgctxt", ""),
        notes=tuple(note for note in notes if not note.startswith(("#,", "#|"))),
        flags=frozenset(flag.strip() for note in notes if note.startswith("#,") for flag in note[2:].split(",")),
    )


def written(language: str, entries: Sequence[Entry]) -> str:
    """A .po file, always the same for the same entries: sorted, one line a string, no date."""
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURALS[language]}\\n"\n'
    )
    return "\n".join([header, *(_written(entry) for entry in sorted(entries, key=lambda e: e.key))])


def _written(entry: Entry) -> str:
    return "".join(f"{line}\n" for line in _lines(entry))


def _lines(entry: Entry) -> Iterator[str]:
    yield from entry.notes
    if entry.flags:
        yield "#, " + ", ".join(sorted(entry.flags))
    if entry.context:
        yield f"msgctxt {_quoted(entry.context)}"
    yield f"msgid {_quoted(entry.text)}"
    if not entry.plural:
        yield f"msgstr {_quoted(entry.texts[0])}"
        return
    yield f"msgid_plural {_quoted(entry.plural)}"
    for number, text in enumerate(entry.texts):
        yield f"msgstr[{number}] {_quoted(text)}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def extracted(language: str) -> list[Entry]:
    """Every string of the sources with its translation, as Django's makemessages merges them. Needs gettext."""
    from django.core.management import call_command
    from django.core.management.commands.makemessages import Command
    from django.test.utils import override_settings

    class Messages(Command):
        xgettext_options = [*Command.xgettext_options, "--keyword=lazy"]  # our short name of gettext_lazy

    with tempfile.TemporaryDirectory() as folder:
        copy, locale = Path(folder) / "releve", Path(folder) / "locale"
        shutil.copytree(SOURCES, copy, ignore=shutil.ignore_patterns("locale", "migrations", "static", "__pycache__"))
        kept = catalogue(language, locale)
        kept.parent.mkdir(parents=True)
        if catalogue(language).exists():
            shutil.copy(catalogue(language), kept)
        with chdir(copy), override_settings(LOCALE_PATHS=[str(locale)]):
            call_command(
                Messages(), locale=[language], add_location="file", no_wrap=True, no_obsolete=True, verbosity=0
            )
        return read(kept.read_text(encoding="utf-8"))


def french(entries: Sequence[Entry], before: Sequence[Entry]) -> list[Entry]:
    """The plurals in French: for nought the singular, or what was written by hand where it does not say the number."""
    kept = {entry.key: entry.texts[0] for entry in before}
    plurals = [entry for entry in entries if entry.plural]
    return [replace(e, texts=(_nought(e, kept), e.text, e.plural), flags=e.flags - {"fuzzy"}) for e in plurals]


def _nought(entry: Entry, kept: dict[tuple[str, str], str]) -> str:
    says_it = placeholders(entry.text) == placeholders(entry.plural) != []
    return entry.text if says_it else kept.get(entry.key, "")


def current() -> dict[str, str]:
    """What each catalogue should hold now."""
    found = {language: extracted(language) for language in PLURALS if language != SOURCE}
    path = catalogue(SOURCE)
    before = read(path.read_text(encoding="utf-8")) if path.exists() else []
    found[SOURCE] = french(next(iter(found.values())), before)
    return {language: written(language, entries) for language, entries in found.items()}


def main() -> int:
    from django.core.management import call_command

    for language, text in current().items():
        path = catalogue(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        missing = [e.text for e in read(text) if e.fuzzy or not all(e.texts)]
        print(f"{language}: {len(read(text))} strings, {len(missing)} to translate")
        for string in missing:
            print(f"  {string}")
    with chdir(LOCALE.parent):
        call_command("compilemessages", locale=sorted(PLURALS), verbosity=0)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "releve.config.settings")
    import django

    django.setup()
    sys.exit(main())
