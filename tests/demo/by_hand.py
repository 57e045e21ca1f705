"""The ten figures of the issue counted by hand-written SQL: the oracle for the registry. `%(on)s` is the date."""

from django.db import connection

CADRE_POSTS = """('party_secretary', 'party_deputy_secretary', 'party_committee_member',
                  'village_director', 'village_deputy_director', 'village_committee_member')"""
SERVING = f"""
    SELECT a.person_id, a.village_id, a.post FROM talent_appointment a
    WHERE a.start <= %(on)s AND (a."end" IS NULL OR a."end" >= %(on)s) AND a.post IN {CADRE_POSTS}"""
STATIONED = """
    SELECT s.person_id FROM talent_stationing s
    WHERE s.start <= %(on)s AND (s."end" IS NULL OR s."end" >= %(on)s) AND s.role <> 'specialist'"""
POOL = """
    SELECT r.person_id, r.village_id, r.target, r.kind FROM talent_reservecandidate r
    WHERE r.start <= %(on)s AND (r."end" IS NULL OR r."end" >= %(on)s)"""
TRAINED = """
    SELECT e.person_id FROM training_enrollment e JOIN training_trainingsession t ON t.id = e.session_id
    WHERE date_part('year', t.start) = date_part('year', %(on)s::date) AND t.start <= %(on)s
      AND e.result IN ('attended', 'qualified', 'unqualified')"""
NEED = f"""
    SELECT v.code, 2 + (
        SELECT count(DISTINCT c.person_id) FROM ({SERVING}) c WHERE c.village_id = v.code
        AND NOT EXISTS (SELECT FROM ({SERVING}) s WHERE s.village_id = v.code AND s.person_id = c.person_id
                        AND s.post = 'party_secretary')) AS need
    FROM villages_village v WHERE v.start <= %(on)s AND (v."end" IS NULL OR v."end" >= %(on)s)"""

NUMERATORS = {
    "villages": 'SELECT count(*) FROM villages_village v WHERE kind = \'village\' AND v.start <= %(on)s AND (v."end" IS NULL OR v."end" >= %(on)s)',
    "one_shoulder": f"""
        SELECT count(*) FROM (SELECT village_id, person_id FROM ({SERVING}) c WHERE post = 'party_secretary' INTERSECT
                              SELECT village_id, person_id FROM ({SERVING}) c WHERE post = 'village_director') both_posts""",
    "cadres_adjusted": """
        SELECT count(DISTINCT person_id) FROM talent_appointment a WHERE end_reason = 'unfit' AND a."end" <= %(on)s
        AND a."end" >= (SELECT max(t.start) FROM villages_term t WHERE t.start <= %(on)s)""",
    "reserves": f"SELECT count(DISTINCT person_id) FROM ({POOL}) p",
    "reserves_recruited": f"SELECT count(DISTINCT person_id) FROM ({POOL}) p WHERE kind = 'recruited'",
    "reserve_ratio_met": f"""
        SELECT count(*) FROM ({NEED}) n
        WHERE (SELECT count(*) FROM ({POOL}) p WHERE p.village_id = n.code AND p.target = 'secretary') >= 2
          AND (SELECT count(*) FROM ({POOL}) p WHERE p.village_id = n.code AND p.target = 'other') >= n.need - 2""",
    "secretary_classes": """
        SELECT count(*) FROM training_trainingsession t WHERE class_type = 'secretary' AND t.start <= %(on)s
        AND date_part('year', t.start) = date_part('year', %(on)s::date)""",
    "people_trained": f"""
        SELECT count(*) FROM (SELECT person_id FROM ({SERVING}) c UNION {STATIONED}) target
        WHERE person_id IN ({TRAINED})""",
    "training_uncovered": f"""
        SELECT count(*) FROM (SELECT person_id FROM ({SERVING}) c UNION {STATIONED}) target
        WHERE person_id NOT IN ({TRAINED})""",
    "person_times_trained": """
        SELECT count(*) FROM training_enrollment e JOIN training_trainingsession s ON s.id = e.session_id
        WHERE e.result IN ('attended', 'qualified', 'unqualified') AND s.start <= %(on)s
        AND date_part('year', s.start) = date_part('year', %(on)s::date)""",
    "degree_graduated": """
        SELECT count(DISTINCT person_id) FROM training_degreestudy
        WHERE outcome = 'graduated' AND "end" <= %(on)s""",
    "degree_students": f"""
        SELECT count(DISTINCT person_id) FROM ({SERVING}) c WHERE person_id IN (
            SELECT d.person_id FROM training_degreestudy d
            WHERE d.start <= %(on)s AND (d."end" IS NULL OR d."end" >= %(on)s))""",
    "college_cadre_villages": f"""
        SELECT count(DISTINCT village_id) FROM ({SERVING}) c WHERE person_id IN (
            SELECT person_id FROM talent_education WHERE level IN ('junior_college', 'bachelor', 'master', 'doctor')
            AND (graduated_on IS NULL OR graduated_on <= %(on)s))""",
}
DENOMINATORS = {
    "one_shoulder": NUMERATORS["villages"],
    "college_cadre_villages": NUMERATORS["villages"],
    "reserve_ratio_met": NUMERATORS["villages"],
    "reserves": f"SELECT sum(need) FROM ({NEED}) n",
    "people_trained": f"SELECT count(*) FROM (SELECT person_id FROM ({SERVING}) c UNION {STATIONED}) target",
}


def count(sql, on):
    with connection.cursor() as cursor:
        cursor.execute(sql, {"on": on})
        return int(cursor.fetchone()[0])
