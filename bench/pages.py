"""Server time and queries of every page a person opens, with the demonstration's data and with a large practice's.

Bars: p95 <= 80 ms (demonstration), <= 150 ms (10 practitioners, 20,000 appointments), <= 12 queries a page. Time is
Django's, from the request to the last byte, in one process; the first call of each page is not counted.

python -m bench.pages [demo|large] prints each page; without a word, both.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

RUNS = 25
Row = tuple[str, str, str]
BARS = {"demo": 80, "large": 150}
PRACTITIONERS, PATIENTS, APPOINTMENTS = 10, 5000, 20_000
SETTINGS = tuple(f"settings-{name}" for name in ("people", "visits", "faq", "texts", "assistant", "users", "own"))
DAYS = ["mon", "tue", "wed", "thu", "fri"]
FAMILIES = (
    "Amiot",
    "Belin",
    "Carlier",
    "Dufau",
    "Estève",
    "Fabry",
    "Gomis",
    "Hulot",
    "Ismaël",
    "Jolivet",
    "Kaci",
    "Lanoë",
)


def report() -> Iterator[Row]:
    for data, bar in BARS.items():
        rows = measured(data)
        worst, most = max(rows, key=lambda r: r["p95"]), max(rows, key=lambda r: r["queries"])
        over = sum(r["p95"] > bar for r in rows)
        yield (
            f"slowest of {len(rows)} pages, {data} data",
            f"p95 <= {bar} ms",
            f"{worst['p95']:.0f} ms ({worst['page']}); {over} over",
        )
        yield f"most queries of a page, {data} data", "<= 12", f"{most['queries']} ({most['page']})"


def measured(data: str) -> list[dict[str, Any]]:
    """Each page's median, p95 and queries, in a fresh process on a fresh database."""
    with tempfile.TemporaryDirectory(prefix="releve-") as folder:
        command = [sys.executable, "-m", "bench.pages", "play", data]
        done = subprocess.run(
            command, env={**os.environ, "RELEVE_DATA_DIR": folder}, stdout=subprocess.PIPE, check=True
        )
        rows: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
        return rows


def play(data: str) -> None:
    from releve.config.commands import migrate

    migrate()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["testserver"]
    {"demo": _demo, "large": _large}[data]()
    from releve.practice.models import User

    client = Client()
    client.force_login(User.objects.get(username="mme.petit"))
    rows = []
    for page in _pages():
        answer = client.get(page)
        assert answer.status_code in (200, 204), f"{page}: {answer.status_code}"
        times = []
        for _ in range(RUNS):
            began = time.perf_counter()
            client.get(page)
            times.append((time.perf_counter() - began) * 1000)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        p95 = sorted(times)[int(len(times) * 0.95)]
        rows.append({"page": page, "median": statistics.median(times), "p95": p95, "queries": len(queries)})
    print(json.dumps(rows))


def _pages() -> list[str]:
    """One address of each kind."""
    from django.urls import reverse

    from releve.practice.models import Appointment, Conversation, Task

    task = Task.objects.filter(status="open").order_by("id").first()
    talk = Conversation.objects.order_by("-last_at").first()
    coming = Appointment.objects.filter(status="booked").order_by("-start").first()
    assert coming is not None
    patient, which = coming.patient.identifier, coming.identifier
    named = ("day", "tomorrow", "inbox", "conversations", "agenda", "booking", "patients", "waiting-list", "guarantee")
    pages = [reverse(name) for name in (*named, "outgoing", "red-flags", "sheet", "agenda-week", *SETTINGS)]
    pages += [reverse("review", args=[task.identifier])] if task else []
    pages += [reverse("conversation", args=[talk.pk])] if talk else []
    pages += [
        reverse("appointment", args=[which]),
        reverse("appointment-move", args=[which]),
        reverse("patient", args=[patient]),
    ]
    pages += [
        f"{reverse('booking')}?patient={patient}",
        f"{reverse('agenda')}?vue=semaine",
        reverse("search"),
    ]
    return [*pages, "/", "/rendez-vous/prendre/", "/rendez-vous/"]


def _demo() -> None:
    from releve.demo.prepare import prepare

    prepare()


def _large() -> None:
    """Ten practitioners, a year of appointments around today, 5,000 patients."""
    from django.conf import settings

    from releve.intake import loading
    from releve.practice.models import User

    now = settings.CLOCK.now()
    user = User.objects.create_user("mme.petit", password=None, first_name="Nadia", last_name="Petit")
    practice = loading.load(_large_file(now), now=now, user=user)
    loading.sign(practice, signed_by="bench", now=now, user=user)


def _large_file(now: datetime) -> dict[str, Any]:
    draw = random.Random(1)
    start = (now - timedelta(days=180)).astimezone(UTC).date()
    appointments, day = [], start
    while len(appointments) < APPOINTMENTS:
        day += timedelta(days=1)
        for who in range(PRACTITIONERS if day.weekday() < 5 else 0):
            for place in draw.sample(range(18), 9):
                hour, minute = divmod(9 * 60 + place * 20 + (120 if place >= 9 else 0), 60)
                appointments.append(
                    {
                        "id": f"a{len(appointments)}", "patient": f"p{draw.randrange(PATIENTS)}",
                        "practitioner": f"d{who}",
                        "service": f"s{who}", "start": f"{day.isoformat()}T{hour:02d}:{minute:02d}",
                        "status": "booked" if day > now.date() else "fulfilled", "confirmed": draw.random() < 0.6,
                    }
                )  # fmt: skip
    return {
        "timezone": "Europe/Paris",
        "practice": {
            "name": "Grand centre", "address": "1 place de l’Essai, 75020 Paris", "phone": "+33199000300",
            "email": "bench@centre.example", "access": "", "public_holidays": False,
            "opening_hours": [{"days": DAYS, "start": "08:30", "end": "19:00"}],
        },
        "practitioners": [
            {"id": f"d{n}", "given": "Camille", "family": FAMILIES[n], "profession": "médecin généraliste"}
            for n in range(PRACTITIONERS)
        ],
        "services": [
            {"id": f"s{n}", "name": f"Consultation {n}", "duration_min": 20, "practitioners": [f"d{n}"]}
            for n in range(PRACTITIONERS)
        ],
        "schedules": [
            {
                "practitioner": f"d{n}",
                "rules": [
                    {"days": DAYS, "start": "09:00", "end": "12:00"}, {"days": DAYS, "start": "14:00", "end": "17:00"},
                ],
            }
            for n in range(PRACTITIONERS)
        ],
        "patients": [
            {
                "id": f"p{n}", "given": draw.choice(("Ana", "Marc", "Inès", "Louis")),
                "family": f"{draw.choice(FAMILIES)}-{n}",
                "birth_date": f"{draw.randrange(1930, 2020)}-0{draw.randrange(1, 10)}-1{draw.randrange(10)}",
                "phone": f"+336399{n:05d}",
            }
            for n in range(PATIENTS)
        ],
        "appointments": appointments[:APPOINTMENTS],
        "waiting_list": [], "faq": [],
    }  # fmt: skip


def main(words: list[str]) -> None:
    if words[:1] == ["play"]:
        play(words[1])
        return
    for data in words or BARS:
        print(f"{data}: median, p95 (ms), queries")
        for row in sorted(measured(data), key=lambda r: -r["p95"]):
            print(f"  {row['median']:6.1f} {row['p95']:6.1f} {row['queries']:4d}  {row['page']}")


if __name__ == "__main__":
    main(sys.argv[1:])
