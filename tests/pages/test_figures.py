"""The list behind a figure is the figure, on the page as in the registry."""

from django.urls import reverse

from core import indicators


def test_every_figure_opens_every_part(sign_in, own):
    client = sign_in("leader")

    for key, one in indicators.REGISTRY.items():
        for part in one.parts:
            answer = client.get(reverse("figure", args=[key]), {"part": part})
            assert answer.status_code == 200, (key, part)
        assert client.get(reverse("figure", args=[key]), {"part": "nonsense"}).status_code == 404


def test_the_page_lists_what_the_number_counts(sign_in, own, neighbour):
    page = sign_in().get("/figures/villages/")

    assert len(page.context["page"].object_list) == page.context["figure"].value == 2


def test_the_date_moves_the_figure_and_stays_for_the_session(sign_in, own):
    client = sign_in()

    before = client.get("/figures/cadres/?on=2020-01-01").context["figure"].value
    kept = client.get("/figures/cadres/").context["on"].isoformat()
    after = client.get("/figures/cadres/?on=2021-03-31").context["figure"].value

    assert (before, kept, after) == (0, "2020-01-01", 1)


def test_a_township_in_the_table_narrows_the_overview(sign_in, own, neighbour):
    client = sign_in()

    whole = client.get("/").context
    narrow = client.get(f"/?division={whole['lines'][0]['code']}").context

    assert [line["code"] for line in whole["lines"]] == ["990121100", "990121101"]
    assert [row["village"].code for row in narrow["villages"]] == ["990121100201"]
