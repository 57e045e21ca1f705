from rosters.models.memory import LONGEST_TEXT, LayoutMemory, ValueMeaning
from rosters.models.setting import RosterSetting
from rosters.models.upload import Upload, UploadRow, keep_until

__all__ = ["LONGEST_TEXT", "LayoutMemory", "RosterSetting", "Upload", "UploadRow", "ValueMeaning", "keep_until"]
