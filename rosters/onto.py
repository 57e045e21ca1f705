"""The way from the page of a training session or an award round to uploading a roster onto it."""

from urllib.parse import urlencode

from django.urls import reverse


class UploadOntoMixin:
    """An admin whose rows rosters are uploaded onto: the form has a link there for whoever may upload.

    `upload_onto` is (slug of the roster, words of the link)."""

    change_form_template = "rosters/target_form.html"
    upload_onto = ("", "")

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and request.user.has_perm("rosters.upload"):
            kind, words = self.upload_onto
            url = f"{reverse('roster_upload')}?{urlencode({'kind': kind, 'target': obj.pk})}"
            context["upload_onto"] = {"url": url, "words": words}
        return super().render_change_form(request, context, add, change, form_url, obj)
