"""A county with two townships and browsers of both, on the date ON."""

from tests.reserves.conftest import browser, clerk, county, places

__all__ = ["browser", "clerk", "county", "places"]
