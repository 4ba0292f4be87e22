"""An agenda brought in from a file: what is good comes in through the gate, once; the rest is told."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from releve import cli
from releve.intake import elsewhere as intake
from releve.intake.models import InboundEvent
from releve.interop.csv_agenda import going_on
from releve.interop.csv_agenda.importing import bring_in
from releve.interop.csv_agenda.planning import Plan
from releve.ledger.models import Entry
from releve.ledger.queries import kinds
from releve.practice.models import Appointment, Organization, Patient, User
from tests import cast

pytestmark = pytest.mark.django_db
HEAD = "Nom;Prénom;Date de naissance;Date;Heure;Praticien;Motif;Téléphone\n"
MARTIN = "Martin;Jeanne;04/06/1951;18/03/2026;9h30;Dr Amar;Consultation;06 39 98 10 77\n"
ROCHE = "ROCHE;bernard;03/05/1954;20/03/2026;14:00;Amar Nadia;visite;\n"
LATER = "Martin;Jeanne;04/06/1951;25/03/2026;9h30;Amar;Consultation;06 39 98 10 77\n"


def plan(practice: Organization, *rows: str) -> Plan:
    return going_on.planned(practice, HEAD + "".join(rows), cast.NOW)


def bring(practice: Organization, *rows: str, user: User | None = None) -> Any:
    return bring_in(plan(practice, *rows), practice=practice, user=user, clock=lambda: cast.NOW)


def why(practice: Organization, row: str) -> list[tuple[str, str]]:
    return [(fault.field, fault.why) for fault in plan(practice, row).faults]


def test_good_lines_come_in_under_the_name_of_who_asked(practice: Organization) -> None:
    petit = cast.petit()
    report = bring(practice, MARTIN, ROCHE, LATER, user=petit)
    assert (report.done, report.refused) == (3, [])
    martin = Patient.objects.get(family="Martin")  # two lines, one file
    assert (martin.phone, martin.appointments.count()) == ("+33639981077", 2)
    roche = Patient.objects.get(identifier=cast.ROCHE)
    assert roche.appointments.filter(start=datetime(2026, 3, 20, 14, tzinfo=cast.PARIS)).exists()
    entry = Entry.objects.filter(kind="import_appointment").first()
    assert entry is not None
    assert (entry.author, entry.payload["evidence"][0]["reference"]) == (f"user:{petit.pk}", "agenda file, line 2")


def test_the_same_file_again_adds_nothing(practice: Organization) -> None:
    bring(practice, MARTIN, ROCHE)
    before = (kinds(), Appointment.objects.count(), Patient.objects.count())
    again = bring(practice, MARTIN, ROCHE)
    assert (again.done, sorted(again.known)) == (0, [2, 3])
    assert (kinds(), Appointment.objects.count(), Patient.objects.count()) == before


def test_what_was_moved_here_since_does_not_come_back(practice: Organization) -> None:
    bring(practice, ROCHE)
    row = Appointment.objects.latest("id")
    Appointment.objects.filter(pk=row.pk).update(start=row.start.replace(day=23), end=row.end.replace(day=23))
    assert bring(practice, ROCHE).done == 0


@pytest.mark.parametrize(
    ("old", "new", "field", "reason"),
    [
        ("Dr Amar", "Dr Knock", "practitioner", "unknown"), ("Dr Amar", "", "practitioner", "missing"),
        ("Consultation", "Opération", "service", "unknown"), ("Consultation", "Injection", "service", "not_theirs"),
        ("18/03/2026;9h30", "19/03/2026;9h45", "time", "overlap"), ("18/03/2026", "13/03/2026", "date", "past"),
    ],
)  # fmt: skip
def test_what_cannot_be(practice: Organization, old: str, new: str, field: str, reason: str) -> None:
    assert why(practice, MARTIN.replace(old, new)) == [(field, reason)]


def test_lines_that_stand_in_each_others_way(practice: Organization) -> None:
    found = plan(practice, MARTIN, MARTIN, MARTIN.replace("Jeanne", "Louise").replace("9h30", "9h40"))
    assert [(f.line, f.why) for f in found.faults] == [(3, "twice"), (4, "overlap")]


def test_closed_hours_are_taken_and_told(practice: Organization) -> None:
    row = MARTIN.replace("9h30", "20h30")
    assert [(f.line, f.why) for f in plan(practice, row).notes] == [(2, "closed")]
    assert bring(practice, row, user=cast.petit()).done == 1
    assert Appointment.objects.latest("id").overbooking.startswith("Importé")


def test_somebody_of_another_birth_date_is_somebody_else(practice: Organization) -> None:
    bring(practice, ROCHE.replace("03/05/1954", "04/05/1954"))
    assert Patient.objects.filter(family__iexact="roche").count() == 2


def test_a_file_under_way_is_gone_on_with(practice: Organization) -> None:
    rows = [MARTIN.replace("9h30", f"{9 + n // 3}h{n % 3 * 20:02d}").replace("Jeanne", f"Anne{n}") for n in range(9)]
    text = HEAD + "".join(row.replace("Anne" + str(n), "Anne" + "abcdefghi"[n]) for n, row in enumerate(rows))
    row = InboundEvent.objects.get(pk=intake.keep_file(text, organization=practice, now=cast.NOW))
    petit = cast.petit()
    intake.note_file(row, {"state": "running", "user": petit.pk, "total": 9, "done": 0}, over=False)
    bring_in(going_on.planned(practice, text, cast.NOW), practice=practice, user=petit, clock=lambda: cast.NOW, most=4)
    assert going_on.go_on(practice, cast.NOW) == 5
    row.refresh_from_db()
    assert (row.reply["state"], row.payload) == ("over", {})
    assert Appointment.objects.filter(patient__family="Martin").count() == 9
    assert going_on.go_on(practice, cast.NOW) == 0


def test_a_file_that_nobody_brought_in_is_forgotten_the_next_day(practice: Organization) -> None:
    key = intake.keep_file(HEAD + MARTIN, organization=practice, now=cast.NOW)
    for days, kept in ((0, True), (2, False)):
        going_on.go_on(practice, cast.NOW + timedelta(days=days))
        assert bool(InboundEvent.objects.get(pk=key).payload) is kept


def test_a_long_file_is_compared_in_few_queries(practice: Organization) -> None:
    start = "abcdefghijklmnopqrstuvwxyz"
    many = [
        f"Famille{a}{b}{c};Prénom;04/06/1951;{1 + n % 28:02d}/04/2026;{8 + n % 10}h00;Amar;Consultation;\n"
        for n, (a, b, c) in enumerate((a, b, c) for a in start[:10] for b in start[:10] for c in start[:10])
    ]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        plan(practice, *many)
    assert len(queries) <= 12


# --- the pages and the verb -------------------------------------------------------------------------------------------
@pytest.fixture
def desk(practice: Organization, client: Client) -> Client:
    client.force_login(cast.petit())
    return client


def send(desk: Client, text: str) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("agenda.csv", text.encode(), content_type="text/csv")
    return desk.post("/reglages/agenda-externe/importer/", {"file": file})


def test_the_page_tells_before_it_writes(desk: Client) -> None:
    answer = send(desk, HEAD + MARTIN + MARTIN.replace("04/06/1951", ""))
    page = desk.get(answer.url).content.decode()
    assert "Un rendez-vous peut être importé" in page and "Ligne 3" in page and "colonne «\u00a0Motif\u00a0»" in page
    assert not Appointment.objects.filter(patient__family="Martin").exists()
    assert 'quoi" value="tout' not in page
    desk.post(answer.url, {"quoi": "tout"})  # nobody's button
    assert not Appointment.objects.filter(patient__family="Martin").exists()
    done = desk.post(answer.url, {"quoi": "bonnes"}, follow=True).content.decode()
    assert "Un rendez-vous importé" in done and "Ligne 3" in done
    told = desk.get(f"{answer.url}rapport.csv").content.decode()
    assert told.splitlines()[1].startswith("3;Date de naissance;rien n’est écrit")
    assert "Martin" not in repr(list(InboundEvent.objects.filter(source="agenda_file").values()))


@pytest.mark.parametrize("text", ["", "a;b\n1;2\n"])
def test_a_file_that_is_none_says_why(desk: Client, text: str) -> None:
    answer = send(desk, text)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_the_verb_says_the_same(practice: Organization, tmp_path: Path, capsys: Any) -> None:
    from releve.interop.csv_agenda.command import run

    file = tmp_path / "agenda.csv"
    file.write_text(HEAD + MARTIN + MARTIN.replace("Martin", ""), encoding="utf-8")
    assert run(str(file), dry=True, all_or_nothing=False, report=None) == 1
    assert "1 to bring in, 1 new files, 0 here already" in capsys.readouterr().out
    assert run(str(file), dry=False, all_or_nothing=True, report=None) == 1
    assert not Patient.objects.filter(family="Martin").exists()
    assert run(str(file), dry=False, all_or_nothing=False, report=str(tmp_path / "out.csv")) == 1
    assert Patient.objects.filter(family="Martin").exists()
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[1].startswith("3;Nom;")
    assert "import-agenda" in next(a.choices for a in cli._parser()._actions if a.choices)


def test_names_of_another_alphabet_are_not_all_the_same_person(practice: Organization) -> None:
    rows = ("Иванов;Иван;01/02/1980;20/03/2026;9h00;Amar;;\n", "Петрова;Анна;01/02/1980;20/03/2026;9h20;Amar;;\n")
    assert bring(practice, *rows).done == 2
    booked = Appointment.objects.filter(patient__birth_date="1980-02-01").order_by("start")
    assert [row.patient.family for row in booked] == ["Иванов", "Петрова"]


def test_an_address_that_no_column_holds_is_left_out_and_told(practice: Organization) -> None:
    long = f"martin@{'.'.join(['b' * 60] * 4)}.example"
    found = going_on.planned(practice, f"{HEAD.strip()};Courriel\n{MARTIN.strip()};{long}\n", cast.NOW)
    assert found.good[0].act.newcomer is not None and found.good[0].act.newcomer.email is None
    assert [(note.field, note.why) for note in found.notes] == [("email", "bad")]
