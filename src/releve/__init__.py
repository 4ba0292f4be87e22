"""Relève takes over the administrative shift of a medical practice; see docs/explanation/house.md."""

__version__ = "0.1.0"
