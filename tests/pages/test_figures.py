"""The list behind a figure is the figure, on the page as in the registry."""

import io

import openpyxl
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


def lines(answer):
    return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))


def test_the_list_is_taken_away_as_a_workbook(sign_in, own, neighbour):
    found = lines(sign_in().get("/figures/villages/workbook/"))

    assert found[0][0] == "行政村"
    assert "共 2 行" in found[1][0]
    assert len(found) == 3 + 2


def test_a_clerk_takes_away_the_own_township_only(sign_in, own, neighbour):
    client = sign_in("township_clerk")

    assert len(lines(client.get("/figures/villages/workbook/"))) == 3 + 1
    assert client.get("/figures/villages/workbook/?division=990121101").status_code == 404


def test_the_findings_are_taken_away_as_shown(sign_in, own):
    client = sign_in()
    shown = client.get("/findings/?rule=seats_unknown").context["page"].object_list

    found = lines(client.get("/findings/workbook/?rule=seats_unknown&division="))

    assert [row[2] for row in found[3:]] == [one["message"] for one in shown]
    assert client.get("/findings/workbook/?rule=no_such").status_code == 404
