"""What was said, by whom, what others say about it, and what the desk found."""

from __future__ import annotations

from typing import Any

from claims.models import Assessment, Claim, Claimant, Correction, Move, Review
from tests.bench.newsroom.writing import insert, remember, table, words

LOUDEST = 20  # one claim in so many is the first claimant's

_LANGUAGES = {  # one in a hundred claims is so often in this one
    "en": 70,
    "de": 15,
    "fr": 8,
    "ar": 5,
    "es": 2,
}
_OTHER_WORDS = {
    "de": "Die Brücke über den Fluss wurde laut Register {n} Tage später wieder geöffnet.",
    "fr": "Le barrage a coûté {n} fois plus que la région ne l’avait promis au printemps.",
    "ar": "أعلن مكتب الميناء أن {n} من العائلات عادت إلى بيوتها في الوادي.",
    "es": "El puerto perdió {n} jornadas de trabajo por la huelga del norte.",
}
_SUBJECTS = words(
    *("dam", "harbour", "tariff", "vaccine", "budget", "bridge", "election", "strike"),
    *("outage", "school", "ferry", "census", "quay", "substation", "grain store"),
)
_DOINGS = words(
    *("collapsed", "doubled", "reopened", "failed", "cost", "saved", "reached", "lost"),
    *("gained", "closed", "delayed", "counted", "promised", "repaired"),
)
_THINGS = words(
    *("families", "workshops", "tonnes of barley", "passengers", "classrooms", "homes"),
    *("crates of medicine", "metres of cable", "days of work", "letters", "vessels"),
)
_WHEN = words(
    *("in March.", "since the flood.", "before the election.", "within a year."),
    *("north of the station.", "along the coast.", "between the two rivers."),
)
# One of eight thousand names of places.
_PLACE = "' || initcap({}) || '".format(
    " || ".join(
        f"pg_temp.one_of({words(*syllables.split())}, n, {salt})"
        for salt, syllables in (
            (
                34,
                "os bren tar mel vor kel sim dor fal gran hal jor lam nor pel quar ras",
            ),
            (35, "tre la vi mo ne ka ri so du be fi go hu li ma na pa ra sa ta"),
            (36, "l n st rk m dt ck nd lm rn ls tz ng x sk ft lt rd pf nn bb dd gg ss"),
        )
    )
)
_TOPICS = words(*("health", "energy", "transport", "elections", "economy", "defence"))
_VERDICTS = words("true", "mostly_true", "mixed", "misleading", "false", "unproven")
_STANCES = words("contradicts", "supports", "qualifies", "explains_away", "defers")
_KINDS = words("person", "organisation", "government", "military", "media", "group")
_PUBLIC = "status IN ('published', 'recheck', 'correcting', 'retracted')"


def write(cursor: Any) -> None:
    """Write claimants, claims, assessments, moves, reviews and their history."""
    _decide(cursor)
    insert(
        cursor,
        Claimant,
        "generate_series(1, pg_temp.speakers()) n",
        id="pg_temp.key('claimant', n)",
        kind=f"pg_temp.one_of({_KINDS}, n, 11)",
        name="'Speaker ' || n",
        version="1",
        created_at="pg_temp.at(0)",
    )
    _write_claims(cursor)
    _write_assessments(cursor)
    _write_moves(cursor)
    _write_reviews(cursor)
    remember(cursor, Claim, "insert", f"{table(Claim)} r", status="'new'")
    remember(cursor, Claim, "update", f"{table(Claim)} r WHERE status <> 'new'")
    remember(cursor, Assessment, "insert", f"{table(Assessment)} r")


def _decide(cursor: Any) -> None:
    """Choose where each claim stands: a tenth of them wait, most of those are new."""
    cursor.execute(
        """
        CREATE TEMP TABLE claim ON COMMIT DROP AS
        SELECT n, pg_temp.key('claim', n) AS id, pg_temp.at(n) AS at,
            CASE
                WHEN n > pg_temp.many() * 0.85 AND lot < 360 THEN 'new'
                WHEN n > pg_temp.many() * 0.85 AND lot < 560 THEN 'in_review'
                WHEN n > pg_temp.many() * 0.85 AND lot < 660 THEN 'second_review'
                WHEN lot < 5 THEN 'recheck'
                WHEN lot < 6 THEN 'correcting'
                WHEN lot < 7 THEN 'arbitration'
                WHEN lot < 15 THEN 'retracted'
                WHEN lot > 970 THEN 'dismissed'
                ELSE 'published'
            END AS status,
            pg_temp.lot(n, 13, 20) = 0 AS corrected
        FROM (
            SELECT n, pg_temp.lot(n, 12, 1000) AS lot
            FROM generate_series(1, pg_temp.many()) n
        ) drawn
        """
    )


def _write_claims(cursor: Any) -> None:
    others = " ".join(
        f"WHEN '{code}' THEN replace('{said}', '{{n}}', pg_temp.lot(n, 14, 9000)::text)"
        for code, said in _OTHER_WORDS.items()
    )
    every = [code for code, share in _LANGUAGES.items() for _ in range(share)]
    spoken = f"(SELECT claim.*, pg_temp.one_of({words(*every)}, n, 15) AS spoken"
    insert(
        cursor,
        Claim,
        f"{spoken} FROM claim) claim",
        id="id",
        statement=f"CASE spoken {others} ELSE 'The ' || pg_temp.one_of({_SUBJECTS}, n, 16)"
        f" || ' of {_PLACE} ' || pg_temp.one_of({_DOINGS}, n, 17) || ' ' ||"
        f" pg_temp.lot(n, 18, 90000) || ' ' || pg_temp.one_of({_THINGS}, n, 19) || ' '"
        f" || pg_temp.one_of({_WHEN}, n, 33) END",
        form=f"pg_temp.one_of({words('direct', 'indirect', 'mixed')}, n, 20)",
        language="spoken",
        topics=f"ARRAY[pg_temp.one_of({_TOPICS}, n, 21)]",
        claimant_id="pg_temp.key('claimant', CASE WHEN pg_temp.lot(n, 22,"
        f" {LOUDEST}) = 0 THEN 1 ELSE 1 + pg_temp.lot(n, 23, pg_temp.speakers()) END)",
        said_at="at - interval '2 hours'",
        said_at_precision="'day'",
        status="status",
        moved_at="at",
        due_at="CASE WHEN status NOT IN ('published', 'retracted', 'dismissed') AND"
        " pg_temp.lot(n, 24, 10) > 0 THEN pg_temp.moment() +"
        " (pg_temp.lot(n, 25, 10000) - 4000) * interval '1 minute' END",
        assigned_to_id="CASE WHEN status NOT IN ('new', 'dismissed')"
        " THEN pg_temp.reviewer(n, 0) END",
        version="1",
        created_by_id="pg_temp.reviewer(n, 3)",
        created_at="at",
        updated_at="at",
    )


def _write_assessments(cursor: Any) -> None:
    insert(
        cursor,
        Assessment,
        "claim, generate_series(1, pg_temp.lot(n, 26, 4)) k",
        id="pg_temp.key('assessment', n * 4 + k)",
        claim_id="id",
        assessor_id="pg_temp.key('claimant', 1 + pg_temp.lot(n * 4 + k, 27,"
        " pg_temp.speakers()))",
        stance=f"pg_temp.one_of({_STANCES}, n * 4 + k, 28)",
        statement="'The register of that year says otherwise, and has for years.'",
        said_at="at - interval '1 hour'",
        said_at_precision="'day'",
        state="CASE pg_temp.lot(n * 4 + k, 29, 20) WHEN 0 THEN 'suggested'"
        " ELSE 'confirmed' END",
        decided_by_id="CASE pg_temp.lot(n * 4 + k, 29, 20) WHEN 0 THEN NULL"
        " ELSE pg_temp.reviewer(n, 0) END",
        decided_at="CASE pg_temp.lot(n * 4 + k, 29, 20) WHEN 0 THEN NULL ELSE at END",
        version="1",
        created_at="at",
        updated_at="at",
    )


def _write_moves(cursor: Any) -> None:
    insert(
        cursor,
        Move,
        f"""claim JOIN LATERAL (VALUES
            (1, 'new', 'in_review', '', status NOT IN ('new', 'dismissed')),
            (2, 'new', 'dismissed', '', status = 'dismissed'),
            (3, 'in_review', 'second_review', '',
                {_PUBLIC} OR status IN ('second_review', 'arbitration')),
            (4, 'second_review', 'arbitration', '', status = 'arbitration'),
            (5, 'second_review', 'published', '', {_PUBLIC}),
            (6, 'published', 'recheck', 'source_gone', status = 'recheck'),
            (7, 'published', 'correcting', '', status = 'correcting'),
            (8, 'published', 'retracted', '', status = 'retracted')
        ) step (k, before, after, reason, made) ON made""",
        id="pg_temp.key('move', n * 10 + k)",
        claim_id="id",
        from_status="before",
        to_status="after",
        by_id="pg_temp.reviewer(n, k)",
        at="at + k * interval '1 minute'",
        reason="reason",
    )


def _write_reviews(cursor: Any) -> None:
    went_out = f"({_PUBLIC} AND k = 1) OR (corrected AND status = 'published')"
    verdict = f"pg_temp.one_of({_VERDICTS}, n * 2 + k, 31)"
    handed_in = f"{went_out} OR status IN ('second_review', 'arbitration')"
    cursor.execute(
        f"""
        CREATE TEMP TABLE review ON COMMIT DROP AS
        SELECT *, {verdict} AS verdict, {went_out} AS out, {handed_in} AS submitted,
            {went_out} OR status = 'arbitration' AS seconded,
            CASE WHEN k = 1 AND corrected AND status = 'published'
                OR status = 'retracted' THEN at + interval '2 days' END AS ended
        FROM claim, generate_series(1, CASE WHEN corrected AND status = 'published'
            OR status = 'correcting' THEN 2 ELSE 1 END) k
        WHERE status NOT IN ('new', 'dismissed')
            AND NOT (status = 'in_review' AND n % 2 = 0)
        """
    )
    day = "at + (k - 1) * interval '2 days'"
    insert(
        cursor,
        Review,
        "review",
        id="pg_temp.key('review', n * 2 + k)",
        claim_id="id",
        version="k",
        verdict="CASE WHEN submitted THEN verdict ELSE '' END",
        summary="'Two registers were compared, and they agree with each other.'",
        explanation="repeat('The registers are public, and everybody can read them. ',"
        " 20)",
        written_by_id="pg_temp.reviewer(n, 0)",
        first_verdict="CASE WHEN submitted THEN verdict ELSE '' END",
        submitted_at=f"CASE WHEN submitted THEN {day} + interval '1 hour' END",
        second_reviewer_id="CASE WHEN seconded THEN pg_temp.reviewer(n, 1 + n::int % 22)"
        " END",
        second_verdict="CASE WHEN out THEN verdict WHEN seconded THEN"
        f" pg_temp.one_of({_VERDICTS}, n, 32) ELSE '' END",
        seconded_at=f"CASE WHEN seconded THEN {day} + interval '2 hours' END",
        correction_kind="CASE WHEN k = 2 THEN 'correction' ELSE '' END",
        correction_note="CASE WHEN k = 2 THEN 'A number was wrong.' ELSE '' END",
        created_at=day,
        published_at=f"CASE WHEN out THEN {day} + interval '2 hours' END",
        valid_from=f"CASE WHEN out THEN {day} + interval '2 hours' END",
        valid_to="CASE WHEN out THEN ended + interval '2 hours' END",
    )
    insert(
        cursor,
        Correction,
        "review WHERE out AND ended IS NOT NULL",
        id="pg_temp.key('correction', n)",
        claim_id="id",
        review_from_id="pg_temp.key('review', n * 2 + 1)",
        review_to_id="CASE WHEN status <> 'retracted' THEN"
        " pg_temp.key('review', n * 2 + 2) END",
        kind="CASE WHEN status = 'retracted' THEN 'retraction' ELSE 'correction' END",
        note="'A number was wrong; the register has the right one.'",
        by_id="pg_temp.reviewer(n, 0)",
        at="least(ended + interval '2 hours', pg_temp.moment())",
    )
    _remember_reviews(cursor)


def _remember_reviews(cursor: Any) -> None:
    unpublished = dict.fromkeys(("published_at", "valid_from", "valid_to"), "NULL")
    not_seconded = {
        "second_reviewer_id": "NULL",
        "second_verdict": "''",
        "seconded_at": "NULL",
        **unpublished,
    }
    not_submitted = {
        "submitted_at": "NULL",
        "verdict": "''",
        "first_verdict": "''",
        **not_seconded,
    }
    rows = f"{table(Review)} r WHERE"
    remember(cursor, Review, "insert", f"{rows} true", **not_submitted)
    remember(
        cursor, Review, "update", f"{rows} submitted_at IS NOT NULL", **not_seconded
    )
    remember(cursor, Review, "update", f"{rows} seconded_at IS NOT NULL", **unpublished)
    remember(cursor, Review, "update", f"{rows} published_at IS NOT NULL")
