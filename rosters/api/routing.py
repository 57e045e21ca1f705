"""The addresses of the REST door."""

from rest_framework.routers import SimpleRouter

DETAIL = "{basename}-detail"


class Router(SimpleRouter):
    """Also takes POST at the address of one thing that has a `take`: rows are given to a kind of roster."""

    routes = [
        route._replace(mapping={**route.mapping, "post": "take"}) if route.name == DETAIL else route
        for route in SimpleRouter.routes
    ]
