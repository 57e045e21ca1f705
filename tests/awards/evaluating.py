"""Running a yearly evaluation through the pages, as the county and the townships do."""

from tests import factories
from tests.awards.conftest import FOREIGN, HOME


def url(scheme, step=""):
    return f"/evaluations/{scheme.pk}/{step}"


def items(scheme):
    return {item.title: item for item in scheme.items.order_by("pk")}


def rows(scheme, village=HOME):
    return list(scheme.evaluations.filter(village_id=village).order_by("pk"))


def fill(client, scheme, points, village=HOME):
    """Give every object of the village its (政治表现, 工作实绩) and all the same ballots."""
    found, indicator = rows(scheme, village), items(scheme)
    posted = {}
    for row, (first, second) in zip(found, points, strict=True):
        posted[f"p_{row.pk}_{indicator['政治表现'].pk}"] = first
        posted[f"p_{row.pk}_{indicator['工作实绩'].pk}"] = second
    assert client.post(url(scheme, "scores/"), posted).status_code == 302
    counts = {"issued": 50, "returned": 45, "valid": 40, "satisfied": 40, "fair": 0, "dissatisfied": 0}
    posted = {f"b{row.pk}-{name}": value for row in found for name, value in counts.items()}
    assert client.post(url(scheme, "ballots/"), posted).status_code == 302


POINTS = [(30, 40), (28, 36), (25, 30), (20, 20), (5, 5)]  # with 30 for satisfaction 100, 94, 85, 70, 40


def graded(client, scheme, grades, on="2024-12-20", **more):
    posted = {f"g_{row.pk}": grade for row, grade in zip(rows(scheme), grades, strict=True)}
    return client.post(url(scheme, f"grades/?division={factories.OWN}"), posted | {"on": on} | more)


def finished(client, scheme):
    """Everybody is graded and the results are announced."""
    fill(client, scheme, POINTS)
    foreign = rows(scheme, FOREIGN)[0]
    fill(client, scheme, [(30, 40)], FOREIGN)
    graded(client, scheme, ["excellent", "competent", "competent", "basic", "unfit"])
    client.post(
        url(scheme, f"grades/?division={factories.NEIGHBOUR}"), {"on": "2024-12-20", f"g_{foreign.pk}": "competent"}
    )
    client.post(url(scheme, "publish/"), {"on": "2024-12-25"})
    scheme.refresh_from_db()
    assert scheme.published_on
