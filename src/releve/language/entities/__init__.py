"""Who and where in a message: names, birth date, telephone, e-mail, code, practitioner, for whom it speaks, medicines.

In: the text of a message (or its folded reading). Out: what it names, with spans. May import temporal, text, wordings,
core. What stands beside a name is weighed by `*_weights.toml`, fitted on labelled messages.
"""

from releve.language.entities.birth import find as birth_date
from releve.language.entities.contacts import code, email, phone
from releve.language.entities.medicines import Medicine, medicines
from releve.language.entities.names import find as names
from releve.language.entities.names import presented
from releve.language.entities.patient import patient_is, third_party
from releve.language.entities.practitioner import find as practitioner
from releve.language.entities.reason import reason
from releve.language.entities.secret import social_security

__all__ = [
    "Medicine", "birth_date", "code", "email", "medicines", "names", "patient_is", "phone", "practitioner", "presented",
    "reason", "social_security", "third_party",
]  # fmt: skip
