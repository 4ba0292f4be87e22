"""Who and where in a message: names, birth date, telephone, e-mail, code, practitioner, for whom it speaks.

In: the text of a message. Out: what it names, with spans. May import temporal, red_flags.wordings, text, core.
"""

from releve.language.entities.birth import find as birth_date
from releve.language.entities.contacts import code, email, phone
from releve.language.entities.names import find as names
from releve.language.entities.names import presented
from releve.language.entities.patient import patient_is, third_party
from releve.language.entities.practitioner import find as practitioner

__all__ = ["birth_date", "code", "email", "names", "patient_is", "phone", "practitioner", "presented", "third_party"]
