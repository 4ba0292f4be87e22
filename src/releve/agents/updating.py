"""Changes a phone number or an e-mail address on file, for someone who has proved who they are."""

from releve.core.acts import CreateTask, Identity, UpdateContact
from releve.core.facts import Facts
from releve.core.talk import Ask, Party, Request, Step


def update(request: Request, facts: Facts, party: Party) -> Step:
    """Phone or e-mail only; an address, a name or a mutuelle goes to the secretary."""
    values = dict(item.split("=", 1) for item in request.asked if "=" in item)
    if not values:
        task = CreateTask(task="other", patient=party.patient, note=request.text)
        return Step(acts=(task,), says=(Ask("passed_on"),))
    if party.identity is not Identity.VERIFIED or party.patient is None:
        return Step(request, need=Identity.VERIFIED)
    if "yes" not in request.asked:
        patient = facts.patient(party.patient)
        given = patient.given if patient is not None else ""
        return Step(
            request, Ask("confirm_contact", "confirmation", args={"values": list(values.values()), "given": given})
        )
    act = UpdateContact(patient=party.patient, phone=values.get("phone"), email=values.get("email"))
    return Step(acts=(act,))
