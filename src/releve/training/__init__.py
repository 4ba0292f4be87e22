"""Learns the weights of `language` from the labelled messages of `data/messages/`, and measures them by author.

May import: releve.core, releve.language, and scikit-learn, which only `make setup-dev` installs. Nothing imports it
but the verb `releve train`; the running service reads the file it writes.
In: a folder of labelled messages (data/messages/README.md). Out: `language/intents/weights.bin` and a report.
"""
