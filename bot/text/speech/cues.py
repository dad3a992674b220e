"""Words that introduce speech, as tables by language: verbs with their inflections, nouns, prepositions.

A verb's strength says how sure it makes an attribution. "strong" verbs take words as their object (say, write),
"weak" ones often do something else (call, add, open) and count only where a quotation stands in their place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.text.speech.lexicon import words

_STRONG: Final = words(
    "say tell ask add write tweet reply respond explain announce declare claim argue note insist acknowledge "
    "admit testify comment remark quip joke recall warn state assert exclaim retort counter vow pledge "
    "promise shout yell whisper scream mutter observe contend maintain lament complain concede confess "
    "emphasize emphasise stress suggest posit opine muse boast brag caution predict urge demand order advise "
    "advocate allege assure inform interject intone continue conclude deadpan gush post retweet text email "
    "e-mail blog proclaim pronounce recount reiterate repeat report reveal snap sneer chant cry sigh plead "
    "beg pray rebut refute reason recite reassure wonder inquire query question elaborate clarify confirm "
    "deny dispute protest object agree disagree crow snark thunder tout bemoan bellow blare mock tease jest "
    "chuckle laugh mumble murmur volunteer offer venture interrupt interpose profess decry denounce condemn "
    "deplore lambast lambaste blast slam rip bash criticize criticise hail praise describe characterize "
    "characterise call label dub deem brand term dismiss accuse blame charge fault chide scold rebuke "
    "apologize apologise thank congratulate believe think feel hope worry fear theorize theorise speculate "
    "summarize summarise rhapsodize kvetch rail fume rant vent grouse gripe grumble hedge hint imply intimate "
    "indicate signal specify stipulate underscore underline highlight verify attest swear avow affirm aver "
    "message facebook instagram headline editorialize editorialise opined surmise figure reckon guess "
    "estimate joke quote cite read correct echo instruct command implore exhort beseech greet hiss growl "
    "snarl spit bark roar bluster hector lecture preach sermonize narrate relate detail outline contended "
    "pontificate philosophize philosophise"
)

_WEAK: Final = words(
    "go begin start open close finish end answer remember mention address cut sum weigh chime lash fire hit "
    "shoot press push point refer speak talk sing play tout show find attack react release publish issue "
    "record give make define portray depict paint compare liken know see want expect consider regard suspect "
    "doubt discover realize realise share submit sign join pile jump invite list enter put offer present "
    "deliver defend support back endorse name invoke convey express voice raise propose call threaten "
    "challenge defy invite wish credit cheer applaud laud ridicule deride savage pan reject renounce slap "
    "slate swipe taunt troll tag title entitle caption launch lead"
)

_IRREGULAR: Final = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "think": "thinks thought thinking",
    "feel": "feels felt feeling",
    "swear": "swears swore sworn swearing",
    "read": "reads read reading",
    "go": "goes went going",
    "begin": "begins began begun beginning",
    "cut": "cuts cut cutting",
    "hit": "hits hit hitting",
    "shoot": "shoots shot shooting",
    "speak": "speaks spoke spoken speaking",
    "sing": "sings sang singing",
    "show": "shows showed shown showing",
    "find": "finds found finding",
    "give": "gives gave given giving",
    "make": "makes made making",
    "know": "knows knew known knowing",
    "see": "sees saw seen seeing",
    "put": "puts put putting",
    "lead": "leads led leading",
    "spit": "spits spat spitting",
    "beseech": "beseeches besought beseeching",
}
_DOUBLED: Final = words(
    "admit quip rip slam sum dub plan swap grab nod blog brag chat quit tag pan rebut crow"
) - {"crow"}


def _forms(verb: str) -> dict[str, str]:
    """Inflected form -> "base", "third", "past" or "ing"."""
    if verb in _IRREGULAR:
        third, past, *rest = _IRREGULAR[verb].split()
        return {verb: "base", third: "third", past: "past", **dict.fromkeys(rest[:-1], "past"), rest[-1]: "ing"}
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return {verb: "base", verb[:-1] + "ies": "third", verb[:-1] + "ied": "past", verb + "ing": "ing"}
    if verb in _DOUBLED:
        double = verb + verb[-1]
        return {verb: "base", verb + "s": "third", double + "ed": "past", double + "ing": "ing"}
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    if verb.endswith("e"):
        ing = verb + "ing" if verb.endswith("ee") else verb[:-1] + "ing"
        return {verb: "base", third: "third", verb + "d": "past", ing: "ing"}
    return {verb: "base", third: "third", verb + "ed": "past", verb + "ing": "ing"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a verb of speech."""

    lemma: str
    form: str  # base, third, past, ing
    strong: bool


def _table() -> dict[str, Cue]:
    table: dict[str, Cue] = {}
    for strong, verbs in ((False, _WEAK), (True, _STRONG)):
        for verb in verbs:
            for word, form in _forms(verb).items():
                table[word] = Cue(verb, form, strong)
    table["read"] = Cue("read", "past", True)
    return table


VERBS: Final = _table()

# Forms that are nouns as often as verbs: without a subject or a quotation beside them they say nothing.
AMBIGUOUS: Final = words(
    "claim claims note notes comment comments state states report reports order orders demand demands "
    "question questions charge charges post posts text texts email emails blog blogs blast blasts label "
    "labels brand brands term terms tweet tweets remark remarks reply replies hope hopes fear fears worry "
    "worries warning saying meaning reading writing opening closing feeling beginning ending thinking finding "
    "hearing leading read reason reasons command commands answer answers address offer offers push press "
    "points point pledge pledges promise promises joke jokes estimate estimates figure figures guess quote "
    "quotes attack attacks share shares show shows play plays list lists release releases record records "
    "issue issues end ends cut cuts hit hits lead leads start starts object objects caution cautions sign "
    "signs signals signal detail details highlight highlights message messages headline headlines protest "
    "protests support back name names raise call calls cry cries speculation building thought"
)

# "according to X", "in the words of X", "per X": the speaker follows.
SOURCE_PHRASES: Final = (
    ("according", "to"),
    ("in", "the", "words", "of"),
    ("words", "of"),
    ("per",),
    ("courtesy", "of"),
    ("quoting",),
    ("quotes",),
    ("quoted",),
    ("citing",),
    ("paraphrasing",),
)

# What is said or written: "in a statement from X", "X's letter", "the report's conclusion".
SPEECH_NOUNS: Final = words(
    "statement statements letter letters email emails e-mail memo memorandum tweet tweets post posts message "
    "messages speech speeches remark remarks comment comments op-ed column editorial essay article blog book "
    "memoir memoirs report bulletin release press note testimony interview filing brief lawsuit complaint "
    "opinion ruling decision affidavit transcript ad advertisement video commercial spot announcement "
    "declaration response reply answer question warning claim assertion argument description criticism call "
    "vow pledge promise quote quotation words line quip joke suggestion contention conclusion "
    "characterization characterisation complaint accusation allegation charge belief statement slogan motto "
    "mantra refrain headline caption sign banner placard text review study survey poll document documents "
    "resolution bill law petition manifesto platform website page account explanation observation admission "
    "concession confession lyric lyrics poem song prayer assessment analysis finding verdict plea demand "
    "request order advice caution proposal proclamation newsletter pamphlet flyer flier leaflet summary "
    "preface introduction foreword chapter passage sentence paragraph paper magazine newspaper outlet "
    "publication story piece dispatch profile obituary communique notice advisory alert indictment plan "
    "policy speaker"
)
