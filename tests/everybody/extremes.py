"""Rows that are hard to set: long German, long Arabic, a word without end, long names."""

from django.urls import reverse

from claims import intake, workflow
from claims.models import Claim
from claims.vocabulary import ClaimantKind, ClaimStatus, Stance, Verdict
from tests.factories import (
    NOON,
    a_citation,
    a_claim,
    a_claimant,
    a_person,
    an_article,
    an_assessment,
)

# Sixty letters and more, and no place to break but the hyphens a browser may know.
WORD = "Hochwasserschutzanlageninstandhaltungsaufwandsentschaedigungsverordnung"
ENDLESS = "x" * 120
GERMAN = (
    f"Die {WORD} gilt nach den Worten des Ministers «nur für jene Landkreise, deren "
    "Deiche in den vergangenen zehn Jahren nachweislich erhöht worden sind», und nicht, "
    "wie die Opposition behauptet, für alle Anlieger der oberen Elbe. "
)
ARABIC = (
    "قال المتحدث باسم وزارة الري إن «السد صمد طوال الليل ولم يتسرب منه الماء إلا في "
    "موضعين»، وإن فرق الصيانة Kassar Dam Survey 2026 وصلت قبل الساعة 04:30 إلى البوابة "
    "رقم 12، خلافا لما نشره الموقع https://paper.example/story?id=7&lang=ar صباح اليوم. "
)
LONG_NAME = (
    "Ständige Vertretung der Arbeitsgemeinschaft der Wasserverbände und Deichgenossen"
    "schaften des oberen und mittleren Flusslaufes"
)
ARABIC_NAME = (
    "اللجنة الوطنية العليا المشتركة لمتابعة أعمال صيانة السدود والخزانات والقناطر "
    "الكبرى في المحافظات الشمالية والوسطى"
)
ADDRESS = f"https://paper.example/{'a-very-long-path/' * 12}{ENDLESS}?id=7"
MOST_CHARACTERS = 2_000  # of the longest claim


def filled(words: str) -> str:
    return (words * (MOST_CHARACTERS // len(words) + 1))[:MOST_CHARACTERS]


def published(claim: Claim, *, summary: str, explanation: str, verdict: str) -> Claim:
    writer = claim.assigned_to
    workflow.write_review(
        claim,
        verdict=verdict,
        summary=summary,
        explanation=explanation,
        by=writer,
        at=NOON,
    )
    workflow.submit(claim, by=writer, at=NOON)
    claim = Claim.objects.get(pk=claim.pk)
    return workflow.second(claim, verdict=verdict, by=a_person(), at=NOON)


def said_at_length(words: str, *, name: str, language: str, writer) -> Claim:
    """A claim in review that is long wherever it can be."""
    claimant = a_claimant(name, ClaimantKind.GOVERNMENT)
    claimant.role = f"{name}, {WORD}"
    claimant.save()
    claim = a_claim(
        ClaimStatus.IN_REVIEW,
        writer=writer,
        claimant=claimant,
        statement=filled(words),
        original_wording=words,
        language=language,
        topics=[WORD[:60], "السدود والخزانات", "strike"],
    )
    a_citation(claim, exact=words.strip())
    for stance in (Stance.CONTRADICTS, Stance.EXPLAINS_AWAY, Stance.SUPPORTS):
        said = an_assessment(claim, stance=stance)
        said.statement = words * 3
        said.assessor.name = f"{name} ({stance})"
        said.assessor.role = f"{WORD} {ENDLESS}"
        said.assessor.save()
        said.save()
        a_citation(said, exact=f"{words.strip()} {stance}")
    return Claim.objects.get(pk=claim.pk)


class Extremes:
    """Claims that are long in German and in Arabic, and an article that is both."""

    def __init__(self, ana):
        self.german = published(
            said_at_length(GERMAN, name=LONG_NAME, language="de", writer=ana),
            summary=(GERMAN * 3)[:490],
            explanation=f"{GERMAN * 5}\n\n{ENDLESS}\n\n{ADDRESS}",
            verdict=Verdict.MISLEADING,
        )
        self.arabic = said_at_length(
            ARABIC, name=ARABIC_NAME, language="ar", writer=ana
        )
        self.shown = published(
            said_at_length(ARABIC, name=ARABIC_NAME, language="ar", writer=ana),
            summary=ARABIC,
            explanation=ARABIC * 4,
            verdict=Verdict.FALSE,
        )
        self.article = an_article(
            f"{GERMAN}\n{ARABIC}\n{ENDLESS}\n"
            f'"{GERMAN}" {WORD} Ada Quill said.\n"The dam held," {LONG_NAME} said.',
            title=f"{WORD}: {LONG_NAME}",
            publisher=f"{LONG_NAME[:100]} {WORD}",
            source_url=ADDRESS,
        )
        intake.propose(self.article, at=NOON)

    @property
    def desk(self) -> list[str]:
        cited = self.arabic.citations.get(passage__exact=ARABIC.strip()).passage
        return [
            *(reverse("desk:claim", args=[each.pk]) for each in self.claims),
            reverse("desk:claim", args=[self.arabic.pk]) + "?open=change",
            reverse("desk:compare", args=[self.german.pk]),
            reverse("desk:history", args=[self.arabic.pk]),
            reverse("desk:source", args=[cited.source_id]),
            self.article.get_absolute_url(),
        ]

    @property
    def public(self) -> list[str]:
        return [
            each
            for claim in self.claims
            if claim.is_public
            for each in (claim.get_absolute_url(), claim.claimant.get_absolute_url())
        ]

    @property
    def claims(self) -> list[Claim]:
        return [self.german, self.arabic, self.shown]
