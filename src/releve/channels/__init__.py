"""How people reach the practice: one folder per channel, each a full slice (receive, send, pages, tests).

May import: look, intake and below.  In: what a channel brings.  Out: its answers.
"""
