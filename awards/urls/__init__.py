"""Addresses of awards (表彰) and the reward fund, one file per subject."""
