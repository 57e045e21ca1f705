"""Measurements against other ways to do the same; run by script/bench, never imported by the product."""
