"""The agenda of the desk: a day or a week side by side, one appointment, moving it, booking by hand.

`rules` lays out (pure); `grid`, `side`, `places` and `callers` read; the others are views, which write through
`page.act` alone.
"""
