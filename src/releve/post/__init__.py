"""What must leave, and what must happen later.

What it is: the outbox (one row per message that leaves) and durable timers.
May import: practice and below.  In: rows written by effects.  Out: due messages and due timers.
"""
