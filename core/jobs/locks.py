"""Session advisory locks: what a process holds is free the moment it dies, with no lease to tune."""

# First keys of the two-key locks; "XCJ.", "XCW." and the like in ASCII, so that they meet no other program's.
JOB = 0x58434A00
WORKER = 0x58435700
SLOT = 0x58435300
DAILY = 0x58434400
BIGGEST = 2**31 - 1

# Every advisory lock of this database with two keys, as rows (first, second).
HELD = """
SELECT classid::bigint AS first, objid::bigint AS second FROM pg_locks
WHERE locktype = 'advisory' AND objsubid = 2 AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
