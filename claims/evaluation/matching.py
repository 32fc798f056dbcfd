"""Looking for claims that were checked, as the product looks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims import imprinting
from claims.evaluation import shadows
from claims.evaluation.annotations import BadData
from claims.evaluation.checked import CheckedClaim, Query, read_corpus, read_queries
from claims.evaluation.effort import Effort
from claims.evaluation.outcome import Column, Comparison, Miss, Outcome, Shown, System
from claims.evaluation.ranks import RankMeasures, found_when_sure
from claims.evaluation.worst import Worst
from claims.matching.nearest import gathered
from claims.matching.rank import Ranked, ranked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from claims.evaluation.outcome import Run

CORPUS, QUERIES = "corpus.jsonl", "queries.jsonl"
KEPT = 20

PUBLISHED = Comparison(
    title="Posts and debate sentences against checked claims, MAP@5",
    measured_on=(
        "posts of CheckThat! 2022-2A against 14,231 claims; 2021-2A and 2021-2B,"
        " the latter debate sentences against 19,250, are harder"
    ),
    columns=(
        Column(measure="map_at_5", title="2022-2A", least=0.970),
        Column(measure="map_at_5_2021_2a", title="2021-2A", least=0.955),
        Column(measure="map_at_5_2021_2b", title="2021-2B", least=0.47),
        Column(measure="ms_per_query", title="CPU ms", most=15, decimals=1),
    ),
    systems=tuple(
        System(
            name=name,
            scores={
                "map_at_5": posts,
                **({"map_at_5_2021_2a": before} if before else {}),
                **({"map_at_5_2021_2b": debates} if debates else {}),
                **({"ms_per_query": ms} if ms else {}),
            },
        )
        for name, posts, before, debates, ms in (
            ("PostgreSQL, any word, ts_rank", 0.872, 0.796, 0.332, None),
            ("trigrams", 0.743, 0.691, 0.235, None),
            ("BM25 over all fields", 0.906, 0.871, 0.355, 1.6),
            ("MiniLM's vectors", 0.905, 0.875, 0.309, 25),
            ("BM25 and MiniLM, z-scores", 0.947, 0.927, 0.420, 30),
            ("the same, re-ranked with dates", 0.9645, 0.953, None, 32),
            ("best published", 0.956, 0.900, 0.449, None),
        )
    ),
)


def evaluate(run: Run) -> Outcome:
    """
    Look for the claims that each query of queries.jsonl repeats among corpus.jsonl.

    The corpus stands in tables of the same names that only this connection sees, with
    the same indexes, and is asked by the product's own questions. Raises OSError and
    BadData.
    """
    queries = list(read_queries(run.data / QUERIES))
    corpus = list(read_corpus(run.data / CORPUS))
    if not queries or not corpus:
        raise BadData(f"{run.data} holds no query, or no claim")
    with shadows.shadowed():
        ids = shadows.fill(corpus)
        imprinting.mark_missing()
        batches = range(0, 2 * len(corpus), imprinting.AT_ONCE)
        for _ in run.through(batches, of=len(batches)):
            if not imprinting.imprint_some():
                break
        shadows.settle()
        return _asked(run, queries, ids, {each.id: each for each in corpus})


def _asked(
    run: Run,
    queries: Sequence[Query],
    ids: dict[UUID, str],
    corpus: dict[str, CheckedClaim],
) -> Outcome:
    measures, worst = RankMeasures(), Worst[Miss](run.most_misses)
    right: list[tuple[float, bool]] = []
    wrong: list[float] = []
    gathered(["The model is loaded, and the questions are planned."])
    effort, seconds = Effort(), 0.0
    for query in run.through(queries, of=len(queries)):
        began = effort.now()
        ((asked, near),) = gathered([query.text])
        found = ranked(asked, near)[:KEPT]
        seconds += effort.now() - began
        keys = [ids[each.claim] for each in found]
        lost = 1 - measures.add(keys, relevant=query.relevant)
        right.append((_sure(found), bool(query.relevant.intersection(keys[:1]))))
        others = [each for each in near if ids[each.claim] not in query.relevant]
        wrong.append(_sure(ranked(asked, others)))
        if lost:
            worst.add(_miss(query, keys, corpus, lost), by=lost)
        run.keep({"id": query.id, "ranked": keys})
    count = len(right) or 1
    return Outcome(
        measures={
            "queries": len(right),
            "claims": len(ids),
            **measures.fractions(),
            "found_at_precision_95": found_when_sure(right, wrong),
            "ms_per_query": round(seconds * 1000 / count, 2),
        },
        comparisons=(PUBLISHED,),
        misses=worst.first(),
        method="words and vectors from the database, ranked"
        + (
            "" if effort.sees_the_database else "; the database's own time is not in it"
        ),
    )


def _sure(found: Sequence[Ranked]) -> float:
    return found[0].probability if found else 0.0


def _miss(
    query: Query, found: Sequence[str], corpus: dict[str, CheckedClaim], lost: float
) -> Miss:
    wanted = [key for key in query.relevant if key in corpus]
    places = [str(found.index(key) + 1) for key in wanted if key in found]
    says = (
        f"It came at place {', '.join(places)}."
        if places
        else f"It is not among the first {KEPT}."
    )
    shown = [Shown(title="What was asked", text=query.text)]
    shown += [
        Shown(title="The claim that was wanted", text=_told(corpus[key]))
        for key in wanted[:1]
    ]
    if found:
        shown.append(Shown(title="What came first", text=_told(corpus[found[0]])))
    return Miss(id=query.id, says=says, texts=tuple(shown), loss=lost)


def _told(claim: CheckedClaim) -> str:
    return f"{claim.claim} — {claim.check}" if claim.check else claim.claim
