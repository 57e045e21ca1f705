"""What the preview says of the request that an upload answers."""

from rosters import collection


def answers(kept):
    """{bound: the request it answers or None, open: those it could answer, other_date: the dates differ}."""
    found = collection.open_requests(kept)
    bound = next((request for request in found if request.pk == kept.request_id), kept.request)
    return {
        "bound": bound,
        "open": found if kept.status in {"unsure", "read", "returned"} else [],
        "other_date": bound is not None and bound.round.as_of != kept.as_of,
    }
