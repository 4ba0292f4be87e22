"""`releve move --to postgresql://...`: a SQLite installation carried over, whole or not at all."""
