"""What the program knows of the world: the counties' dated rules and the national holiday table."""
