"""Two people with the same edit page open: the second one to save is told, sees what was typed, and may insist."""

import datetime
import threading

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse
from lxml import html

from core.stamps import MEANWHILE
from tests import factories

pytestmark = pytest.mark.django_db


def county():
    client = Client()
    client.force_login(factories.user(name="县里的人"), backend="core.auth.RoleBackend")
    return client


def _notice():
    quota = factories.recruitment_quota()
    return reverse("recruitment_edit", args=[quota.recruitment_id]), "document_no"


def _places():
    quota = factories.recruitment_quota()
    return reverse("recruitment_edit", args=[quota.recruitment_id]), f"places_{quota.township_id}"


def _application():
    return reverse("recruitment_application", args=[factories.recruitment_application().pk]), "ticket_no"


def _signed():
    kept = factories.attendance()
    return reverse("training_sign_in", args=[kept.enrollment.session_id]), f"state-{kept.enrollment_id}"


def _results():
    kept = factories.enrollment(result="attended")
    return reverse("training_results", args=[kept.session_id]), f"score-{kept.pk}"


def _grades():
    year = datetime.date.today().year - 1
    stay = factories.stationing(role="team_member", start=datetime.date(year, 1, 1))
    factories.stationing_assessment(stationing=stay, year=year)
    return reverse("stationed_assessments"), f"remarks-{stay.pk}"


def _meeting():
    return reverse("meeting", args=[factories.meeting().pk]), "place"


# What is edited: the page with its field in which two people type something else.
PAGES = {
    "notice": _notice,
    "places": _places,
    "application": _application,
    "stay": lambda: (reverse("stationing", args=[factories.stationing().pk]), "team"),
    "secondment": lambda: (reverse("secondment", args=[factories.secondment().pk]), "mentor"),
    "grooming": lambda: (reverse("reserve_step", args=[factories.reserve().pk, "groom"]), "mentor"),
    "talent": lambda: (reverse("talent", args=[factories.rural_talent().pk]), "specialty"),
    "demand": lambda: (reverse("demand_edit", args=[factories.demand().pk]), "terms"),
    "survey": lambda: (reverse("demand_round", args=[factories.demand_round().pk]), "name"),
    "branch": lambda: (reverse("party_branch", args=[factories.party_branch().pk]), "name"),
    "meeting": _meeting,
    "project": lambda: (reverse("village_project", args=[factories.village_project().pk]), "remarks"),
    "approval form": lambda: (reverse("approval_form", args=[factories.approval_form().person_id]), "honours"),
    "plan of elections": lambda: (reverse("election_plan", args=[factories.election_step().round_id]), "form-0-due"),
    "handover": lambda: (reverse("election_handover", args=[factories.handover_item().place_id]), "form-0-remarks"),
    "line of the training plan": lambda: (reverse("training_plan_line", args=[factories.plan_line().pk]), "name"),
    "sign-in": _signed,
    "results": _results,
    "grades of stays": _grades,
}  # fmt: skip
WORDS = {"places": ("2", "3"), "sign-in": ("leave", "absent"), "results": ("80", "90")}


def form_of(answer):
    """The fields of the page's form that carries a stamp, as a browser would send them."""
    page = html.fromstring(answer.content.decode())
    form = next(form for form in page.forms if any(name.endswith("seen") for name in form.fields))
    pressed = {button.get("name"): button.get("value") for button in form.xpath(".//button[@name]")}
    return dict(form.form_values()) | pressed


@pytest.mark.parametrize("what", PAGES)
def test_the_second_of_two_savers_is_told_and_may_insist(what):
    address, name = PAGES[what]()
    first, second = county(), county()
    theirs, ours = WORDS.get(what, ("先存的话", "后存的话"))
    before = form_of(first.get(address)), form_of(second.get(address))

    saved = first.post(address, before[0] | {name: theirs})
    refused = second.post(address, before[1] | {name: ours})

    assert saved.status_code == 302
    page = refused.content.decode()
    assert MEANWHILE in page
    assert form_of(second.get(address))[name].strip() == theirs
    assert form_of(refused)[name].strip() == ours
    again = second.post(address, form_of(refused))
    assert again.status_code == 302
    assert form_of(second.get(address))[name].strip() == ours


def test_two_assess_the_same_half_year():
    place = factories.reserve()
    address = reverse("reserve_step", args=[place.pk, "assess"])
    first, second = county(), county()
    before = form_of(first.get(address)) | {"result": "继续培养"}, form_of(second.get(address)) | {"result": "需加强"}

    first.post(address, before[0])
    refused = second.post(address, before[1])

    assert MEANWHILE in refused.content.decode()
    assert place.assessments.get().result == "继续培养"
    assert form_of(refused)["result"] == "需加强"


def test_two_fill_in_the_same_column_of_the_joint_review():
    today = datetime.date.today()
    held = factories.election_round(start=today, election_day=today)
    item = factories.review_item(department=factories.review_department(round=held))
    someone = factories.candidate(round=held)
    factories.election_village(round=held, village=someone.village)
    address = reverse("joint_review_column", args=[item.department_id])
    client = county()
    opened = form_of(client.get(address))
    name = f"result-{item.pk}-{someone.person_id}"
    client.post(address, opened | {name: "clear"})

    refused = client.post(address, opened | {name: "unknown"})

    assert MEANWHILE in refused.content.decode()
    assert form_of(refused)[name] == "unknown"
    assert item.marks.get().result == "clear"


def test_a_page_that_nobody_else_wrote_is_saved_at_once():
    address, name = PAGES["talent"]()
    client = county()

    assert client.post(address, form_of(client.get(address)) | {name: "养蜂"}).status_code == 302


def test_two_of_the_same_moment_come_one_after_the_other(committed_db):
    held = factories.recruitment_quota().recruitment
    client, answers = county(), []
    address = reverse("recruitment_edit", args=[held.pk])
    typed = form_of(client.get(address)) | {"document_no": "后存的文号"}

    def save():
        answers.append(client.post(address, typed))
        connections.close_all()

    other = threading.Thread(target=save)
    with transaction.atomic():
        type(held).objects.filter(pk=held.pk).update(document_no="先存的文号")
        other.start()
        other.join(1)
    other.join()

    held.refresh_from_db()
    assert held.document_no == "先存的文号"
    assert MEANWHILE in answers[0].content.decode()
