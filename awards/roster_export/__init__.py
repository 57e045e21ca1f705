"""What is kept as rows of rosters, one file per kind."""
