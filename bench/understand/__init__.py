"""How well messages are read, on authors nobody learnt from: `python -m bench understand [--authors]`."""
