"""Whether the waiting list treats people alike.

What it is: who was offered a place, who got one and after how long, by what must not count: age, sex, how they wrote,
known or new. Figures with their interval; groups too small to tell are not shown.
May import: ledger, practice and below.  In: entries, offers and the ledger.  Out: one comparison a criterion.
"""
