"""Every page for every role, and the neighbour's row for the clerk."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from core.models import ApiToken, AuditEntry, User
from talent.models import Person, ReviewRound, TeamReview
from tests import factories
from tests.security import table
from tests.security.table import KEPT_FROM_CLERKS
from villages.models import Village

BUSINESS_ROLES = ("county_staff", "township_clerk", "leader")
OTHER_ROLES = ("auditor", "system_admin")
INLINE = re.compile(r"<[^>]+\s(?:style|on[a-z]+)=|<style|<script>|<script (?![^>]*src=)", re.IGNORECASE)


def pages_of(rows):
    """The addresses of our own pages about these rows."""
    person, village = rows[Person], rows[Village]
    reviews = [
        reverse("review_village", args=[rows[TeamReview].pk]),
        reverse("review_summary", args=[rows[ReviewRound].pk]),
    ]
    return [reverse("person", args=[person.pk]), reverse("village", args=[village.code]), *reviews]


def opened(client, url):
    """The page at `url`: it answers, holds no inline style or script, and no number in clear."""
    answer = client.get(url)
    page = answer.content.decode()
    assert answer.status_code == 200, url
    assert not INLINE.search(page), url
    for person in Person.objects.order_by("pk"):
        assert person.id_number not in page, url
        assert not person.phone or person.phone not in page, url
    return page


def overview_pages():
    figures = [reverse("figure", args=[key]) for key in ("one_shoulder", "reserves", "people_trained", "villages")]
    return ["/", "/villages/", "/findings/", "/search/", "/search/?q=li", "/search/?q=第201村", "/password/", *figures]


def admin_pages(model, row):
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    rights = table.ADMIN.get(model, ("cd",))[0]
    pages = ["change", *(page for page, right in (("history", "c"), ("delete", "d")) if right in rights)]
    return [reverse(f"{base}_{page}", args=[row.pk]) for page in pages]


@pytest.mark.parametrize("role", BUSINESS_ROLES)
def test_business_roles_open_their_pages(role, sign_in, own):
    client = sign_in(role)

    for url in [*overview_pages(), *pages_of(own)]:
        opened(client, url)


@pytest.mark.parametrize("role", OTHER_ROLES)
def test_other_roles_see_a_plain_home_and_no_business_page(role, sign_in, own):
    client = sign_in(role)

    assert client.get("/").status_code == 200
    for url in ["/villages/", "/findings/", "/search/?q=li", "/figures/villages/", *pages_of(own)]:
        assert client.get(url).status_code == 403, url


def test_a_stranger_is_sent_to_the_sign_in(client, own):
    for url in ["/", "/villages/", "/findings/", "/figures/villages/", "/admin/", *pages_of(own)]:
        answer = client.get(url)
        assert answer.status_code == 302, url
        assert "/login/" in answer["Location"], url


def test_clerk_gets_404_for_the_neighbours_pages(sign_in, own, neighbour):
    client = sign_in("township_clerk")

    for url in pages_of(neighbour):
        assert client.get(url).status_code == 404
    for url in [
        "/villages/999999999999/",
        "/people/999999/",
        f"/?division={factories.NEIGHBOUR}",
        f"/figures/villages/?division={factories.NEIGHBOUR}",
        "/figures/nothing/",
    ]:
        assert client.get(url).status_code == 404, url


def test_clerk_finds_nobody_of_the_neighbour(sign_in, own, neighbour):
    client = sign_in("township_clerk")
    stranger = neighbour[Person]

    for url in (f"/search/?q={stranger.name}", "/villages/", "/findings/", "/", "/figures/cadres/"):
        assert reverse("person", args=[stranger.pk]) not in client.get(url).content.decode(), url
    answer = client.post("/search/", {"q": stranger.id_number})
    assert stranger.name not in answer.content.decode()


def test_a_number_is_looked_up_without_standing_in_the_address(sign_in, own):
    client, person = sign_in(), own[Person]

    answer = client.post("/search/", {"q": person.id_number})

    assert answer["Location"] == reverse("person", args=[person.pk])


def test_search_in_a_list_keeps_its_filters(sign_in, own):
    answer = sign_in().post("/search/", {"q": "李", "list": "talent_person", "township": factories.OWN})

    assert answer["Location"].startswith(reverse("admin:talent_person_changelist"))
    assert f"township={factories.OWN}" in answer["Location"]


def test_county_opens_every_admin_page(sign_in, own):
    client, urls = sign_in(), []
    for model in set(admin.site._registry) - {User, ApiToken, AuditEntry}:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for view in [
            view for view, right in table.ADMIN_VIEWS.items() if model in own and right in table.ADMIN[model][0]
        ]:
            keys = [] if view in {"changelist", "add"} else [own[model].pk]
            urls.append(reverse(f"{base}_{view}", args=keys))

    for url in urls:
        opened(client, url)


@pytest.mark.parametrize("role", BUSINESS_ROLES)
def test_no_page_links_to_an_account_that_the_role_may_not_open(role, sign_in, own):
    client = sign_in(role)

    for model, row in own.items():
        page = client.get(admin_pages(model, row)[0])
        assert "/admin/core/user/" not in page.content.decode(), model


@pytest.mark.parametrize("role", ["township_clerk", "leader"])
def test_reading_roles_open_what_they_may_only_read(role, sign_in, own):
    client = sign_in(role)

    for model, row in own.items():
        if model in KEPT_FROM_CLERKS and role == "township_clerk":
            continue
        opened(client, reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
        opened(client, admin_pages(model, row)[0])


def test_a_person_of_two_townships_is_masked_for_both(sign_in, own, neighbour):
    factories.appointment(person=neighbour[Person], village=own[Village], post="clerk")
    client = sign_in("township_clerk")

    for url in (reverse("person", args=[neighbour[Person].pk]), admin_pages(Person, neighbour[Person])[0]):
        page = opened(client, url)
        assert neighbour[Person].id_masked in page


def test_clerk_gets_404_in_the_admin_for_the_neighbours_rows(sign_in, own, neighbour):
    client = sign_in("township_clerk")

    for model, row in neighbour.items():
        change, *others = admin_pages(model, row)
        missing = admin_pages(model, type("Row", (), {"pk": 999999999}))[0]
        refused = 403 if model in KEPT_FROM_CLERKS else 404
        assert client.get(change).status_code == client.get(missing).status_code == refused, change
        for url in others:
            assert client.get(url).status_code in {403, 404}, url


def test_clerks_lists_and_choices_hold_only_the_own_township(sign_in, own, neighbour):
    client = sign_in("township_clerk")

    for model in own:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        page = client.get(url).content.decode()
        assert neighbour[Person].name not in page, url
        assert factories.NEIGHBOUR not in page, url
    for field, target in (("person", neighbour[Person].pk), ("village", neighbour[Village].code)):
        asked = {"app_label": "talent", "model_name": "appointment", "field_name": field, "term": ""}
        offered = client.get(reverse("admin:autocomplete"), asked).json()["results"]
        assert offered
        assert str(target) not in {choice["id"] for choice in offered}


def test_auditor_reads_the_log_and_nothing_else(sign_in, own):
    county = sign_in()
    county.post(reverse("logout"))
    client = sign_in("auditor")
    line = AuditEntry.objects.latest("pk")

    assert client.get(reverse("admin:core_auditentry_changelist")).status_code == 200
    assert client.get(reverse("admin:core_auditentry_change", args=[line.pk])).status_code == 200
    assert client.get(reverse("admin:core_auditentry_delete", args=[line.pk])).status_code == 403
    assert client.get(reverse("admin:core_user_changelist")).status_code == 403
    assert client.get(reverse("admin:talent_person_changelist")).status_code == 403


def test_error_pages_speak_chinese_and_name_the_request(sign_in, client):
    missing = sign_in().get("/nothing/")

    assert missing.status_code == 404
    assert missing["X-Request-Id"] in missing.content.decode()
    assert "没有找到" in missing.content.decode()
    assert "没有找到" in client.get("/nothing/").content.decode()
