"""How well the machine's proposals agree with people's. Pure; needs no Django."""
