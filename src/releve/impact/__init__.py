"""What the platform really did: measured, never assumed.

What it is: `rules` (pure arithmetic) over what the records already say. It writes nothing.
May import: guarantee and below (not intake).  In: conversations and their messages.  Out: figures with their counts.
"""
