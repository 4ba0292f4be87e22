"""The practice's public page, with the chat.

What it is: a channel: each message goes through `intake.actions.receive` and `answer`; without JavaScript too.
May import: look, intake and below.  In: what a visitor writes.  Out: answers, the practice's own information.
"""
