"""Checks about awards and the reward fund, one file per subject."""
