"""学生: the table, one child, and the forms."""
