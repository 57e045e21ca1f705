"""Which training session or award round an upload is about: chosen by the clerk, or told by the file itself."""

from django.utils import timezone

from rosters.limits import Refused

UNKNOWN_TARGET = "unknown_target"  # the refusal's code


def offered_targets(roster, user):
    """[(pk, text)] of what `user` may upload onto today; nothing for a kind without a target."""
    return roster.target.choices(user, timezone.localdate()) if roster.target else []


def check(kept, roster):
    """Refuse an upload onto what does not exist or is not the user's to use: both are told alike."""
    if roster.target is None:
        kept.target_id = None
    elif kept.target_id is not None and kept.target_id not in dict(offered_targets(roster, kept.by)):
        kept.target_id = None
        label = roster.target.label
        raise Refused(UNKNOWN_TARGET, f"没有这个{label}，或者它不归本单位使用、已经截止，请重新选择{label}后上传。")


def told(kept, roster, reading):
    """The key of the target: the chosen one, or the one that the file's titles name; None where it is to be asked."""
    if roster.target is None or kept.target_id is not None:
        return kept.target_id
    choices = offered_targets(roster, kept.by)
    return roster.target.suggest(choices, reading.said) if roster.target.suggest else None
