"""Learning from what people marked. What is learned stays with the installation."""
