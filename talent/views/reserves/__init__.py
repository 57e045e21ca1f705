"""Pages of the reserve pool: gaps village by village, the bench, one candidate, the outlook."""
