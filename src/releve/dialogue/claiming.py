"""What each message adds to who the patient is said to be."""

from dataclasses import replace
from datetime import date

from releve.core.understanding import PersonName
from releve.dialogue.heard import Heard
from releve.dialogue.state import Claim
from releve.language.matching.words import stems
from releve.language.temporal.birth import dates_of_birth_candidates


def claimed(claim: Claim, heard: Heard, asked: bool = False) -> Claim:
    """Adds what this message says of the patient; `asked` for a birth date, the only date that it tells is one. Another
    name is another person: what was proved for the first no longer counts. A writer who only introduces themself for
    someone else says nothing of the patient."""
    u = heard.understanding
    if asked and u.birth_date is None:
        u = replace(u, birth_date=_only_date(heard))
    claim = claim.having(phone=u.phone or claim.phone, email=u.email or claim.email)
    full = [n for n in u.names if n.given and n.family]
    for_another = u.patient_is != "self" and ("introduces" in heard.signs or len(set(full)) > 1)
    if for_another or not (u.names or u.birth_date):
        return claim
    name = full[0] if full else None
    if name is not None and claim.name is not None and not _same_name(name, claim.name):
        claim = Claim(phone=claim.phone, email=claim.email, tries=claim.tries)
    return claim.having(
        words=heard.text if u.birth_date else f"{claim.words} {heard.text}"[-600:],
        birth_date=u.birth_date or claim.birth_date,
        name=name or claim.name or (u.names[0] if u.names else None),
    )


def _only_date(heard: Heard) -> date | None:
    """ "Malo Gaborit du 08.03.2019", said to the question of when he was born."""
    told = {born for _, _, born in dates_of_birth_candidates(heard.text, heard.facts.local_now)}
    return told.pop() if len(told) == 1 else None


def _same_name(one: PersonName, other: PersonName) -> bool:
    """Also when one of them was only a part of a name."""
    parts = [set(stems(f"{n.given} {n.family}")) for n in (one, other)]
    return parts[0] <= parts[1] or parts[1] <= parts[0]
