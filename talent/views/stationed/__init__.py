"""Pages about people sent in: who is where, who is due, where somebody is missing, specialists, secondments."""
