"""Two yeses at the same moment to one place: one has it, the others are told so kindly, and nothing stays held."""

import pytest

from tests.faults import racing_yes
from tests.faults.racing_yes import PLACES, ROUND

pytestmark = pytest.mark.processes


def test_of_those_who_say_yes_together_one_has_the_place(database_url: str) -> None:
    result = racing_yes.play(database_url)
    won = [said.split()[:2] for said in result["ended"] if said.endswith(" booked")]
    assert sorted(place for place, _ in won) == [str(place) for place in range(PLACES)]
    others = [said for said in result["ended"] if said.split()[:2] not in won]
    assert others
    assert [said for said in others if "vient d’être prise" not in said and "plus disponible" not in said] == []
    audit = result["audit"]
    assert len(audit["booked"]) == len(set(audit["booked"])) == PLACES
    assert audit["holds"] == 0
    assert audit["offers"] == ["accepted"] * PLACES + ["lost"] * PLACES * (ROUND - 1)
    assert audit["entries"] == ["booked"] * PLACES + ["waiting"] * PLACES * (ROUND - 1)
    assert audit["faults"] == []
