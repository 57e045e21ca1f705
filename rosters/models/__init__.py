from rosters.models.memory import LONGEST_TEXT, LayoutMemory, ValueMeaning
from rosters.models.upload import Upload, UploadRow, keep_until

__all__ = ["LONGEST_TEXT", "LayoutMemory", "Upload", "UploadRow", "ValueMeaning", "keep_until"]
