"""Forms of the admin: masked numbers, two editors, words of the constraints, what a clerk may not do."""

import datetime

import pytest
from django.urls import reverse

from core.models import AuditEntry, User
from talent import reveal
from talent.models import Appointment, Education, Person, ReserveCandidate
from tests import factories


def form_of(client, url):
    """The values that a browser would hand back from the form at `url`."""
    context = client.get(url).context
    form = context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    values["_seen"] = context.get("seen", "")
    for inline in context["inline_admin_formsets"]:
        for part in [inline.formset.management_form, *inline.formset.initial_forms]:
            values |= {part.add_prefix(name): part[name].value() for name in part.fields}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def edit_page(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def errors_of(answer):
    return str(answer.context["adminform"].form.errors)


def test_numbers_are_masked_in_the_form_and_stay_when_handed_back(sign_in):
    client, person = sign_in(), factories.person(phone="13912345678")
    page = client.get(edit_page(person)).content.decode()
    number = person.id_number

    values = form_of(client, edit_page(person)) | {"name": "张新名"}
    answer = client.post(edit_page(person), values)

    assert answer.status_code == 302, errors_of(answer)
    assert number not in page
    assert "13912345678" not in page
    person = Person.objects.get(pk=person.pk)
    assert (person.name, person.id_number, person.phone) == ("张新名", number, "13912345678")


def test_a_new_number_is_checked_and_kept(sign_in):
    born = datetime.date(1991, 2, 3)
    client, person, number = sign_in(), factories.person(), factories.id_number(born, "female")
    values = form_of(client, edit_page(person))

    wrong = client.post(edit_page(person), values | {"id_number": number[:17]})
    right = client.post(edit_page(person), values | {"id_number": number})

    assert "17 位数字加 1 位" in errors_of(wrong)
    assert right.status_code == 302, errors_of(right)
    found = Person.objects.with_id_number(number).get()
    assert (found.pk, found.sex, found.birth_date, found.archive_birth_date) == (person.pk, "female", born, None)


def test_a_number_of_somebody_else_is_refused_without_a_name_across_townships(sign_in, neighbour):
    client, mine = sign_in("township_clerk"), factories.person(village=f"{factories.OWN}201")
    stranger = neighbour[Person]

    answer = client.post(edit_page(mine), form_of(client, edit_page(mine)) | {"id_number": stranger.id_number})

    assert "其他乡镇" in errors_of(answer)
    assert stranger.name not in answer.content.decode()


@pytest.mark.parametrize("make", [factories.person, factories.appointment])
def test_who_saves_second_is_told_and_nothing_is_overwritten(make, sign_in):
    row, first, second = make(remarks=""), sign_in(), sign_in()
    mine, theirs = form_of(first, edit_page(row)), form_of(second, edit_page(row))

    saved = first.post(edit_page(row), mine | {"remarks": "先改的"})
    refused = second.post(edit_page(row), theirs | {"remarks": "后改的"})

    assert saved.status_code == 302, errors_of(saved)
    assert first.user.username in errors_of(refused)
    assert type(row).objects.get(pk=row.pk).remarks == "先改的"


def test_constraints_speak_in_the_form(sign_in):
    serving = factories.appointment(post="party_secretary", start=datetime.date(2021, 1, 1))
    other = factories.person(village=serving.village)
    values = {"person": other.pk, "village": serving.village_id, "post": "party_secretary", "start": "2022-01-01"}

    second = sign_in().post(reverse("admin:talent_appointment_add"), values)
    backwards = sign_in().post(
        reverse("admin:talent_appointment_add"), values | {"post": "clerk", "end": "2021-12-31", "end_reason": "other"}
    )

    assert "已有党组织书记" in errors_of(second)
    assert "结束日期早于开始日期" in errors_of(backwards)


def test_a_secretary_appointed_by_hand_is_a_party_member_too(sign_in):
    other = factories.person(political_status="probationary_party_member")
    values = {"person": other.pk, "village": other.village_id, "post": "party_secretary", "start": "2022-01-01"}

    refused = sign_in().post(reverse("admin:talent_appointment_add"), values)

    assert "须是中共正式党员" in errors_of(refused)
    assert not other.appointments.exists()


def test_an_appointment_takes_its_person_out_of_the_pool(sign_in):
    place = factories.reserve()
    values = {"person": place.person_id, "village": place.village_id, "post": "village_director", "start": "2024-03-01"}

    answer = sign_in().post(reverse("admin:talent_appointment_add"), values)

    assert answer.status_code == 302, errors_of(answer)
    place = ReserveCandidate.objects.get(pk=place.pk)
    assert (place.end, place.end_reason) == (datetime.date(2024, 2, 29), "promoted")
    assert AuditEntry.objects.filter(model="talent.appointment", verb="appoint").exists()


def test_rows_inside_a_form_get_audit_lines(sign_in):
    client, education = sign_in(), factories.education(level="senior_middle")
    values = form_of(client, edit_page(education.person)) | {"educations-0-level": "bachelor"}

    answer = client.post(edit_page(education.person), values)

    assert answer.status_code == 302, answer.context and answer.context["errors"]
    assert Education.objects.get(pk=education.pk).level == "bachelor"
    line = AuditEntry.objects.get(model="talent.education", object_id=str(education.pk))
    assert (line.before, line.after) == ({"level": "senior_middle", "rank": 3}, {"level": "bachelor", "rank": 6})


def test_clerk_cannot_put_a_row_into_the_next_township(sign_in, neighbour):
    client, mine = sign_in("township_clerk"), factories.appointment(village=f"{factories.OWN}201")
    values = form_of(client, edit_page(mine)) | {"village": neighbour[Appointment].village_id}

    answer = client.post(edit_page(mine), values)

    assert "village" in answer.context["adminform"].form.errors
    assert Appointment.objects.get(pk=mine.pk).village_id == mine.village_id


def test_clerk_reads_but_does_not_change_a_person_of_the_next_township(sign_in, neighbour):
    stranger = neighbour[Person]
    factories.appointment(person=stranger, village=f"{factories.OWN}201", post="clerk")
    client = sign_in("township_clerk")

    page = client.get(edit_page(stranger))
    answer = client.post(edit_page(stranger), {"name": "改名"})

    assert page.status_code == 200
    assert "_save" not in page.content.decode()
    assert answer.status_code == 403


def test_what_others_hang_on_is_not_deleted(sign_in):
    client, seat = sign_in(), factories.appointment()
    url = reverse("admin:talent_person_delete", args=[seat.person_id])

    page = client.get(url).content.decode()
    client.post(url, {"post": "yes"})

    assert "不能删除" in page
    assert "任职 1 条" in page
    assert Person.objects.filter(pk=seat.person_id).exists()


def test_history_tells_old_and_new_in_words(sign_in):
    client, seat = sign_in(), factories.appointment(remarks="")
    client.post(edit_page(seat), form_of(client, edit_page(seat)) | {"how": "appointed"})

    page = client.get(reverse("admin:talent_appointment_history", args=[seat.pk])).content.decode()

    assert "任职方式" in page
    assert "选举" in page
    assert "任命" in page
    assert client.post(reverse("admin:talent_appointment_history", args=[seat.pk])).status_code == 405


def test_history_prints_dates_as_the_field_does(sign_in):
    client, seat = sign_in(), factories.appointment(start=datetime.date(2021, 7, 1))
    client.post(edit_page(seat), form_of(client, edit_page(seat)) | {"start": "2021-08-16"})

    page = client.get(reverse("admin:talent_appointment_history", args=[seat.pk])).content.decode()

    assert "2021.07<" in page.replace(" ", "")
    assert "2021-07-01" not in page
    assert "2021-08-16" in page


def test_reveal_asks_for_a_reason_and_is_written_down(sign_in):
    client, person = sign_in("township_clerk"), factories.person(village=f"{factories.OWN}201")
    url = reverse("person_reveal", args=[person.pk])

    asked = client.get(url).content.decode()
    empty = client.post(url, {"reason": ""}).content.decode()
    shown = client.post(url, {"reason": "核对银行账号"}).content.decode()

    assert person.id_number not in asked + empty
    assert person.id_number in shown
    line = AuditEntry.objects.get(verb="reveal")
    assert (line.object_id, line.reason) == (str(person.pk), "核对银行账号")


def test_who_is_only_seen_through_a_role_gets_no_further_one_by_hand(sign_in):
    client, person = sign_in("township_clerk"), factories.person(village=f"{factories.NEIGHBOUR}201")
    seat = factories.appointment(person=person, village=f"{factories.OWN}201", post="clerk")
    given = {"person": person.pk, "village": seat.village.pk, "post": "supervision_member", "start": "2024-01-01"}

    page = client.post(reverse("admin:talent_appointment_add"), given)

    assert "由其他单位管理" in page.content.decode()
    assert person.appointments.count() == 1


def test_who_is_only_seen_through_a_role_stays_masked(sign_in):
    client, person = sign_in("township_clerk"), factories.person(village=f"{factories.NEIGHBOUR}201")
    factories.appointment(person=person, village=f"{factories.OWN}201")
    url = reverse("person_reveal", args=[person.pk])

    page = client.get(reverse("person", args=[person.pk])).content.decode()

    assert url not in page
    assert client.post(url, {"reason": "核对银行账号"}).status_code == 403
    assert person.id_number in sign_in().post(url, {"reason": "核对银行账号"}).content.decode()


def test_reveal_stops_after_thirty_in_an_hour(sign_in):
    client, person = sign_in(), factories.person()
    url = reverse("person_reveal", args=[person.pk])
    for _ in range(30):
        reveal.reveal(person, reason="核对银行账号", by=client.user)

    answer = client.post(url, {"reason": "核对银行账号"}).content.decode()

    assert person.id_number not in answer
    assert AuditEntry.objects.filter(verb="reveal").count() == 30
    assert AuditEntry.objects.filter(verb="refused").count() == 1


def test_leader_reveals_nothing(sign_in):
    person = factories.person()

    assert sign_in("leader").post(reverse("person_reveal", args=[person.pk]), {"reason": "看一看"}).status_code == 403


def test_an_account_gets_a_first_password_that_is_shown_once(sign_in):
    admin = sign_in("system_admin")
    values = {"username": "newclerk", "name": "新干事", "role": "township_clerk", "division": factories.division().code}

    page = admin.post(reverse("admin:core_user_add"), values)

    password = dict(page.context["rows"])["初始密码"]
    account = User.objects.get(username="newclerk")
    assert account.check_password(password)
    assert account.must_change_password
    assert password not in str(AuditEntry.objects.filter(model="core.user").values_list("after", flat=True))


def test_nobody_gives_himself_a_role(sign_in):
    admin = sign_in("system_admin")

    admin.post(edit_page(admin.user), form_of(admin, edit_page(admin.user)) | {"role": "county_staff"})

    assert User.objects.get(pk=admin.user.pk).role == "system_admin"


def test_a_reset_password_ends_the_sessions(sign_in):
    clerk, admin = sign_in("township_clerk"), sign_in("system_admin")

    page = admin.post(reverse("admin:core_user_reset", args=[clerk.user.pk]))

    assert page.status_code == 200
    assert clerk.get("/").status_code == 302
    assert admin.post(reverse("admin:core_user_reset", args=[admin.user.pk])).status_code == 403


def test_a_token_is_shown_once_and_can_be_stopped(sign_in, client):
    admin, account = sign_in("system_admin"), factories.user("api_client")
    values = {"user": account.pk, "name": "共享平台", "division": account.division_id, "expires_on": "2099-12-31"}

    secret = dict(admin.post(reverse("admin:core_apitoken_add"), values).context["rows"])["令牌"]
    works = client.get("/api/v1/indicators/", headers={"Authorization": f"Token {secret}"}).status_code
    token = account.tokens.get()
    admin.post(reverse("admin:core_apitoken_revoke", args=[token.pk]))

    assert works == 200
    assert client.get("/api/v1/indicators/", headers={"Authorization": f"Token {secret}"}).status_code == 401
    assert secret not in admin.get(edit_page(token)).content.decode()
