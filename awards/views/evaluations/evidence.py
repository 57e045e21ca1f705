"""Files that show why an object was scored as it was: handed in, taken away as they came, dropped again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from awards import actions
from awards.models import EvidenceFile
from awards.views.access import as_it_came
from awards.views.evaluation_forms import EvidenceForm
from awards.views.evaluations.one import evaluation_or_404, page
from awards.views.evaluations.reading import FILL, GRADE
from core.dates import recorded_on
from core.views.access import business_page, page_for


@require_POST
@page_for(FILL)
def attach(request, pk):
    """Keep a file with one indicator of the object."""
    row = evaluation_or_404(request, pk)
    form = EvidenceForm(request.POST, request.FILES, scheme=row.scheme, county=request.user.has_perm(GRADE))
    if form.is_valid():
        name, content = form.cleaned_data["file"]
        told = {"filename": name, "content": content, "on": recorded_on(request), "by": request.user}
        try:
            actions.attach_evidence(row, form.cleaned_data["item"], **told)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"已上传：{name}。")
            return redirect("evaluation", pk=pk)
    return page(request, row, upload=form)


def _file_or_404(request, pk):
    rows = EvidenceFile.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("evaluation__scheme", "evaluation__person", "item"), pk=pk)


@business_page
def evidence(request, pk):
    """The file as it came; never shown inside our own pages."""
    return as_it_came(_file_or_404(request, pk))


@require_POST
@page_for(FILL)
def drop(request, pk):
    """Take a file away again."""
    found = _file_or_404(request, pk)
    try:
        actions.detach_evidence(found, by=request.user)
    except ValidationError as refused:
        messages.error(request, "".join(refused.messages))
    else:
        messages.success(request, f"已删去：{found.filename}。")
    return redirect("evaluation", pk=found.evaluation_id)
