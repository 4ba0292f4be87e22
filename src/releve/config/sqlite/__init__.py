"""SQLite as Relève uses it: writers queue fairly on a file lock before BEGIN IMMEDIATE."""
