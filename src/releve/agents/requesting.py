"""What a caregiver must decide or sign: renewals, documents, results. Always a task for a person."""

from releve.core.acts import CreateTask, Identity, RequestDocument, RequestRenewal
from releve.core.facts import Facts
from releve.core.talk import Party, Request, Step


def request_paper(request: Request, facts: Facts, party: Party) -> Step:
    """Asks once who it is for; a person sorts out the rest."""
    if party.identity is Identity.NONE and "identity" not in request.asked:
        return Step(request.having(asked=(*request.asked, "identity")), need=Identity.CLAIMED)
    make = {
        "prescription_renewal": RequestRenewal,
        "document_request": RequestDocument,
        "certificate_request": RequestDocument,
    }.get(request.task, CreateTask)
    return Step(acts=(make(task=request.task, patient=party.patient, note=request.text),))
