"""What training puts on a person's time line."""

from talent.timeline import Event, joined, period_end, source


@source
def enrollments(person):
    for row in person.enrollments.select_related("session"):
        hours = f"{float(row.session.hours):g} 学时" if row.session.hours else ""
        yield Event(
            row.session.start, "培训", str(row.session), joined(hours, row.get_result_display()), row.session.end
        )


@source
def degree_studies(person):
    for row in person.degree_studies.all():
        where = " ".join(filter(None, [row.school, row.major]))
        ended = period_end(row.end, row.get_outcome_display()) if row.end else row.get_outcome_display()
        yield Event(row.start, "学历提升", f"{where or '就读'}（{row.get_target_display()}）", ended, row.end)
