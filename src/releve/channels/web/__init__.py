"""The patients' pages: the practice with its chat, booking by form, own appointments by link and code.

What it is: a channel: messages go through `intake.actions`, forms through `intake.patient_acts`; without scripts too.
May import: look, intake and below.  In: what a visitor writes.  Out: answers, the practice's own information.
"""
