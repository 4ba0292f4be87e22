"""The demonstration: a fictitious health centre, made afresh around today, and patients who write while it runs.

What it is: a seeded generator, a past played through intake, simulated patients. Nothing runs outside `releve demo`.
May import: desk, intake and below.  In: a seed, the present.  Out: a practice file, and messages like anyone's.
"""
