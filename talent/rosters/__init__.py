"""The rosters of people: declared once each, registered at import."""

from talent.rosters import committee, demands, reserve, rural_talent, secretaries, stationed

__all__ = ["committee", "demands", "reserve", "rural_talent", "secretaries", "stationed"]
