"""The rosters of people: declared once each, registered at import."""

from talent.rosters import candidates, committee, reserve, rural_talent, secretaries, stationed

__all__ = ["candidates", "committee", "reserve", "rural_talent", "secretaries", "stationed"]
