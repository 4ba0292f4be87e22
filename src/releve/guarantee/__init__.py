"""The human guarantee: nothing happens that the gate has not let through.

What it is: `rules` (pure: what a verdict is and why), `gate` (the one door to effects), what was signed, the stop.
May import: effects, ledger and below.  In: proposals.  Out: outcomes, each with its verdict and its ledger leaf.
"""
