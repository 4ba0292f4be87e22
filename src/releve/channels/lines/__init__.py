"""A front desk played over JSON Lines (CONTRACTS 4): the code of the running service with a frozen clock."""
