"""What the verb near a time says of it: behind or ahead."""
