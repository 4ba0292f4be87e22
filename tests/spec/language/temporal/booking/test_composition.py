"""How times said together restrict, add up and take back one another, on Monday 9 March 2026 at 10:12."""

import pytest

from releve.language.temporal import appointment_time, move, wish
from tests.spec.language.temporal.support import MONDAY, preferred, told

BEFORE_THE_10TH = ["03-09 10:12 > 04-09 21:00"]
WISHES = [
    # a list of days
    ("au jeudi ou au vendredi en fin de journée", ["03-12 16:00-20:00", "03-13 16:00-20:00"]),
    ("jeudi, ou vendredi matin", ["03-12 07:00-21:00", "03-13 07:00-12:00"]),
    ("mardi ou jeudi de la semaine prochaine", ["03-17 07:00-21:00", "03-19 07:00-21:00"]),
    ("jeudi ou vendredi ? Jeudi le matin", ["03-12 07:00-12:00", "03-13 07:00-21:00"]),
    ("jeudi 19 ou lundi 23, le jeudi avant 11h", ["03-19 07:00-11:00", "03-23 07:00-21:00"]),
    ("samedi, ou un soir du 16 au 17 mars", ["03-14 07:00-21:00", "03-16 18:00-21:00", "03-17 18:00-21:00"]),
    ("entre midi et deux jeudi ou vendredi n'importe quand", ["03-12 12:00-14:00", "03-13 07:00-21:00"]),
    ("demain à midi ou après 19h", ["03-10 12:00-14:00", "03-10 19:00-21:00"]),
    ("demain de midi à deux heures", ["03-10 12:00-14:00"]),
    ("le 17 mars, sinon le surlendemain", ["03-17 07:00-21:00", "03-19 07:00-21:00"]),
    # numbers near a date
    ("le 9 avril, sinon le 22", ["04-09 07:00-21:00", "04-22 07:00-21:00"]),
    # spans that add up or narrow one another
    (
        "le 12 et le 13 ; après, tout le mois d'avril",
        ["03-12 07:00-21:00", "03-13 07:00-21:00", "04-01 07:00 > 04-30 21:00"],
    ),
    ("cette semaine et la prochaine", ["03-09 10:12 > 03-14 21:00", "03-16 07:00 > 03-21 21:00"]),
    ("pas cette semaine, celle d'après", ["03-16 07:00 > 03-21 21:00"]),
    ("en avril, première quinzaine", ["04-01 07:00 > 04-15 21:00"]),
    ("la deuxième quinzaine d'avril, du 15 au 20", ["04-15 07:00 > 04-20 21:00"]),
    ("entre Noël et le jour de l'an", ["12-26 07:00 > 12-31 21:00"]),
    ("avant le 25 mars, un lundi", ["03-09 10:12-21:00", "03-16 07:00-21:00", "03-23 07:00-21:00"]),
    ("du 16 au 18, le 17 uniquement le soir", ["03-16 07:00-21:00", "03-17 18:00-21:00", "03-18 07:00-21:00"]),
    (
        "la semaine du 16, le 18 je ne peux qu'après 18h",
        ["03-16 07:00 > 03-17 21:00", "03-18 18:00-21:00", "03-19 07:00 > 03-21 21:00"],
    ),
    # nobody refuses all that he wishes
    ("mardi 24 ou vendredi 27, et plus rien avant juin", ["03-24 07:00-21:00", "03-27 07:00-21:00"]),
    # said more exactly
    ("vers le 20, disons du 19 au 21 mars", ["03-19 07:00 > 03-21 21:00"]),
    ("demain soir après 17h30", ["03-10 17:30-21:00"]),
    ("dès demain matin", ["03-10 07:00-12:00"]),
    # what bounds a time
    ("avant la réunion de 14h, demain", ["03-10 07:00-14:00"]),
    ("avant le carnaval du 10 avril", BEFORE_THE_10TH),
    ("il s'envole le 10 avril, une place avant ce départ ?", BEFORE_THE_10TH),
    ("on m'a inscrit au 10 avril, si quelqu'un cède sa place d'ici là", BEFORE_THE_10TH),
    ("c'est le 10 avril, prévenez-moi avant si ça bouge", BEFORE_THE_10TH),
    ("le 10 avril me semble bien tard, si un patient se désiste plus tôt", BEFORE_THE_10TH),
    ("je suis à Nantes jusqu'à mercredi, vendredi c'est bon", ["03-13 07:00-21:00"]),
    # told beside the wish
    ("elle tousse depuis hier, un médecin en fin de journée ?", ["03-09 16:00-20:00"]),
    ("remettez mon rdv jeudi ou vendredi", ["03-12 07:00-21:00", "03-13 07:00-21:00"]),
    ("vous pouvez pas me prendre jeudi", ["03-12 07:00-21:00"]),
    ("y a moyen jeudi ?", ["03-12 07:00-21:00"]),
    ("quand même jeudi : après 10h", ["03-12 10:00-21:00"]),
    ("lun mer ven avant 9h cette semaine", ["03-11 07:00-09:00", "03-13 07:00-09:00"]),
    ("le 12 de 8h à 10h", ["03-12 08:00-10:00"]),
    ("dans les 15 jours qui viennent", ["03-09 10:12 > 03-23 21:00"]),
]  # fmt: skip
REFUSALS = [
    ("pas de jeudi ni de mardi cette semaine", ["03-10 07:00-21:00", "03-12 07:00-21:00"]),
    ("la semaine prochaine mais pas avant 15h le lundi et le mardi", ["03-16 07:00-15:00", "03-17 07:00-15:00"]),
    ("la semaine prochaine, mardi excepté", ["03-17 07:00-21:00"]),
    ("demain midi, non. Jeudi oui", ["03-10 12:00-14:00"]),
    ("je suis à Lyon du 16 au 18 mars. Hors ces dates, tout le mois", ["03-16 07:00 > 03-18 21:00"]),
]  # fmt: skip
SOON = [
    "le premier créneau que vous avez",
    "la prochaine dispo",
    "le premier rendez-vous libre",
    "il faut revenir le jour même",
]
MOVES = [
    ("jeudi 12 ça colle plus, j'ai échangé ma garde. Vendredi 13", ["03-13 07:00-21:00"]),
    ("10h c'est trop tôt pour elle, donnez-nous 15h", ["03-09 15:00-15:01"]),
    ("repousser demain 12h à jeudi même heure", ["03-12 12:00-12:01"]),
    ("mon rdv de demain, à la même heure 14h jeudi", ["03-12 14:00-14:01"]),
    ("mettez vendredi à la place", ["03-13 07:00-21:00"]),
]  # fmt: skip
NAMED = [
    ("mon rdv de jeudi, c'est 9h ou 9h30 ?", ["03-12 00:00 > 03-13 00:00"]),
    ("c'est le 12 ou le 13 mars ?", ["no wish"]),
    ("vous proposez le 12 ou le 13 mars à 9h : ce sera le 13", ["03-13 09:00-09:01"]),
    ("pas le 12, le 13", ["03-13 00:00 > 03-14 00:00"]),
    ("il nous a quittés dimanche, annulez tout", ["no wish"]),
    ("pour jeudi je ne viens pas, le rendez-vous de 9h30", ["03-12 09:30-09:31"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "windows"), WISHES, ids=[t for t, _ in WISHES])
def test_times_said_together(text: str, windows: list[str]) -> None:
    assert preferred(wish(text, MONDAY)) == windows


@pytest.mark.parametrize(("text", "windows"), REFUSALS, ids=[t for t, _ in REFUSALS])
def test_what_is_refused(text: str, windows: list[str]) -> None:
    found = wish(text, MONDAY)
    assert found is not None
    assert told(found.exclude) == windows


def test_another_day_refuses_those_told_before() -> None:
    found = wish("je travaille le mardi et le jeudi. Une place un autre jour ?", MONDAY)
    assert found is not None
    assert (found.prefer, told(found.exclude)[:2]) == ((), ["03-10 07:00-21:00", "03-12 07:00-21:00"])


def test_a_refused_list_goes_on_after_an_aside() -> None:
    found = wish("tous les jours de la semaine prochaine sauf mardi bien sûr et vendredi", MONDAY)
    assert found is not None
    assert told(found.exclude) == ["03-17 07:00-21:00", "03-20 07:00-21:00"]


@pytest.mark.parametrize("text", SOON)
def test_the_first_place_is_as_soon_as_possible(text: str) -> None:
    found = wish(text, MONDAY)
    assert found is not None
    assert found.asap


def test_a_first_place_whose_date_is_told_is_not() -> None:
    found = wish("le premier créneau libre c'est le 18 septembre", MONDAY)
    assert found is not None
    assert not found.asap


def test_a_refusal_says_when_the_other_days_will_do() -> None:
    found = preferred(wish("pas avant 18h en semaine, samedi toute la journée", MONDAY))
    assert found[:2] == ["03-10 18:00-21:00", "03-11 18:00-21:00"]
    assert "03-14 07:00-21:00" in found


@pytest.mark.parametrize(("text", "windows"), MOVES, ids=[t for t, _ in MOVES])
def test_the_new_time_of_a_move(text: str, windows: list[str]) -> None:
    assert preferred(move(text, MONDAY)[1]) == windows


@pytest.mark.parametrize(("text", "windows"), NAMED, ids=[t for t, _ in NAMED])
def test_the_appointment_named(text: str, windows: list[str]) -> None:
    assert preferred(appointment_time(text, MONDAY)) == windows
