"""A small press of our own and the sample data that cites it, for an empty house."""
