"""From atoms to the calendar meaning of every expression (CONTRACTS.md section 2, `releve when`)."""
