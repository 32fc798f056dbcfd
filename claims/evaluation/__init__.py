"""How well the machine's proposals agree with people's."""
