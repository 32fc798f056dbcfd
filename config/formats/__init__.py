"""How days and times are written here."""
