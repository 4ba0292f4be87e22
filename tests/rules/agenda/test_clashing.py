"""Rules that hold at one moment, and nobody could say which: refused where one of them sets conditions."""

import pytest

from releve.agenda.parse import parse_rules
from releve.agenda.schedule import clashing


def clash(one, other):
    rules = [{"days": ["mon", "wed"], "start": "09:00", "end": "12:00"} | rule for rule in (one, other)]
    return list(clashing(parse_rules({"rules": rules}, ""))) == [(0, 1)]


KEPT = {"start": "09:00", "end": "09:40", "kept_until": "08:00"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, KEPT),
        ({"weeks": "even"}, KEPT),
        ({"weeks": "odd"}, {}),
        ({"place": "video"}, {"place": "office"}),  # nobody is in two places
        ({"until": "2027-06-30"}, {"from": "2027-06-30"}),
        ({"every": 2, "from": "2027-03-01"}, {"every": 2, "from": "2027-03-17"}),
        ({"every": 2, "from": "2027-03-01"}, {"every": 3, "from": "2027-03-08"}),
        ({"start": "22:00", "end": "02:00", "weeks": "odd"}, {"start": "23:00", "end": "23:30"}),
    ],
)
def test_conditions_that_meet_plain_hours_or_other_conditions_are_refused(one, other):
    assert clash(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"start": "10:00", "end": "14:00"}),  # plain hours that overlap are one opening
        ({"days": ["tue"]}, KEPT),
        ({"start": "09:40"}, KEPT),
        ({"weeks": "odd"}, {"weeks": "even"}),
        ({"school_holidays": "only"}, {"school_holidays": "never"}),
        ({"until": "2027-06-30"}, {"from": "2027-07-01"}),
        ({"every": 2, "from": "2027-03-01"}, {"every": 2, "from": "2027-03-08"}),
    ],
)
def test_hours_that_never_meet_stand_side_by_side(one, other):
    assert not clash(one, other)
