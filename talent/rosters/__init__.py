"""The rosters of people: declared once each, registered at import."""

from talent.rosters import committee, reserve, rural_talent, secretaries, stationed

__all__ = ["committee", "reserve", "rural_talent", "secretaries", "stationed"]
