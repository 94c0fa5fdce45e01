"""点名 and 请假: what the register says of every child and day."""
