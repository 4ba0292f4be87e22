"""The book: what was decided and done, in a log that anyone can check and nobody can quietly change.

What it is: an append-only Merkle log after RFC 9162: hashes and proofs (`rules`) and comparison with the
journal (`faults`), both pure, its two tables, signed tree heads and export. A leaf holds the salted hash of
its payload, so a payload can be erased and the proof still stands.
May import: `core`, `practice` and `post`; `rules` and `faults` the standard library only.
In: entries, written through the gate. Out: positions, tree heads, proofs, the faults found.
"""
