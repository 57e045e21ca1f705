"""The second paths: search, autocomplete, choices, filters, figures, exports. None shows a clerk the place beside."""

import pytest
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist

from core.indicators import REGISTRY
from talent.models import Appointment, Person
from tests import factories
from tests.security.world import MARKS, text_of
from villages.models import Village

pytestmark = pytest.mark.django_db
BESIDE = MARKS[factories.NEIGHBOUR]


@pytest.fixture
def clerk(world):
    return world.clients["clerk"]


@pytest.fixture
def beside(world):
    """The neighbour's rows by model."""
    return world.rows[factories.NEIGHBOUR]


def autocompletes():
    """(app, model, field) of every field that the admin completes while typing."""
    return [
        (model._meta.app_label, model._meta.model_name, field)
        for model, page in admin.site._registry.items()
        for field in page.autocomplete_fields
    ]


@pytest.mark.parametrize(("app", "model", "field"), autocompletes())
@pytest.mark.parametrize("term", ["", BESIDE, "l", "lx", "9901"])
def test_autocomplete(clerk, app, model, field, term):
    answer = clerk.get(
        "/admin/autocomplete/", {"app_label": app, "model_name": model, "field_name": field, "term": term}
    )

    assert answer.status_code in {200, 403}
    if answer.status_code == 200:
        assert BESIDE not in str(answer.json())


@pytest.mark.parametrize("model", admin.site._registry, ids=str)
def test_lists_searched_for_a_neighbour(clerk, beside, model):
    url = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"

    for words in ("lx", "linxiang", beside[Person].name[2:], beside[Village].code):
        page = text_of(clerk.get(url, {"q": words}))
        assert BESIDE not in page, words


@pytest.mark.parametrize("model", admin.site._registry, ids=str)
def test_lists_filtered_by_a_neighbours_place(clerk, model):
    url = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    page = admin.site._registry[model]

    for name in ("division", "township", *filter_parameters(model, page)):
        answer = clerk.get(url, {name: factories.NEIGHBOUR}, follow=True)
        assert answer.status_code in {200, 400, 403, 404}, name  # 400: Django does not filter by that
        assert BESIDE not in text_of(answer), name


def filter_parameters(model, page):
    found = []
    for entry in page.list_filter:
        chosen = entry[0] if isinstance(entry, tuple) else entry
        name = getattr(chosen, "parameter_name", chosen)
        try:
            relation = isinstance(name, str) and model._meta.get_field(name.split("__")[0]).is_relation
        except FieldDoesNotExist:
            relation = False
        found.append(f"{name}__code__exact" if relation and not hasattr(chosen, "parameter_name") else str(name))
    return found


@pytest.mark.parametrize("words", ["lx", "linxiang", "村", "9901"])
def test_search(clerk, words):
    assert BESIDE not in text_of(clerk.get("/search/", {"q": words}))


def test_a_neighbours_whole_number_finds_nobody(clerk, beside):
    known = clerk.post("/search/", {"q": beside[Person].id_number})
    unknown = clerk.post("/search/", {"q": factories.id_number()})

    assert known.status_code == unknown.status_code == 200
    assert BESIDE not in text_of(known)
    assert beside[Person].id_number not in text_of(known)


@pytest.mark.parametrize("path", ["/", "/findings/", "/villages/", "/figures/villages/", "/figures/reserves/"])
@pytest.mark.parametrize("code", [factories.NEIGHBOUR, f"{factories.NEIGHBOUR}201", factories.COUNTY, "99"])
def test_pages_narrowed_to_a_neighbour(clerk, path, code):
    answer = clerk.get(path, {"division": code})

    assert answer.status_code in {200, 404}
    assert BESIDE not in text_of(answer)


@pytest.mark.parametrize("key", REGISTRY)
def test_the_list_behind_a_figure(clerk, key):
    for part in REGISTRY[key].parts:
        assert BESIDE not in text_of(clerk.get(f"/figures/{key}/", {"part": part}))


def test_a_workbook_of_the_own_township(clerk):
    answer = clerk.post("/rosters/committee/export.xlsx", {"reason": "核对班子"})

    assert answer.status_code == 200
    assert MARKS[factories.OWN] in text_of(answer)
    assert BESIDE not in text_of(answer)


def test_a_form_does_not_take_a_neighbours_row(clerk, world, beside):
    own = world.rows[factories.OWN]
    given = {"post": "clerk", "start": "2024-01-01", "person": own[Person].pk, "village": own[Village].code}
    before = Appointment.objects.count()

    for wrong in ({"village": beside[Village].code}, {"village": beside[Village].pk}, {"person": beside[Person].pk}):
        answer = clerk.post("/admin/talent/appointment/add/", given | wrong)
        assert answer.status_code in {200, 403}, wrong
        assert BESIDE not in text_of(answer)

    assert Appointment.objects.count() == before


def test_a_township_does_not_reveal_its_neighbours_numbers(clerk, beside):
    answer = clerk.post(f"/people/{beside[Person].pk}/reveal/", {"reason": "核对银行账号"})

    assert answer.status_code == 404


def test_an_upload_of_the_neighbour_is_not_confirmed(clerk, beside):
    from rosters.models import Upload

    for step in ("confirm", "drop"):
        assert clerk.post(f"/rosters/{beside[Upload].pk}/{step}/").status_code == 404
    assert Upload.objects.get(pk=beside[Upload].pk).status == "read"


def test_no_address_on_a_page_holds_a_number(clerk, world):
    someone = world.rows[factories.OWN][Person]

    for path in ("/", f"/people/{someone.pk}/", "/admin/talent/person/", f"/admin/talent/person/{someone.pk}/change/"):
        assert someone.id_number not in text_of(clerk.get(path)), path


def test_a_workbook_does_not_hold_the_number_of_who_is_kept_elsewhere(clerk, world, beside):
    someone = beside[Person]
    Person.objects.filter(pk=someone.pk).update(phone="13900001234")
    factories.appointment(person=someone, village=world.rows[factories.OWN][Village], post="clerk")

    answer = clerk.post("/rosters/committee/export.xlsx", {"reason": "核对班子"})

    assert someone.name in text_of(answer)
    assert someone.id_number not in text_of(answer)
    assert "13900001234" not in text_of(answer)
