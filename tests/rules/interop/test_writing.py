"""The calendar files, as RFC 5545 wants them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releve.interop.ical.reading import read
from releve.interop.ical.writing import LONGEST, Entry, calendar, clocks, escaped, folded, moment, subscription
from releve.interop.ical.zones import built

PARIS = ZoneInfo("Europe/Paris")
ENTRY = Entry(
    uid="0123@releve",
    sequence=0,
    start=datetime(2026, 3, 28, 10, 0, tzinfo=PARIS),
    end=datetime(2026, 3, 28, 10, 20, tzinfo=PARIS),
    written=datetime(2026, 3, 16, 9, 0, tzinfo=PARIS),
    title="Rendez-vous, Cabinet du Canal",
    place="12 quai de la Loire",
    words="",
    address="https://canal.example/x/",
)


@pytest.mark.parametrize(
    ("local", "written"),
    [
        (datetime(2026, 3, 28, 10, 0), "20260328T090000Z"),  # winter time
        (datetime(2026, 3, 30, 10, 0), "20260330T080000Z"),  # summer time, two days later
        (datetime(2026, 10, 24, 10, 0), "20261024T080000Z"),
        (datetime(2026, 10, 26, 10, 0), "20261026T090000Z"),
    ],
)
def test_the_instant_is_right_on_both_sides_of_a_change_of_clocks(local: datetime, written: str) -> None:
    assert moment(local.replace(tzinfo=PARIS)) == written


def test_an_hour_shown_twice_is_two_instants() -> None:
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS)
    assert moment(twice) == "20261025T003000Z"
    assert moment(twice.replace(fold=1)) == "20261025T013000Z"


def test_special_signs_are_escaped() -> None:
    assert escaped("a;b,c\\d\ne\r") == "a\\;b\\,c\\\\d\\ne"


@pytest.mark.parametrize("text", ["x" * 200, "é" * 200, "🙂" * 60, "x" * 74 + "é", "x" * 75])
def test_lines_are_folded_at_75_octets_between_characters(text: str) -> None:
    written = folded(text)
    assert all(len(line) <= LONGEST for line in written.split(b"\r\n"))
    assert written.replace(b"\r\n ", b"").decode() == text + "\r\n"


def test_the_file_is_one_event_in_one_calendar() -> None:
    lines = calendar(ENTRY).decode().split("\r\n")
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"] and lines[-3:] == ["END:VEVENT", "END:VCALENDAR", ""]
    assert "METHOD:PUBLISH" in lines and "UID:0123@releve" in lines and "STATUS:CONFIRMED" in lines
    assert not [line for line in lines if line.startswith("DESCRIPTION")]
    assert f"DTSTAMP:{moment(ENTRY.written)}" in lines


def test_a_hostile_title_stays_one_line() -> None:
    entry = replace(ENTRY, title="Cabinet\r\nATTACH:http://evil.example", written=datetime(2026, 3, 16, tzinfo=UTC))
    assert not [line for line in calendar(entry).decode().split("\r\n") if line.startswith("ATTACH")]


# --- what other software reads again and again -----------------------------------------------------------------------
@pytest.mark.parametrize(
    "name", ["Europe/Paris", "Indian/Reunion", "America/Miquelon", "America/Cayenne", "Pacific/Noumea"]
)
def test_the_clocks_that_are_told_are_those_of_the_zone(name: str) -> None:
    zone = ZoneInfo(name)
    told = built("\r\n".join(clocks(zone, (2026, 2027))))
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    for hours in range(0, 2 * 365 * 24, 7):
        wall = (start + timedelta(hours=hours)).astimezone(zone).replace(tzinfo=None)
        sure = wall.replace(tzinfo=zone).utcoffset() == wall.replace(tzinfo=zone, fold=1).utcoffset()
        assert not sure or wall.replace(tzinfo=told).utcoffset() == wall.replace(tzinfo=zone).utcoffset(), wall


@given(
    starts=st.lists(
        st.datetimes(datetime(2026, 3, 17), datetime(2027, 3, 1)).map(lambda at: at.replace(second=0, microsecond=0)),
        max_size=20, unique=True,
    ),
    minutes=st.integers(5, 240),
)  # fmt: skip
def test_what_is_written_is_read_back_the_same(starts: list[datetime], minutes: int) -> None:
    now, length = datetime(2026, 3, 16, 9, tzinfo=PARIS), timedelta(minutes=minutes)
    moments = [at.replace(tzinfo=UTC) for at in starts]
    entries = [
        replace(ENTRY, uid=f"{n}@releve", start=at, end=at + length, written=now) for n, at in enumerate(moments)
    ]
    data = subscription(entries, name="Cabinet; du, Canal\n", zone=PARIS, years=(2026, 2027))
    read_back = read(data, now=now, timezone="Europe/Paris").busy
    assert [(busy.start, busy.end) for busy in read_back] == sorted((at, at + length) for at in moments)


def test_what_is_cancelled_is_told_and_takes_no_time() -> None:
    data = subscription([replace(ENTRY, cancelled=True)], name="Cabinet", zone=PARIS, years=(2026,))
    assert b"STATUS:CANCELLED" in data
    assert read(data, now=datetime(2026, 3, 16, 9, tzinfo=PARIS), timezone="Europe/Paris").busy == ()
