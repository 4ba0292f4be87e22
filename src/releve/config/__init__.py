"""Where the house is put together: environment, settings, addresses (urls), wiring of ports to adapters.

May import: every room.  In: the environment.  Out: a configured Django.
"""
