"""What goes over the wire: requests as models that check, answers as functions that write, both documented."""
