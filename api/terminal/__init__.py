"""What people see in a terminal: answers and records, drawn with rich."""
