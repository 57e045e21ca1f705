"""Certificates of completion, for whoever verifies one."""

from core.certificates import Printed, source, surname
from core.text import quoted
from training.models import Certificate


@source
def completion(number):
    row = Certificate.objects.filter(number=number).select_related("enrollment__person", "enrollment__session").first()
    if row is None:
        return None
    held = row.enrollment.session
    return Printed(
        "结业证书", row.number, row.check_code, surname(row.enrollment.person.name), f"参加{quoted(held)}，准予结业", held.start.year,
        row.issued_on, row.revoked_on,
    )  # fmt: skip
