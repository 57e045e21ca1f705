"""A village's page leads to its sheet of the latest round, and says what was decided once it was."""

import io

import pytest
from django.urls import reverse
from docx import Document

from tests import factories
from tests.reviews.conftest import VILLAGE, decided, sheet_of

WORDS = "班子等次：差"


def shown(client, on, **asked):
    return client.get(reverse("village", args=[VILLAGE]), {"on": on} | asked)


@pytest.fixture
def sheet(held):
    return decided(held, {})


def test_the_page_leads_to_the_sheet_before_it_is_decided(sign_in, held):
    page = shown(sign_in("township_clerk"), "2023-10-01").content.decode()

    assert reverse("review_village", args=[sheet_of(held).pk]) in page
    assert "还没有审定" in page


def test_class_and_day_are_told_from_the_decision_on(sign_in, sheet):
    client = sign_in()

    assert WORDS not in shown(client, "2023-10-11").content.decode()
    page = shown(client, "2023-10-12").content.decode()
    assert WORDS in page
    assert "2023-10-12 审定" in page


def test_a_round_that_had_not_begun_is_not_told(sign_in, sheet):
    assert "届中研判</h2>" not in shown(sign_in(), "2023-09-14").content.decode()


def test_a_later_round_is_the_one_that_is_told(sign_in, sheet):
    later = factories.team_review(
        village=VILLAGE, round=factories.review_round(name="2026年研判", **dates("2026-03-01"))
    )

    page = shown(sign_in(), "2026-04-01").content.decode()

    assert reverse("review_village", args=[later.pk]) in page
    assert WORDS not in page


def dates(day):
    return dict.fromkeys(("opens", "as_of", "closes"), day)


def test_the_word_document_tells_it_too(sign_in, sheet):
    answer = shown(sign_in(), "2023-12-31", word=1)

    text = "\n".join(line.text for line in Document(io.BytesIO(answer.content)).paragraphs)
    assert "班子等次“差”（2023年10月12日审定）" in text
