"""Dates and amounts as the office writes them in tables."""

DATE_FORMAT = SHORT_DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "Y-m-d H:i"
TIME_FORMAT = "H:i"
# Amounts of money in groups of three, as the office writes them; Django's own table for Chinese groups by four.
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
