"""From atoms to what a patient wants: roles, groups, windows of 07:00-21:00 (meanings of MESSAGES.md)."""
