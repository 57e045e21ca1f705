"""Rows of rosters against what is kept, one file per kind."""
