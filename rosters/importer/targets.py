"""Which training session or award round an upload is about: chosen by the clerk, or told by the file itself."""

from django.utils import timezone

from rosters.limits import Refused


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
        raise Refused("unknown_target", f"没有这个{label}，或者它不归本单位使用、已经截止，请重新选择{label}后上传。")


def settled(kept, roster, reading):
    """What the clerk chose; otherwise what the file itself names, if that is one of those they may choose."""
    if roster.target is None or kept.target_id or roster.target.suggest is None:
        return kept.target_id
    return roster.target.suggest(offered_targets(roster, kept.by), reading.said)
