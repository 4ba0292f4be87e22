"""iCalendar (RFC 5545): an agenda kept in other software says when someone is not free; ours is read back by it.

`sieve` lets in times alone, `reading` unfolds them, `fetching` goes and gets them, `polling` does so again and again;
`writing` is the one writer, `feed` the private address under which other software reads our appointments.
"""
