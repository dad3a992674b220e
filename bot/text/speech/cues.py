"""English words that introduce speech, as tables: verbs with their inflections, and what is said or written.

A verb's kind says how sure it makes an attribution: "Roe said" is one, "Roe thinks" inside "Poe said Roe thinks"
is none, and "Roe opened" is one only beside a quotation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.text.speech.lexicon import words

# Takes the quoted words as what was said: only these stand before their subject ("said Roe").
_SAY: Final = words(
    "say tell ask add write tweet reply respond explain announce declare claim argue note insist acknowledge "
    "admit testify comment remark quip joke recall warn state assert exclaim retort counter vow pledge "
    "promise shout yell whisper scream mutter observe contend maintain lament complain concede confess "
    "emphasize emphasise stress suggest posit opine muse boast brag caution predict urge demand advise "
    "advocate allege inform interject intone continue conclude deadpan gush post retweet text email e-mail "
    "blog proclaim pronounce recount reiterate repeat report reveal snap sneer chant cry sigh plead beg pray "
    "refute reason recite reassure wonder inquire query question elaborate clarify confirm deny dispute "
    "protest object agree disagree crow snark thunder bemoan bellow blare tease jest chuckle laugh mumble "
    "murmur volunteer offer venture interrupt interpose profess rant fume rail vent grouse gripe grumble "
    "hedge hint imply intimate indicate specify stipulate underscore underline highlight verify attest swear "
    "avow affirm aver message editorialize surmise guess estimate quote cite read echo instruct command "
    "implore exhort hiss growl snarl bark roar bluster lecture preach narrate relate pontificate philosophize "
    "apologize apologise summarize summarise speculate theorize theorise answer chime remind rejoin parry "
    "correct demur shrug advertise headline remember mention project retaliate rejoice sing"
)
# Says what somebody or something is in the quoted words, or does something to them with the words.
_TREAT: Final = words(
    "call describe characterize characterise label dub deem brand term dismiss accuse blame charge fault "
    "chide scold rebuke thank congratulate praise hail criticize criticise decry denounce condemn deplore "
    "lambast lambaste blast slam rip bash mock order assure tout greet hector rebut portray depict paint "
    "compare liken ridicule deride savage pan reject taunt troll tag title entitle caption applaud laud cheer "
    "credit attack address refer challenge threaten defend promote pitch pillory skewer knock hammer slap "
    "swipe hit target admonish excoriate reprimand castigate berate disparage belittle"
)
_THINK: Final = words(
    "believe think feel hope worry fear figure reckon know see want expect consider regard suspect doubt "
    "discover realize realise show find wish understand imagine"
)
_WEAK: Final = words(
    "speak talk point sum fire shoot push press lash express voice convey invoke raise propose invite publish "
    "release issue deliver pile go begin start open close finish end signal detail outline define support "
    "endorse"
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
    "understand": "understands understood understanding",
    "spit": "spits spat spitting",
    "beseech": "beseeches besought beseeching",
}
_DOUBLED: Final = words(
    "admit demur quip rip slam sum dub grab blog brag chat tag pan rebut refer hit begin pen jab vet"
)


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
    kind: str  # say, treat, think, weak
    noun: bool = False  # as often a noun: "claims", "report"

    @property
    def finite(self) -> bool:
        """Whether the form can be a sentence's verb without help: "said", "says"."""
        return self.form in {"past", "third"}


# Forms that are nouns as often as verbs: without a subject or a quotation beside them they say nothing.
_NOUNS_TOO: Final = words(
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


def inflected(say: Iterable[str], kind: str = "say") -> dict[str, Cue]:
    """Ready forms of another language's verbs of speech: all finite, none of them nouns."""
    return {word: Cue(word, "past", kind) for word in say}


def _table() -> dict[str, Cue]:
    table: dict[str, Cue] = {}
    for kind, verbs in (("weak", _WEAK), ("think", _THINK), ("treat", _TREAT), ("say", _SAY)):
        for verb in verbs:
            for word, form in _forms(verb).items():
                table[word] = Cue(verb, form, kind, word in _NOUNS_TOO)
    table["read"] = Cue("read", "past", "say", noun=True)
    return table


ENGLISH: Final = _table()

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
