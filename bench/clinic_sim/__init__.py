"""A clinic of two practitioners played against simulated patients; README.md tells the world and its sources."""
