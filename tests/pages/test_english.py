"""The screens in English: read as text, no page has French left but what is the practice's own or a patient's."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from releve.desk.settings import proposals
from releve.practice.models import Conversation, Organization, Task
from tests import cast
from tests.pages import settings_doors, test_doors
from tests.pages.support import RED_FLAG, RENEWAL, post, written
from tests.pages.support_patients import TUESDAY, ask_code, link, place, proved, step, who_comes
from tests.pages.test_set_up import ACCOUNT, HOURS, PERSON, PRACTICE, keyed, send

pytestmark = pytest.mark.django_db
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SAID = {
    "aria-label",
    "title",
    "alt",
    "placeholder",
    "content",
    "data-hint",
    "data-none",
    "data-up",
    "data-to",
    "data-left",
}
# What French cannot do without, and English never writes.
FRENCH = re.compile(
    r"\b(?:le|la|les|des|du|une|un|et|ou|où|est|sont|pas|que|qui|dans|pour|avec|sur|sans|vous|votre|vos|nous|notre|ce|"
    r"cette|ces|cet|son|sa|ses|leur|aux|au|il|elle|ils|elles|rien|tout|tous|rendez|rdv|jour|jours|semaine|mois|heure|"
    r"heures|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|mars|avril|mai|juin|juillet|août|oui|non(?!-)|"
    r"aucun|aucune|personne|personnes|demande|demandes|soignant|cabinet|fiche|liste|registre|assistant automatique)\b"
    r"|[«»]|\b\d+\s?h\s\d\d\b(?! min)|[a-z][éèàêçùœôîûâ]|[ldnjmsc]’[a-zéèàêœ]{3}| [:;!?%](?!\w)",
    re.IGNORECASE,
)
OWN = (
    "Relève",
    "Français",
    "Réunion",
    "Besançon",
    "Orléans",
    "Créteil",
    "M. Bernard Roche",
    "M. Karim Belkacem",
    "M. Roche",
    "Mme Sow",
    "Hélène Petit",
    "Léa",
    "Adèle Joly",
    "Zoé Lambert",
    "Il 1l O0",
)


class Read(HTMLParser):
    """What a person reads or hears of a page, apart from what says it is French and from what was said in a talk."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.shut: list[bool] = []  # for each open element, whether it is read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        apart = (
            (given.get("lang") == "fr" and tag != "html")
            or given.get("dir") == "auto"
            or given.get("role") == "log"
            or tag == "script"
        )
        shut = apart or bool(self.shut and self.shut[-1])
        if tag not in VOID:
            self.shut.append(shut)
        if not shut:
            self.parts += [value for name, value in attrs if value and (name in SAID or name.startswith("data-key-"))]
            if tag == "input" and given.get("type") in ("submit", "button"):
                self.parts.append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.shut:
            self.shut.pop()

    def handle_data(self, data: str) -> None:
        if not (self.shut and self.shut[-1]):
            self.parts.append(data)


def read(page: str, own: list[str]) -> str:
    reader = Read()
    reader.feed(page)
    text = "\n".join(part for part in (re.sub(r"\s+", " ", part) for part in reader.parts) if part)
    text = re.sub(r"https?://\S+", "·", text)
    for words in own:
        text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", "·", text, flags=re.IGNORECASE)
    return text


def french(page: str, own: list[str]) -> list[str]:
    """Each line that is still French, with what shows it."""
    lines = read(page, own).splitlines()
    return [f"{found[0]!r} in {line!r}" for line in lines if (found := FRENCH.search(line))]


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
    elif isinstance(value, str) and len(value) > 3 and any(c.isalpha() for c in value):
        yield value


def own() -> list[str]:
    """The practice's data, the patients' words and people's names, longest first."""
    proposed = [[row["name"], row.get("instructions", "")] for kind in proposals.kinds() for row in kind.visits]
    return sorted(
        {*strings([cast.practice_file(), PRACTICE, PERSON, proposed]), RENEWAL, RED_FLAG, *OWN}, key=len, reverse=True
    )


def english(client: Client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def left(client: Client, addresses: Iterator[str] | list[str]) -> list[str]:
    """Of each page, what is still French."""
    mine = own()
    found = []
    for address in addresses:
        answer = client.get(address)
        if answer.status_code in (200, 404, 410, 503):
            page = answer.content.decode()
            assert '<html lang="fr"' not in page, address
            found += [f"{address}: {line}" for line in french(page, mine)]
    return found


@pytest.fixture
def house(desk: Client, practice: Organization) -> Organization:
    """Somebody has asked, somebody is in danger, somebody waits for an earlier place; the desk has worked a little."""
    written(practice, RENEWAL)
    written(practice, RED_FLAG)
    english(desk)
    roche, lea = f"/agenda/rendez-vous/{cast.ROCHE_THURSDAY}/", f"/agenda/rendez-vous/{cast.LEA_TUESDAY}/"
    post(desk, "/liste-attente/nouveau/", patient=cast.MOTHER, service=cast.CONSULTATION, day="1", moment="afternoon",
         until="2026-04-30")  # fmt: skip
    post(desk, f"/patients/{cast.MOTHER}/contact/", phone="06 39 98 10 09", email="")
    post(desk, f"/patients/{cast.LEA}/identite/", given="Léa", family="Fontaine", birth_date="21 nov. 2018", sex="F",
         reason="identity card")  # fmt: skip
    post(desk, f"{roche}confirmer/")
    post(desk, f"{lea}annuler/")
    return practice


def of_the_desk() -> list[str]:
    task = Task.objects.order_by("pk")
    asked = {row[1] for row in (*test_doors.DESK, *settings_doors.STAFF) if row[0] == "GET" and row[3] != 405}
    talk = Conversation.objects.order_by("pk")[0].pk
    whole = {a.format(task=t.identifier, talk=talk) for a in asked for t in task}
    return sorted({a for a in whole if "places/" not in a} | {f"/patients/{cast.MOTHER}/", f"/patients/{cast.LEA}/"})


def test_no_french_is_left_on_the_desk(desk: Client, house: Organization) -> None:
    assert left(desk, of_the_desk()) == []


def test_no_french_is_left_where_only_a_physician_goes(physician: Client, house: Organization) -> None:
    assert left(english(physician), [a for a in of_the_desk() if a.startswith(("/reglages", "/garantie"))]) == []


def test_no_french_is_left_before_signing_in(house: Organization) -> None:
    stranger = english(Client())
    addresses = ["/", "/connexion/", "/nulle-part/", "/rendez-vous/", step(), step(visite=cast.CONSULTATION),
                 step(visite=cast.CONSULTATION, avec=cast.AMAR), place(), link(cast.ROCHE_THURSDAY),
                 "/rendez-vous/faux/", "/acces/0/inconnu/"]  # fmt: skip
    assert left(stranger, addresses) == []


def test_no_french_is_left_for_a_patient_who_is_known(house: Organization) -> None:
    roche = english(Client())
    ask_code(roche)
    assert left(roche, ["/rendez-vous/code/"]) == []
    proved(roche)
    own_page = link(cast.ROCHE_THURSDAY)
    assert left(roche, ["/rendez-vous/", own_page, f"{own_page}annuler/", f"{own_page}deplacer/"]) == []
    who_comes(roche, place(TUESDAY))
    assert left(roche, ["/rendez-vous/prendre/verifier/"]) == []


STEPS = ("cabinet", "fichier", "soignants", "horaires", "visites", "textes", "essai", "signature")


def test_no_french_is_left_in_the_guided_set_up(db: None) -> None:
    client = english(Client())
    assert left(client, ["/mise-en-route/"]) == []
    keyed(client)
    assert left(client, ["/mise-en-route/compte/"]) == []
    send(client, "compte", **ACCOUNT)
    assert left(client, ["/mise-en-route/cabinet/", "/mise-en-route/fichier/"]) == []
    send(client, "cabinet", **PRACTICE)
    send(client, "soignants", **PERSON)
    send(client, "horaires", **HOURS)
    assert left(client, [f"/mise-en-route/{step}/" for step in STEPS]) == []
    assert left(english(Client()), ["/"]) == []  # not signed: « Bientôt »


def test_what_a_form_answers_is_in_english_too(desk: Client, house: Organization) -> None:
    mine = own()
    wrong = [
        ("/patients/nouveau/", {"family": "", "given": "", "birth_date": "hier"}),
        ("/reglages/", {"name": ""}),
        ("/reglages/moi/code/", {"pin": "12"}),
        ("/reglages/moi/mot-de-passe/", {"old_password": "x", "password": "court"}),
        ("/agenda/nouveau/", {}),
        (f"/liste-attente/nouveau/?patient={cast.ROCHE}", {}),
    ]
    assert [line for address, values in wrong for line in french(post(desk, address, **values), mine)] == []
    stranger = english(Client())
    for address in ("/rendez-vous/", place(), link(cast.ROCHE_THURSDAY)):
        assert french(post(stranger, address), mine) == []


def test_the_check_sees_french_when_there_is_some(desk: Client, house: Organization) -> None:
    """Without its cookie the desk is French, and nearly every line says so."""
    del desk.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert len(french(desk.get("/journee/").content.decode(), own())) > 20


# --- the switch ------------------------------------------------------------------------------------------------------
def test_the_browser_s_language_is_followed_until_one_is_chosen(practice: Organization) -> None:
    client = Client(headers={"accept-language": "en-GB,en;q=0.8"})
    page = client.get("/connexion/").content.decode()
    assert '<html lang="en">' in page and "Sign in" in page
    client.post("/langue/", {"language": "fr", "next": "/connexion/"})
    assert "Se connecter" in client.get("/connexion/").content.decode()


def test_the_sign_in_page_offers_the_other_language(client: Client, practice: Organization) -> None:
    assert 'value="en" lang="en">English' in client.get("/connexion/?next=/agenda/").content.decode()
    back = client.post("/langue/", {"language": "en", "next": "/connexion/?next=/agenda/"})
    assert back["Location"] == "/connexion/?next=/agenda/"
    assert 'value="fr" lang="fr">Français' in client.get(back["Location"]).content.decode()


def test_the_switch_does_not_throw_away_a_form_that_is_kept(practice: Organization) -> None:
    kept = Client().post("/reglages/moi/", {"language": "en"})
    assert kept.status_code == 401 and "/langue/" not in kept.content.decode()


def test_a_preference_speaks_its_language_at_once(desk: Client, practice: Organization) -> None:
    page = post(desk, "/reglages/moi/", language="en", single_keys="on")
    assert '<html lang="en">' in page and "Your preferences are saved." in page
