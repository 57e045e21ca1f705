"""Every list of the four subject apps filters, goes out as Excel, answers for a date, and comes back by a roster or says why not."""

import io
import re

import openpyxl
import pytest
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from rosters import listing, spec
from talent.models import Person
from tests import factories
from villages.models import VillageProject

APPS = ("talent", "villages", "training", "awards")
LONG_AGO = "1900-01-01"
# Pages without a key in their address that list nothing: forms, and the check of one certificate.
NO_LISTS = re.compile(r".*_new(_by)?|stationed_dispatch|certificate_verify|award_verify|joint_reviews")
# What a list still lacks: "filters", "excel", "date", "return".
KNOWN = {}
KNOWN_ADMIN = set()
TABLE = re.compile(r"<tbody>.*?</tbody>", re.DOTALL)
FORM = re.compile(r'<form class="filters.*?</form>', re.DOTALL)
EXCEL = re.compile(r'href="([^"]*(?:xlsx|/excel|workbook)[^"]*)"|<button [^>]*name="(excel)"')
KIND = re.compile(r"/rosters/upload/\?kind=(\w+)|/rosters/(\w+)/export\.xlsx")
UNDATED, NOT_RETURNED = "不随数据时点变", "传回"


def walk(resolver, text="/"):
    for pattern in resolver.url_patterns:
        here = text + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield pattern, here
        else:
            yield from walk(pattern, here)


def lists():
    """(name, address) of every page of the four apps without a key in its address, save those that list nothing."""
    for pattern, here in walk(get_resolver()):
        ours = pattern.callback.__module__.split(".")[0] in APPS and ".views" in pattern.callback.__module__
        if ours and "<" not in here and not NO_LISTS.fullmatch(pattern.name):
            yield pattern.name, reverse(pattern.name)


def main_of(answer):
    page = answer.content.decode()
    return page[page.index("<main") :] if "<main" in page else ""


def lacking(client, address, then):
    """What a list lacks; nothing of what answers no page."""
    answer = client.get(address)
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return set()
    page = main_of(answer)
    kinds = {kind for pair in KIND.findall(page) for kind in pair if kind}
    has = {
        "filters": "<select" in "".join(FORM.findall(page)) or 'name="q"' in page,
        "excel": goes_out(client, address, page),
        "date": UNDATED in page or not (found := TABLE.findall(page)) or TABLE.findall(main_of(then)) != found,
        "return": (bool(kinds) and kinds <= known_kinds()) or re.search(rf"(不|不能|不从花名册){NOT_RETURNED}", page),
    }
    return {name for name, is_there in has.items() if not is_there}


def known_kinds():
    return {kind.slug for kind in spec.importable()}


def goes_out(client, address, page):
    """True where every link or button of the page that names an Excel file answers with one, or a roster's asks for the reason first."""
    links = {link.replace("&amp;", "&") if link else f"?{button}=1" for link, button in EXCEL.findall(page)}
    asked = [client.get(link if link.startswith("/") else address + link) for link in sorted(links)]
    return bool(asked) and all(
        answer.status_code == 200 and (answer["Content-Type"] == listing.CONTENT_TYPE or b"reason" in answer.content)
        for answer in asked
    )


@pytest.fixture
def county(own, sign_in):
    """A browser of the county, whose lists of a year have something in this one."""
    factories.safeguard_standard(factories.COUNTY, year=timezone.localdate().year)
    VillageProject.objects.filter(pk=own[VillageProject].pk).update(invested_on=timezone.localdate())
    return sign_in()


def test_every_list_does_what_every_list_does(county, sign_in):
    earlier = sign_in()
    earlier.get(reverse("home"), {"on": LONG_AGO})

    found = {name: lacking(county, url, earlier.get(url)) - KNOWN.get(name, set()) for name, url in lists()}

    assert {name: lacks for name, lacks in found.items() if lacks} == {}


def pages_of_lists():
    return [(f"{page.opts.label_lower}", page) for page in admin.site._registry.values() if page.opts.app_label in APPS]


def test_every_list_of_the_admin_filters_and_comes_back_or_says_why_not():
    lacks = {}
    for label, page in pages_of_lists():
        lacks[label] = {
            "filters": not (page.list_filter or page.search_fields),
            "return": page.roster not in known_kinds() and "不传回" not in page.not_returned,
        }

    assert {label for label, lack in lacks.items() if lack["filters"]} - KNOWN_ADMIN == set()
    assert {label for label, lack in lacks.items() if lack["return"]} - KNOWN_ADMIN == set()


def test_no_column_of_a_list_is_called_by_a_name_of_the_code():
    headings = {
        f"{label} {name}": label_for_field(name, page.model, page)
        for label, page in pages_of_lists()
        for name in page.list_display
    }

    assert {name: heading for name, heading in headings.items() if re.fullmatch(r"[A-Za-z ]+", heading)} == {}


def test_every_list_of_the_admin_goes_out_as_it_is_shown(county):
    for label, page in pages_of_lists():
        if not (page.roster or page.not_returned) or label == "villages.integrityrecord":
            continue
        shown = county.get(reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_changelist"))
        file = county.get(reverse("list_workbook", args=[page.opts.app_label, page.opts.model_name]))

        assert file["Content-Type"] == listing.CONTENT_TYPE, label
        assert len(sheet_rows(file)) == shown.context["cl"].result_count, label


def sheet_rows(answer):
    return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))[3:]


def test_the_list_of_people_goes_out_filtered_and_masked(own, neighbour, sign_in):
    own[Person].political_status = "party_member"
    own[Person].save()

    answer = sign_in("township_clerk").get(
        reverse("list_workbook", args=["talent", "person"]), {"political_status__exact": "party_member", "o": "5"}
    )

    (row,) = sheet_rows(answer)
    assert row[1] == own[Person].name
    assert {own[Person].id_masked, own[Person].phone_masked} <= set(row)


def test_a_list_without_a_file_and_a_wrong_filter_are_refused(own, sign_in):
    client = sign_in()

    assert client.get(reverse("list_workbook", args=["core", "user"])).status_code == 404
    assert client.get(reverse("list_workbook", args=["talent", "nothing"])).status_code == 404
    assert client.get(reverse("list_workbook", args=["talent", "person"]), {"phone": "1"}).status_code == 400
