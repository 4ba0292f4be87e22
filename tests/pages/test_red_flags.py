"""`/garantie/signaux/`: the list that a physician of the practice reads and signs."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from releve.core.acts import SignRedFlags
from releve.core.understanding import RED_FLAGS
from releve.guarantee.models import RedFlagSignature
from releve.intake.actions import staff_act
from releve.language import red_flags
from releve.language.red_flags.listing import listed
from releve.ledger.queries import kinds
from releve.practice.models import Organization, User
from tests import cast
from tests.pages.support import RED_FLAG, post, task

PAGE = "/garantie/signaux/"
NAME = "Dr Nadia Amar"


def sign(client: Client, **changed: str) -> str:
    return post(client, PAGE, **{"version": red_flags.VERSION, "name": NAME, "read": "yes", **changed})


@pytest.fixture
def manager(practice: Organization) -> Client:
    client = Client()
    client.force_login(User.objects.create_user("noor", password=cast.PASSWORD, role=User.Role.MANAGER))
    return client


# --- reading it ------------------------------------------------------------------------------------------------------
def test_the_list_says_what_is_looked_for_what_is_said_the_numbers_and_the_basis(desk: Client) -> None:
    page = desk.get(PAGE).content.decode()
    assert f"Version {red_flags.VERSION} en vigueur" in page
    assert page.count("La personne lit</dt>") == len(RED_FLAGS)
    assert "je n’arrive plus à respirer" in page
    assert "Une perte soudaine de la vue est une urgence." in page
    assert "<b>3114</b> ou <b>15</b>" in page
    assert "lombalgie" in page
    assert "Appelez tout de suite le 15 ou le 112." in page


def test_every_category_has_its_french_name(desk: Client) -> None:
    page = desk.get(PAGE).content.decode()
    assert not [row.category for row in listed() if row.category in page]


def test_it_says_that_the_list_works_unsigned(desk: Client, practice: Organization) -> None:
    assert "Signée ou non, elle est toujours active" in desk.get(PAGE).content.decode()
    assert task(practice, RED_FLAG).priority == "emergency"


def test_a_signature_changes_nothing_of_what_the_list_does(physician: Client, practice: Organization) -> None:
    sign(physician)
    assert task(practice, RED_FLAG).priority == "emergency"


# --- signing it ------------------------------------------------------------------------------------------------------
def test_a_physician_signs_the_version_in_force(physician: Client) -> None:
    assert "Nadia Amar" in physician.get(PAGE).content.decode()
    page = sign(physician)
    assert "Signature écrite dans le registre." in page
    assert "La liste des signaux d’alerte est signée" in page
    assert "Vous avez signé cette version" in page
    assert f"<b>{NAME}</b>" in page and "lundi 16\u00a0mars\u00a02026 à 9\u00a0h" in page
    assert kinds()[-1] == "sign_red_flags"
    row = RedFlagSignature.objects.get()
    assert (row.version, row.signed_by, row.user.username) == (red_flags.VERSION, NAME, "amar")


@pytest.mark.parametrize("who", ["desk", "manager"])
def test_others_see_why_they_cannot_and_nothing_is_written(who: str, request: pytest.FixtureRequest) -> None:
    client = request.getfixturevalue(who)
    before, page = len(kinds()), client.get(PAGE).content.decode()
    assert "Seul un médecin du cabinet peut signer." in page
    assert 'name="read"' not in page
    assert "Seul un médecin du cabinet signe cette liste. Rien n’a été signé." in sign(client)
    assert not RedFlagSignature.objects.exists()
    assert len(kinds()) == before


@pytest.mark.parametrize("who", ["petit", "noor", None])
def test_the_gate_refuses_them_too(manager: Client, practice: Organization, who: str | None) -> None:
    cast.petit()
    outcome = staff_act(
        SignRedFlags(version=red_flags.VERSION, signed_by="Dr Amar"), organization=practice, now=cast.NOW,
        user=User.objects.filter(username=who).first(), external_id=str(uuid4()),
    )  # fmt: skip
    assert (outcome.status, outcome.why) == ("refused", "not_a_physician")
    assert not RedFlagSignature.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "Écrivez votre nom\u00a0: rien n’a été signé."),
        ({"name": "\x00\u200b"}, "Écrivez votre nom\u00a0: rien n’a été signé."),
        ({"read": ""}, "Cochez la case après avoir lu la liste\u00a0: rien n’a été signé."),
        ({"version": "0"}, "La liste a changé pendant votre lecture"),
        ({"version": "\x00"}, "La liste a changé pendant votre lecture"),
        ({"version": "9" * 500}, "La liste a changé pendant votre lecture"),
    ],
)
def test_an_incomplete_signature_is_none(physician: Client, changed: dict[str, str], said: str) -> None:
    assert said in sign(physician, **changed)
    assert not RedFlagSignature.objects.exists()


def test_what_was_typed_stays(physician: Client) -> None:
    assert f'value="{NAME}"' in sign(physician, read="")


def test_a_version_is_signed_once_by_each_physician(physician: Client) -> None:
    sign(physician)
    assert "Vous avez déjà signé cette version." in sign(physician, name="Autre")
    other = Client()
    other.force_login(User.objects.create_user("bell", password=cast.PASSWORD, role=User.Role.PHYSICIAN))
    assert "Signature écrite" in sign(other, name="Dr Bell")
    assert list(RedFlagSignature.objects.order_by("id").values_list("signed_by", flat=True)) == [NAME, "Dr Bell"]


def test_a_double_click_signs_once(physician: Client) -> None:
    form = {"form": str(uuid4()), "version": red_flags.VERSION, "name": NAME, "read": "yes"}
    for _ in range(2):
        assert physician.post(PAGE, form).status_code == 302
    assert kinds().count("sign_red_flags") == 1


def test_a_hostile_name_is_shown_as_a_name(physician: Client) -> None:
    page = sign(physician, name="<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page + physician.get("/garantie/").content.decode()


# --- when the list changes -------------------------------------------------------------------------------------------
def test_the_guarantee_says_that_nobody_has_signed(desk: Client) -> None:
    page = desk.get("/garantie/").content.decode()
    assert f"La version {red_flags.VERSION}, en vigueur, n’est pas signée." in page
    assert f'href="{PAGE}"' in page


def test_a_newer_version_asks_for_a_new_signature(
    physician: Client, monkeypatch: pytest.MonkeyPatch, clock: Any
) -> None:
    sign(physician)
    assert "est signée par un médecin" in physician.get("/garantie/").content.decode()
    old = red_flags.VERSION
    monkeypatch.setattr(red_flags, "VERSION", "next")
    for address in ("/garantie/", PAGE):
        page = physician.get(address).content.decode()
        assert f"La version en vigueur est la next&nbsp;; la dernière signée est la {old}" in page
    clock.moment += timedelta(days=1)
    physician.post("/reprendre/", {"password": cast.PASSWORD})  # the desk had locked itself overnight
    assert "est signée" in sign(physician, version="next")
    assert RedFlagSignature.objects.count() == 2
