"""What the project makes of itself: run by `make`, never by the service."""
