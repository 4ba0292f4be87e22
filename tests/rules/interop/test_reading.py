"""When somebody is not free, from the calendars of other software."""

from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from releve.interop.ical.errors import BadFeed
from releve.interop.ical.reading import MOST_OCCURRENCES, Reading, read, window
from tests.rules.interop.feeds import EXCHANGE, FOOT, HEAD, ONLINE, PARIS, calendar, event

ZONE = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 3, 16, 9, 0, tzinfo=ZONE)  # a Monday; clocks go forward on the 29th
OWN = "releve-0123456789abcdef"


def reading(*events: str, head: str = "", own: str = OWN) -> Reading:
    return read(calendar(*events, head=head), now=NOW, timezone="Europe/Paris", own=own)


def told(*events: str, head: str = "") -> list[str]:
    """Each busy time as the clocks of the practice show it: 18/03 09:00-10:00"""
    pairs = ((b.start.astimezone(ZONE), b.end.astimezone(ZONE)) for b in reading(*events, head=head).busy)
    return [
        f"{start:%d/%m %H:%M}-{end:{'%H:%M' if start.date() == end.date() else '%d/%m %H:%M'}}" for start, end in pairs
    ]


def code(data: bytes) -> str:
    with pytest.raises(BadFeed) as found:
        read(data, now=NOW, timezone="Europe/Paris", own=OWN)
    return found.value.code


# --- times -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("lines", "busy"),
    [
        ("DTSTART:20260318T080000Z\nDTEND:20260318T090000Z", "18/03 09:00-10:00"),
        ("DTSTART;TZID=Europe/Paris:20260318T090000\nDTEND;TZID=Europe/Paris:20260318T100000", "18/03 09:00-10:00"),
        ("DTSTART;TZID=America/Montreal:20260318T090000\nDURATION:PT1H", "18/03 14:00-15:00"),
        ('DTSTART;TZID="Europe/Paris":20260318T090000\nDURATION:PT45M', "18/03 09:00-09:45"),
        ("DTSTART;TZID=Romance Standard Time:20260318T090000\nDURATION:PT1H30M", "18/03 09:00-10:30"),
        ("DTSTART;TZID=W. Europe Standard Time:20260402T090000\nDURATION:PT1H", "02/04 09:00-10:00"),
        ("DTSTART;TZID=/agenda.example/20260101/Europe/Paris:20260318T090000\nDURATION:PT1H", "18/03 09:00-10:00"),
        ("DTSTART:20260318T090000\nDTEND:20260318T100000", "18/03 09:00-10:00"),
        ("DTSTART;VALUE=DATE:20260318", "18/03 00:00-19/03 00:00"),
        ("DTSTART;VALUE=DATE:20260328\nDTEND;VALUE=DATE:20260330", "28/03 00:00-30/03 00:00"),
        ("DTSTART;VALUE=DATE:20260318\nDURATION:P2D", "18/03 00:00-20/03 00:00"),
        ("DTSTART:20260318T080000Z\nDURATION:P1W", "18/03 09:00-25/03 09:00"),
        ("DTSTART:20260318T225900Z\nDTEND:20260318T235960Z", "18/03 23:59-19/03 00:59"),
        ("dtstart:20260318T080000Z\ndtend:20260318T090000Z", "18/03 09:00-10:00"),
    ],
)
def test_a_time_is_the_instant_that_was_meant(lines: str, busy: str) -> None:
    assert told(f"UID:a\n{lines}") == [busy]


def test_a_day_off_across_a_change_of_clocks_has_23_hours() -> None:
    (busy,) = reading("UID:a\nDTSTART;VALUE=DATE:20260329").busy
    assert busy.end - busy.start == timedelta(hours=23)


def test_an_hour_that_no_clock_shows_is_the_one_after() -> None:
    (busy,) = reading(event("20260329T023000", "20260329T043000")).busy
    assert busy.start == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_zone_that_only_the_calendar_knows_is_as_it_says() -> None:
    head = EXCHANGE.format(name="Customized Time Zone")
    winter = event("20260318T090000", "20260318T100000", zone="Customized Time Zone")
    summer = event("20260402T090000", "20260402T100000", zone="Customized Time Zone", uid="b")
    assert told(winter, summer, head=head) == ["18/03 09:00-10:00", "02/04 09:00-10:00"]


def test_the_same_name_means_something_else_in_another_calendar() -> None:
    meant = event("20260318T090000", "20260318T100000", zone="Customized Time Zone")
    paris = EXCHANGE.format(name="Customized Time Zone")
    reunion = paris.replace("+0100", "+0400").replace("+0200", "+0400")
    assert [told(meant, head=head)[0][6:11] for head in (paris, reunion, paris)] == ["09:00", "06:00", "09:00"]


def test_times_without_a_zone_are_in_that_of_the_calendar_else_of_the_practice() -> None:
    floating = event("20260318T090000", "20260318T100000", zone="")
    assert told(floating) == ["18/03 09:00-10:00"]
    assert told(floating, head="X-WR-TIMEZONE:Indian/Reunion\n") == ["18/03 06:00-07:00"]


# --- recurrences -----------------------------------------------------------------------------------------------------
WEEKLY = event("20260318T090000", "20260318T100000", "RRULE:FREQ=WEEKLY;COUNT=4")


def test_a_weekly_engagement_stays_at_its_hour_when_clocks_change() -> None:
    assert told(WEEKLY) == ["18/03 09:00-10:00", "25/03 09:00-10:00", "01/04 09:00-10:00", "08/04 09:00-10:00"]


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ("EXDATE;TZID=Europe/Paris:20260325T090000,20260401T090000", ["18/03", "08/04"]),
        ("EXDATE:20260325T080000Z\nEXDATE:20260401T070000Z", ["18/03", "08/04"]),
        ("EXDATE;VALUE=DATE:20260325", ["18/03", "01/04", "08/04"]),
        ("RDATE;TZID=Europe/Paris:20260320T090000", ["18/03", "20/03", "25/03", "01/04", "08/04"]),
    ],
)
def test_exceptions(more: str, left: list[str]) -> None:
    assert [busy[:5] for busy in told(f"{WEEKLY}\n{more}")] == left


def test_an_occurrence_that_was_moved_is_where_it_went() -> None:
    moved = event("20260326T140000", "20260326T150000", "RECURRENCE-ID;TZID=Europe/Paris:20260325T090000")
    assert told(WEEKLY, moved)[1] == "26/03 14:00-15:00"


def test_an_occurrence_that_was_cancelled_is_free() -> None:
    gone = event("20260325T090000", "", "RECURRENCE-ID:20260325T080000Z", "STATUS:CANCELLED")
    assert [busy[:5] for busy in told(WEEKLY, gone)] == ["18/03", "01/04", "08/04"]


def test_from_one_occurrence_on_all_are_later() -> None:
    line = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20260401T090000"
    later = event("20260401T110000", "20260401T120000", line)
    assert told(WEEKLY, later) == ["18/03 09:00-10:00", "25/03 09:00-10:00", "01/04 11:00-12:00", "08/04 11:00-12:00"]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;UNTIL=20260320", ["18/03", "19/03", "20/03"]),
        ("FREQ=DAILY;UNTIL=20260320T080000Z", ["18/03", "19/03", "20/03"]),
        ("FREQ=DAILY;UNTIL=20260320T075959Z", ["18/03", "19/03"]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=3", ["18/03", "01/04", "15/04"]),
        ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3", ["18/03", "23/03", "25/03"]),
        ("FREQ=MONTHLY;BYDAY=3WE;COUNT=2", ["18/03", "15/04"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", ["18/03", "31/03"]),
        ("FREQ=YEARLY;COUNT=2", ["18/03", "18/03"]),
    ],
)
def test_rules(rule: str, days: list[str]) -> None:
    found = [busy[:5] for busy in told(event("20260318T090000", "20260318T100000", f"RRULE:{rule}"))]
    assert found[: len(days)] == days


def test_a_series_begun_years_ago_is_unfolded_in_the_window_alone() -> None:
    old = event("20100105T083000", "20100105T123000", "RRULE:FREQ=WEEKLY;BYDAY=TU")
    found = reading(old)
    assert len(found.busy) == 58
    assert all(found.start < busy.end and busy.start < found.end for busy in found.busy)


def test_a_day_off_each_week_is_a_day_of_the_practice() -> None:
    days = told("UID:a\nDTSTART;VALUE=DATE:20260325\nRRULE:FREQ=WEEKLY;COUNT=2", head="X-WR-TIMEZONE:UTC\n")
    assert days == ["25/03 00:00-26/03 00:00", "01/04 00:00-02/04 00:00"]


# --- what blocks -----------------------------------------------------------------------------------------------------
ONE = event("20260318T090000", "20260318T100000")


@pytest.mark.parametrize(
    "line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", "transp:transparent"]
)
def test_what_takes_no_time(line: str) -> None:
    assert told(f"{ONE}\n{line}") == []


@pytest.mark.parametrize(
    "line", ["TRANSP:OPAQUE", "STATUS:TENTATIVE", "X-MICROSOFT-CDO-BUSYSTATUS:OOF", "CLASS:PRIVATE"]
)
def test_what_does(line: str) -> None:
    assert len(told(f"{ONE}\n{line}")) == 1


@pytest.mark.parametrize("lines", ["DTSTART:20260318T080000Z", "DTSTART:20260318T080000Z\nDTEND:20260318T070000Z"])
def test_a_moment_takes_no_time(lines: str) -> None:
    assert told(f"UID:a\n{lines}") == []


def test_the_newest_version_of_an_event_counts() -> None:
    moved = event("20260319T090000", "20260319T100000", "SEQUENCE:2")
    older = f"{ONE}\nSEQUENCE:1"
    assert told(older, moved) == told(moved, older) == ["19/03 09:00-10:00"]


def test_a_cancelling_takes_away_what_it_is_newer_than() -> None:
    gone = event("20260318T090000", "", "SEQUENCE:3", "STATUS:CANCELLED")
    assert told(f"{WEEKLY}\nSEQUENCE:2", gone) == []
    assert len(told(f"{WEEKLY}\nSEQUENCE:4", gone)) == 4


def test_a_calendar_of_cancellings() -> None:
    assert told(ONE, head="METHOD:CANCEL\n") == []


def test_our_own_bookings_that_come_back_are_no_foreign_engagements() -> None:
    ours = event("20260318T090000", "20260318T100000", uid=f"0123@{OWN}")
    other = event("20260318T090000", "20260318T100000", uid="0123@releve-ffffffffffffffff")
    assert (reading(ours).busy, reading(ours).ours) == ((), 1)
    assert len(reading(ours, other).busy) == 1


# --- privacy ---------------------------------------------------------------------------------------------------------
def test_nothing_but_times_comes_in() -> None:
    found = read(ONLINE, now=NOW, timezone="Europe/Paris", own=OWN)
    assert len(found.busy) == 2
    kept = repr([astuple(busy) for busy in found.busy]) + repr(found)
    for word in ("Jeanne", "Moreau", "diab", "Congr", "81d2", "agenda.example", "courriel"):
        assert word not in kept


def test_a_title_cannot_become_an_event() -> None:
    hostile = "SUMMARY:x\u2028END:VEVENT\u2028BEGIN:VEVENT\u2028DTSTART:20260319T080000Z\\nDTEND:20260319T090000Z"
    assert len(told(f"{ONE}\n{hostile}")) == 1


# --- what cannot be read ---------------------------------------------------------------------------------------------
S = "UID:{}\nDTSTART:{}T080000Z\nDURATION:PT10M\nRRULE:{}"
SIXTY = ",".join(map(str, range(60)))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not_a_calendar"),
        (b"<!DOCTYPE html><title>Connexion</title>", "web_page"),
        (b'{"error": "token"}', "not_a_calendar"),
        (calendar(ONE)[:-8], "cut_short"),
        (calendar(ONE).replace(b"END:VEVENT", b"X-NOTHING:1"), "cut_short"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 100_000, "too_deep"),
        (b"BEGIN:VCALENDAR\nX:" + b"a" * 10_000_000, "too_big"),
        (calendar("UID:a\nSUMMARY:sans heure"), "bad_time"),
        (calendar("UID:a\nDTSTART:20260631T080000Z"), "bad_time"),
        (calendar("UID:a\nDTSTART:demain\nDTEND:20260318T090000Z"), "bad_time"),
        (calendar("UID:a\nDTSTART:20260318T080000Z\nDURATION:longtemps"), "bad_time"),
        (calendar("UID:a\nDTSTART;TZID=Mars/Phobos:20260318T080000\nDURATION:PT1H"), "unknown_zone"),
        (calendar(ONE, head="X-WR-TIMEZONE:Nulle/Part\n"), "unknown_zone"),
        (calendar(S.format(1, "20260318", "FREQ=SECONDLY")), "too_many_occurrences"),
        (calendar(S.format(1, "20260318", "FREQ=MINUTELY;INTERVAL=5")), "too_many_occurrences"),
        (calendar(S.format(1, "20260318", f"FREQ=DAILY;BYHOUR=8,9;BYMINUTE={SIXTY}")), "too_many_occurrences"),
        (calendar(S.format(1, "20260318", f"FREQ=HOURLY;BYMINUTE={SIXTY};BYSECOND={SIXTY}")), "too_many_occurrences"),
        (calendar(S.format(1, "20260318", f"FREQ=MINUTELY;INTERVAL=60;BYSECOND={SIXTY}")), "too_many_occurrences"),
        (calendar(S.format(1, "00010101", "FREQ=DAILY")), "too_many_occurrences"),
        (calendar(S.format(1, "20260318", "FREQ=YEARLY;INTERVAL=0")), "bad_recurrence"),
        (calendar(S.format(1, "20260318", "FREQ=PARFOIS")), "bad_recurrence"),
        (calendar(S.format(1, "20260318", "FREQ=WEEKLY;BYDAY=XX")), "bad_recurrence"),
        (calendar(S.format(1, "20260318", "COUNT=3")), "bad_recurrence"),
        (calendar(*(S.format(n, "20260101", "FREQ=DAILY") for n in range(60))), "too_many_occurrences"),
        (calendar(*(S.format(n, "20260101", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30") for n in range(11))),
         "too_many_occurrences"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_has_a_code(data: bytes, why: str) -> None:
    assert code(data) == why


@pytest.mark.parametrize(
    "lines",
    [
        "DTSTART:20260318T080000Z\nDTEND:99991231T235959Z", "DTSTART;VALUE=DATE:20260318\nDTEND;VALUE=DATE:99991231",
        "DTSTART:00010101T000000Z\nDTEND:99991231T235959Z",
        "DTSTART;VALUE=DATE:20260318\nRRULE:FREQ=DAILY;UNTIL=99991231",
    ],
)  # fmt: skip
def test_for_ever_ends_where_every_clock_can_show_it(lines: str) -> None:
    """What is stored of it is shown on the agenda, in the practice's zone."""
    for busy in reading(f"UID:a\n{lines}").busy:
        assert 1900 <= busy.start.year <= busy.end.year <= 2400
        assert busy.end.astimezone(ZoneInfo("Pacific/Kiritimati")) > busy.start.astimezone(ZoneInfo("Pacific/Midway"))


def test_as_many_occurrences_as_can_be_and_not_one_more() -> None:
    many = [f"UID:{n}\nDTSTART:20260318T080000Z\nDURATION:PT5M" for n in range(MOST_OCCURRENCES + 1)]
    assert len(reading(*many[1:]).busy) == MOST_OCCURRENCES
    assert code(calendar(*many)) == "too_many_occurrences"


def test_a_hundred_thousand_events_of_the_past_are_no_trouble() -> None:
    old = [f"UID:{n}\nDTSTART:20160318T080000Z\nDTEND:20160318T081000Z" for n in range(80_000)]
    assert told(*old, ONE) == ["18/03 09:00-10:00"]


def test_a_day_that_never_comes_is_looked_for_in_vain() -> None:
    assert told(S.format(1, "20260318", "FREQ=DAILY;COUNT=3;BYMONTH=2;BYMONTHDAY=30"), ONE)[-1] == "18/03 09:00-10:00"


@pytest.mark.parametrize("start", ["19000101", "16010101", "20990101", "99991231"])
def test_years_far_away(start: str) -> None:
    assert told(f"UID:b\nDTSTART:{start}T080000Z\nDTEND:{start}T090000Z", ONE) == ["18/03 09:00-10:00"]


def test_what_began_long_ago_and_ends_in_the_last_year_takes_the_whole_window() -> None:
    (busy,) = reading("UID:b\nDTSTART:19000101T080000Z\nDTEND:99991231T225900Z").busy
    assert busy.start.year == 1900 and busy.end.year == 2400


@pytest.mark.parametrize("zone", ["RRULE:FREQ=SECONDLY", "RRULE:FREQ=YEARLY;BYDAY=XX", "TZOFFSETTO:demain"])
def test_a_zone_that_cannot_be(zone: str) -> None:
    head = EXCHANGE.format(name="Autre").replace("RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3", zone)
    assert code(calendar(event("20260318T090000", "20260318T100000", zone="Autre"), head=head)) == "unknown_zone"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending(ending: str) -> None:
    data = (HEAD + PARIS + f"BEGIN:VEVENT\n{ONE}\nEND:VEVENT\n" + FOOT).replace("\n", ending)
    assert len(read(data.encode("utf-8-sig"), now=NOW, timezone="Europe/Paris").busy) == 1


def test_a_long_line_is_folded_anywhere() -> None:
    data = calendar(f"{WEEKLY}\nEXDATE;TZID=Europe/Paris:20260325T090000").decode()
    folded = data.replace("EXDATE;TZID=Europe/Paris:2026", "EXDATE;TZID=Eur\r\n ope/Paris:20\r\n\t26")
    assert len(read(folded.encode(), now=NOW, timezone="Europe/Paris").busy) == 3


def test_the_window_moves_on_once_a_week() -> None:
    ends = {window(NOW + timedelta(minutes=5 * n), "Europe/Paris")[1] for n in range(12 * 24)}
    assert len(ends) <= 2
    assert min(ends) - NOW >= timedelta(days=400)
