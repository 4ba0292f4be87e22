"""The staff's window: inbox, review, conversations, agenda, guarantee, outgoing messages.

What it is: pages for signed-in people. They read through queries and act through `intake.actions.staff_act` alone.
May import: look, intake and below; never a channel.  In: forms.  Out: pages, and acts under a person's name.
"""
