"""Calendar arithmetic, feasts and school holidays: dates without any text."""
