"""Certificates of honour, for whoever verifies one."""

from awards.models import Award
from core.certificates import Printed, source, surname
from core.text import quoted


@source
def honour(number):
    row = Award.objects.filter(certificate_no=number).select_related("person", "scheme").first()
    if row is None:
        return None
    name, kind = (surname(row.winner), "先进个人") if row.person_id else (row.winner, "先进集体")
    about = f"被评为{quoted(row.scheme)}{kind}"
    return Printed(
        "荣誉证书", row.certificate_no, row.check_code, name, about, row.year, row.certified_on, row.withdrawn_on
    )
