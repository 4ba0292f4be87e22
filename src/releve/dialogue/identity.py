"""Who is speaking, and how surely (CONTRACTS 4, Identity).

Phone on file + birth date verifies; elsewhere names and birth date are a claim, and a code sent to the contact on
file verifies it. A parent verified on the contact of a child's file may act for the child. What is said never depends
on whether a file exists.
"""

from datetime import date

from releve.core.acts import Identity, NewPatient
from releve.core.facts import Facts
from releve.core.ports import PatientRecord
from releve.core.talk import Ask, Party, Request
from releve.dialogue.state import Claim
from releve.language.matching import named, same_person

ADULT_YEARS = 18
OWN_NUMBER = ("sms", "voice")


def party(request: Request, claim: Claim, facts: Facts) -> Party:
    """The person or persons a request is for, as far as known."""
    on_file = _by_own_number(request, claim, facts)
    if on_file is not None:
        return on_file
    if request.reply_for:
        return Party(Identity.REPLY, request.reply_for)
    return _by_claim(request, claim, facts)


def _by_own_number(request: Request, claim: Claim, facts: Facts) -> Party | None:
    group = facts.contacts if facts.channel in OWN_NUMBER else ()
    if not group or claim.birth_date is None:
        return None
    born = [p for p in group if p.birth_date == claim.birth_date]
    if not born:
        return None
    proved = {p.id for p in born}
    if any(not is_minor(p, facts) for p in born):
        proved |= {p.id for p in group if is_minor(p, facts)}
    wanted = meant(request, claim, facts)
    if len(wanted) > 1 and not request.several:  # whoever only said who they are is not whom it is for
        wanted = [p for p in wanted if p not in born] or wanted
    if any(p.id not in proved for p in wanted) and not _all_born(wanted, born, request):
        return Party()  # someone else is meant than who is proved: ask
    pool = [p for p in wanted if p.id in proved]
    if not pool:
        return Party()
    if request.reply_for:
        pool = [p for p in pool if p.id in request.reply_for] or pool
    return _narrowed(pool, born, request) or Party()


def _all_born(wanted: list[PatientRecord], born: list[PatientRecord], request: Request) -> bool:
    """Nobody in particular was named: those born on the date that was said are meant."""
    return not request.several and len(wanted) > 1 and any(p in born for p in wanted)


def _narrowed(pool: list[PatientRecord], born: list[PatientRecord], request: Request) -> Party | None:
    """One person, unless several were asked for."""
    if request.several or len(pool) == 1:
        return Party(Identity.VERIFIED, tuple(p.id for p in pool))
    said = [p for p in pool if p in born]
    return Party(Identity.VERIFIED, (said[0].id,)) if len(said) == 1 else None


def meant(request: Request, claim: Claim, facts: Facts) -> list[PatientRecord]:
    """Among those on this contact, the ones the words point at: by name, else children for a child, else adults."""
    group = list(facts.contacts)
    for words in (claim.words, request.about):  # what was said to the question "who?" comes first
        chosen, left_out = named(words, group)
        minors = [p for p in group if p.id in chosen and is_minor(p, facts)]
        if request.for_child and minors:
            return minors
        if chosen and not (request.for_child and any(is_minor(p, facts) for p in facts.contacts)):
            return [p for p in group if p.id in chosen]
        group = [p for p in group if p.id not in left_out]
    born = [p for p in group if p.birth_date == claim.birth_date]
    if request.for_child or request.several:
        return [p for p in born if is_minor(p, facts)] or [p for p in group if is_minor(p, facts)] or group
    return born or group


def _by_claim(request: Request, claim: Claim, facts: Facts) -> Party:
    if claim.birth_date is None or claim.name is None or not (claim.name.given and claim.name.family):
        return Party()  # read the same way for everyone: the answer says nothing of who has a file
    said = f"{claim.name.given} {claim.name.family}"
    same = [p for p in facts.matches if p.birth_date == claim.birth_date and same_person(p, said)]
    if same:
        if len(same) == 1 and same[0].id in claim.verified:
            return Party(Identity.VERIFIED, (same[0].id,))
        return Party(Identity.CLAIMED, tuple(p.id for p in same), said=claim.name.given)
    if _misnamed(claim, facts):
        return Party()
    phone = claim.phone or (facts.address if facts.channel in OWN_NUMBER else None)
    email = claim.email or (facts.address if facts.channel == "email" else None)
    new = NewPatient(claim.name.given, claim.name.family, claim.birth_date, phone, email)
    return Party(Identity.CLAIMED, (), new, claim.name.given)


def _misnamed(claim: Claim, facts: Facts) -> bool:
    """On their own number, the full name of a file with another birth date: a slip, not a new patient."""
    return facts.channel in OWN_NUMBER and any(same_person(p, claim.words) for p in facts.contacts)


def question(request: Request, claim: Claim, facts: Facts) -> Ask:
    """What is missing to know who speaks."""
    if facts.channel in OWN_NUMBER and facts.contacts and claim.birth_date is None:
        pool = meant(request, claim, facts)
        return Ask("identity_birth" if len(pool) == 1 else "identity_who", "identity")
    if claim.birth_date is None and claim.name is not None and claim.name.given and claim.name.family:
        return Ask("identity_birth", "identity")
    if claim.birth_date is not None and claim.name is None:
        return Ask("identity_names", "identity")
    return Ask("identity_full", "identity")


def is_minor(patient: PatientRecord, facts: Facts) -> bool:
    return age(patient.birth_date, facts.local_now.date()) < ADULT_YEARS


def age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
