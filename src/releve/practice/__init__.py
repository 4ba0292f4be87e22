"""The memory: people, places, agendas, allocations, appointments, conversations, tasks.

What it is: the records, named as in FHIR R4, and the only code that writes them (`actions`).
May import: dialogue and the pure rooms below it.  In: permitted writes.  Out: records, and the facts agents think with.
"""
