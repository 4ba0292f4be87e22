"""A table of appointments, as spreadsheets and other agendas write it."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from releve.interop.csv_agenda.columns import missing, recognised
from releve.interop.csv_agenda.reading import BadTable, Fault, Table, read, text_of
from releve.interop.csv_agenda.values import instant, read_date, read_start, read_time
from releve.interop.csv_agenda.words import report, safe

ZONE = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 3, 16, 9, 0, tzinfo=ZONE)
TODAY = NOW.date()
HEAD = "Nom;Prénom;Date de naissance;Date;Heure;Praticien;Motif;Téléphone\n"
ROW = "Martin;Jeanne;04/06/1951;18/03/2026;9h30;Dr Amar;Consultation;06 39 98 10 77\n"


def table(text: str) -> Table:
    return read(text, now=NOW, zone=ZONE)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("12/03/2026", date(2026, 3, 12)), ("12-3-26", date(2026, 3, 12)), ("2026-03-12", date(2026, 3, 12)),
        ("2026/3/12", date(2026, 3, 12)), ("12 mars 2026", date(2026, 3, 12)), ("1er août 2026", date(2026, 8, 1)),
        ("jeudi 12 mars 2026", date(2026, 3, 12)), ("12 févr. 2026", date(2026, 2, 12)),
        ("12 March 2026", date(2026, 3, 12)), ("31/02/2026", None), ("12/13/2026", None), ("demain", None), ("", None),
    ],
)  # fmt: skip
def test_dates(text: str, on: date | None) -> None:
    assert read_date(text, TODAY) == on


def test_two_figures_of_a_birth_year_are_of_the_past() -> None:
    assert read_date("04/06/51", TODAY, past=True) == date(1951, 6, 4)
    assert read_date("04/06/25", TODAY, past=True) == date(2025, 6, 4)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9h30", time(9, 30)), ("9 h 30", time(9, 30)), ("09:30", time(9, 30)), ("9h", time(9)),
        ("09:30:00", time(9, 30)),
        ("14.15", time(14, 15)), ("2:30 pm", time(14, 30)), ("12 am", time(0)), ("9\u00a0h\u00a030", time(9, 30)),
        ("24:00", None), ("9h75", None), ("matin", None), ("930", None),
    ],
)  # fmt: skip
def test_hours(text: str, at: time | None) -> None:
    assert read_time(text) == at


@pytest.mark.parametrize(
    "text", ["2026-03-18T09:30", "18/03/2026 9h30", "18 mars 2026 à 9 h 30", "2026-03-18 09:30:00", "18/03/2026  09:30"]
)
def test_a_date_and_its_hour_in_one_cell(text: str) -> None:
    assert read_start(text, TODAY) == (date(2026, 3, 18), time(9, 30))


def test_hours_that_no_clock_shows_once() -> None:
    assert instant(date(2026, 3, 29), time(2, 30), ZONE) == "spring_hour"
    assert instant(date(2026, 10, 25), time(2, 30), ZONE) == "autumn_hour"


@pytest.mark.parametrize(
    "heads",
    [
        ("Nom", "Prénom", "Né(e) le", "Date", "Heure"), ("NOM DE NAISSANCE", "prenom", "DDN", "Jour", "Heure de début"),
        ("Last name", "First name", "Date of birth", "Start"), ("Patient", "Naissance", "Date et heure"),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_names(heads: tuple[str, ...]) -> None:
    assert missing(recognised(heads)) == []


def test_columns_that_are_missing_are_named() -> None:
    with pytest.raises(BadTable) as why:
        table("Nom;Prénom;Heure\nMartin;Jeanne;9h30\n")
    assert (why.value.code, why.value.fields) == ("columns", ("birth", "date"))


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_separator_and_encoding(separator: str, encoding: str) -> None:
    (line,) = table(text_of((HEAD + ROW).replace(";", separator).encode(encoding))).lines
    assert (line.number, line.family, line.given, line.birth) == (2, "Martin", "Jeanne", date(1951, 6, 4))
    assert line.start == datetime(2026, 3, 18, 9, 30, tzinfo=ZONE)


@pytest.mark.parametrize("whole", ["MARTIN Jeanne", "Martin, Jeanne", "Jeanne MARTIN", "Martin Jeanne"])
def test_a_name_in_one_cell(whole: str) -> None:
    (line,) = table(f'Patient,Naissance,Début\n"{whole}",04/06/1951,18/03/2026 09:30\n').lines
    assert (line.family.lower(), line.given) == ("martin", "Jeanne")


@pytest.mark.parametrize(
    ("old", "new", "field", "why"),
    [
        ("Martin", "", "family", "missing"), ("Martin", "123", "family", "bad"), ("Jeanne", "", "given", "missing"),
        ("04/06/1951", "", "birth", "missing"), ("04/06/1951", "04/06/1890", "birth", "bad"),
        ("04/06/1951", "04/06/2030", "birth", "bad"), ("18/03/2026", "", "date", "missing"),
        ("18/03/2026", "18/03/9999", "date", "too_far"), ("18/03/2026", "18/03/1900", "date", "too_far"),
        ("18/03/2026", "18/03/2031", "date", "too_far"), ("18/03/2026", "32/03/2026", "date", "bad"),
        ("18/03/2026", "13/03/2026", "date", "past"), ("9h30", "", "time", "missing"), ("9h30", "tôt", "time", "bad"),
        ("18/03/2026;9h30", "29/03/2026;2h30", "time", "spring_hour"),
        ("18/03/2026;9h30", "25/10/2026;2h30", "time", "autumn_hour"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_taken_says_where_and_why(old: str, new: str, field: str, why: str) -> None:
    found = table(HEAD + ROW + ROW.replace(old, new))
    assert found.faults == (Fault(3, field, why),)
    assert len(found.lines) == 1


def test_what_is_cancelled_there_does_not_come() -> None:
    found = table(HEAD.strip() + ";Statut\n" + ROW.strip() + ";Annulé par le patient\n")
    assert found.faults == (Fault(2, "status", "cancelled"),)


def test_a_cell_may_hold_a_line_end_and_the_number_is_that_of_its_first_line() -> None:
    found = table(HEAD + ROW.replace("Consultation", '"Consultation\nlongue"') + ROW.replace("Martin", ""))
    assert (found.lines[0].number, found.faults[0].line) == (2, 4)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"), (b"PK\x03\x04zip", "not_a_table"), (b"\0\1\2", "not_a_table"), (b"a" * 10_000_001, "too_big"),
        (b"Nom" + b";x" * 500, "not_a_table"),
    ],
)  # fmt: skip
def test_files_that_are_no_tables(data: bytes, code: str) -> None:
    with pytest.raises(BadTable) as why:
        table(text_of(data))
    assert why.value.code == code


def test_a_report_runs_nothing_in_a_spreadsheet() -> None:
    assert [safe(text) for text in ("=1+1", "+33", "-a", "@x", "Nom")] == ["'=1+1", "'+33", "'-a", "'@x", "Nom"]
    assert report([Fault(3, "=cmd", "bad")]).splitlines()[1].startswith("3;'=cmd;")
