"""The settings and the guided set-up: everything a practice can change by itself, and who changed it.

What it is: forms over the practice's own file, people's accounts, texts and the start-up record. Each change is an act.
May import: what the desk may.  In: forms.  Out: pages, and acts under a person's name.
"""
