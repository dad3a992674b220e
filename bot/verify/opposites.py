"""The tables behind the check of flips: words that turn a statement around, words that leave it open, opposites.

English only; a statement or a text in another language is not asked.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from bot.text.words import fold, stem


def key(word: str) -> str:
    """What two forms of one word share: the first form of an irregular verb, else its root."""
    folded = fold(word)
    return _IRREGULAR.get(folded) or (stem(folded) if len(folded) > 4 else folded)


_IRREGULAR_LIST: Final = """
say says said saying, tell tells told telling, win wins won winning, lose loses lost losing, rise rises rose
risen rising, fall falls fell fallen falling, begin begins began begun beginning, find finds found finding, hold
holds held holding, shoot shoots shot shooting, sell sells sold selling, buy buys bought buying, pay pays paid
paying, meet meets met meeting, lead leads led leading, leave leaves leaving, send sends sent sending, build
builds built building, write writes wrote written writing, speak speaks spoke spoken speaking, break breaks
broke broken breaking, choose chose chosen chooses, drive drives drove driven, fly flies flew flown flying,
steal steals stole stolen, strike strikes struck striking, catch catches caught, teach teaches taught, fight
fights fought fighting, bring brings brought bringing, think thinks thought, grow grows grew grown growing, know
knows knew known, throw throws threw thrown, draw draws drew drawn, run runs ran running, sink sinks sank sunk,
sing sings sang sung, die dies died dying, kill kills killed killing, play plays played playing, sign signs
signed signing, open opens opened opening, close closes closed closing, vote votes voted voting, hit hits
hitting, beat beats beaten beating, cut cuts cutting, sue sues sued suing, plan plans planned planning, ban bans
banned banning, stop stops stopped stopping, drop drops dropped dropping, name names named naming, face faces
faced facing, use uses used using, love loves loved loving, hate hates hated, like likes liked, want wants
wanted, hope hopes hoped, help helps helped helping, call calls called calling, cost costs, spend spends spent,
stand stands stood, win wins won, become becomes became, come comes came coming, show shows showed shown, give
gives gave given, eat eats ate eaten, see sees saw seen, swim swims swam, wear wears wore worn, deny denies
denied denying, try tries tried trying, back backs backed backing, bomb bombs bombed bombing, pass passes passed
passing, fail fails failed failing, join joins joined joining, hire hires hired hiring, fire fires fired firing,
raise raises raised raising, ask asks asked asking, end ends ended ending, save saves saved saving, warn warns
warned warning, live lives lived living
"""
_IRREGULAR: Final = {form: forms.split()[0] for forms in _IRREGULAR_LIST.split(",") for form in forms.split()}


def is_past(word: str) -> bool:
    """Whether a folded word is written as the past of a verb, or as its participle."""
    if word in _IRREGULAR:
        return word != _IRREGULAR[word] and not word.endswith(("s", "ing"))
    return len(word) > 4 and word.endswith("ed")


# Each says of what follows that it is not so. The word after them is what is denied.
NEGATORS: Final = frozenset(
    {"not", "never", "no", "cannot", "without", "neither", "nor", "none", "nobody", "nothing", "nowhere"}
)
_TURNING_LIST: Final = """
fail fails failed failing refuse refuses refused refusing decline declines declined declining reject rejects
rejected rejecting avoid avoids avoided avoiding
"""
# With these a body does not do what follows: "failed to reach", "refused to sign".
TURNING: Final = frozenset(_TURNING_LIST.split())
_DENYING_LIST: Final = "deny denies denied denying"
# With these somebody says that what follows is not so; a text may still say elsewhere that it is.
DENYING: Final = frozenset(_DENYING_LIST.split())

_NEGATIVE_LIST: Final = """
fail failure refuse refusal decline reject rejection avoid deny denial lack lacks lacked lacking absent absence
missing cancel cancels cancelled canceled abandon dismiss prevent prevents prevented stop stops stopped halt
halts halted ban bans banned barred bar block blocks blocked blocking prohibit forbid forbidden unable unlikely
unclear unknown unaware impossible hardly barely rarely seldom scarcely few fewer little less yet instead rather
skip skips skipped miss misses missed lose loses lost losing oppose opposes opposed opposition resist withhold
withheld exclude excluded ignore ignores ignored quit quits suspend suspended withdraw withdrew withdrawn acquit
acquitted cleared innocent illegal invalid incorrect wrong false untrue hoax myth doubt doubts refute refuted
dispute disputed disputes contrary unlike nil struggle struggles struggled shy short spared exempt reluctant
hesitant escape escaped empty shut closed ruled disagree disagrees unless until minus shun shunned disagree
dislike distrust disallow disprove disproved disqualified discontinue discontinued discourage discouraged
deprive deprived contradict ended zero former anymore difficult tough drop dropped drops only against except
"""
# Any of these near a statement may be another way to say "not": where one stands, nothing is dropped.
NEGATIVE: Final = frozenset(stem(fold(word)) for word in _NEGATIVE_LIST.split()) | NEGATORS
# "undecided", "non-binding"; not "under", "university", "uncle".
NEGATIVE_PREFIX: Final = re.compile(r"un(?!i|der|til|cl|ct|leash|ear|veil|fold|it|to|like)|non(?!e)")

# "may", "plans to": what follows may be so, or shall be so. The phrase after the word, where one is needed.
_OPENING: Final = {
    "": "may might could allegedly reportedly supposedly purportedly",
    "to": "plan plans planned planning hope hopes hoped hoping want wants wanted wanting intend intends intended"
    " threaten threatens threatened vow vows vowed seek seeks sought propose proposes proposed urge urges urged"
    " consider"
    " considers considered try tries tried trying attempt attempts attempted attempting expected likely alleged"
    " believed thought rumored rumoured feared",
    "of": "accused accuses suspected",
    "with": "charged",
    "that": "alleges allege alleged claims claimed claim",
}
# What follows is still to come; a headline may tell it in the present, but not in the past.
COMING: Final = frozenset(
    {"will", "would", "shall", "should", "won't", "she'll", "he'll", "they'll", "we'll", "it'll"}
)
_BELIEVED: Final = frozenset({"alleged", "believed", "thought", "rumored", "rumoured", "feared", "likely"})
OPEN: Final = {word: after for after, words in _OPENING.items() for word in words.split()}
# Of them, those that tell of what is to come, and not of what somebody holds to be so.
PLANNED: Final = frozenset({"may", "might", "could"}) | {
    word for word, after in OPEN.items() if after == "to" and word not in _BELIEVED
}
_SOFT_LIST: Final = """
may might could would will shall should can must want hope plan intend threaten vow seek sought propose proposal
urge consider try attempt expect likely possible possibly potential potentially perhaps probably believe think
thought rumor rumour fear alleged alleges allege allegation allegations claim accuse accusation accusations
suspect suspected suspicion charge charged charges trial case court apparent apparently report reportedly
reports reported according say says said tell tells told call deny denies ask asks demand demands ready set due
want if whether suggest indicate appear seem aim agree appeal warn risk about going bid might prepare predict
forecast estimate would-be goal effort chance able unless until when case lawsuit sue sues indict indicted
investigate probe question questions unclear
"""
# A statement that has one of these leaves its matter open itself, or names an owner for it.
SOFT: Final = frozenset(stem(fold(word)) for word in _SOFT_LIST.split())

# Pairs of opposites. Before "|" the words that contradict; behind it other words that bear the same side out.
_PAIRS: Final = (
    (
        "rise rises rose risen rising increase increases increasing climb climbs climbed grow grows grew growing"
        " | up higher more gain gains gained surge jump jumped soar high record growth raise raised",
        "fall falls fell fallen falling decrease decline declines drop drops dropped dropping shrink shrank sank"
        " | down lower less lose lost slump plunge tumble slide slid cut low fewer reduce loss losses",
    ),
    (
        "win wins winning victory victories triumph | champion beat beats gold title",
        "lose loses losing defeat defeats beaten | loss",
    ),
    (
        "approve approves approval | accept pass passed back backed agree",
        "reject rejects rejection | refuse block veto deny",
    ),
    ("accept accepts | agree approve take took", "refuse refuses reject decline | deny turn"),
    ("open opens opened opening | start begin launch", "close closes closed closing shut shuts | end"),
    ("above | over more exceed", "below | under less beneath"),
    (
        "more | over above additional increase most up higher another plus extra further greater many",
        "less fewer | under below reduce down lower little",
    ),
    ("higher | up more rise rose high greater", "lower | down less fall fell low"),
    ("high | higher highest tall top", "low | lower lowest"),
    ("largest biggest | large big great greatest huge", "smallest | small tiny"),
    ("best | good better top great", "worst | bad worse poor"),
    (
        "begin begins began begun beginning start starts started starting launch launches launched"
        " | open opened new first kick kicks kicked early",
        "end ends ended ending stop stops stopped finish finished | close closed last final finale over halt",
    ),
    ("support supports supported supporting | back favor favour for", "oppose opposes opposed opposing | against"),
    (
        "admit admits admitted admitting confirm confirms confirmed | confess acknowledge plead guilty",
        "deny denies denied denying denial | reject not refute",
    ),
    ("guilty convicted convict conviction | plead", "innocent acquitted acquit acquittal | cleared not"),
    (
        "arrest arrested arrests detained | jailed imprisoned custody held jail prison",
        "release released releases freed | free out bail",
    ),
    (
        "alive survive survives survived | live living lives survivor survivors",
        "dead die dies died dying killed | death deaths deadly fatal",
    ),
    ("legal lawful legally | law allowed", "illegal unlawful illegally | law banned"),
    (
        "allow allows allowed allowing permit permits permitted | let can legal",
        "ban bans banned prohibit prohibits prohibited forbid forbidden | bar stop not prevent",
    ),
    ("agree agrees agreed | deal agreement", "disagree disagrees disagreed | dispute"),
    ("likely | probably", "unlikely | not"),
    ("possible | can may could", "impossible | not cannot"),
    ("able | can could", "unable | not cannot"),
    ("safe safely | safety unharmed", "dangerous unsafe | danger risk"),
    ("buy buys bought buying | purchase acquire", "sell sells sold selling | sale"),
    ("pass passes passed | approve through", "fail fails failed | not reject"),
    ("succeed succeeds succeeded success successful | win", "fail fails failed failure unsuccessful | lose"),
    ("strong stronger strength | strongest powerful", "weak weaker weakness | weakest"),
    (
        "remain remains remained remaining stay stays stayed | still keep",
        "leave leaves left leaving | quit depart go",
    ),
    (
        "arrive arrives arrived arriving arrival | come came reach land",
        "depart departs departed leave leaves left | go went",
    ),
    ("find finds found | discover", "lose loses lost | missing not"),
    ("gain gains gained | rise up win", "lose loses lost loss losses | fall down"),
    (
        "raise raises raised raising | increase up hike lift",
        "cut cuts lower lowers lowered reduce reduces reduced | slash down",
    ),
    ("older elder oldest | old", "younger youngest | young"),
    ("old | older aged age", "young new | younger"),
    ("inside | in within into", "outside | out beyond"),
    ("rich wealthy richest | wealth", "poor poorest | poverty"),
    ("healthy | health well", "sick ill | illness disease"),
    ("happy glad | joy", "sad unhappy | sorrow"),
    ("hire hires hired | join", "fire fires fired sacked | dismiss"),
    ("friend friends ally allies | friendly", "enemy enemies foe | rival"),
    ("love loves loved | like", "hate hates hated | dislike"),
    ("lead leads led leading | ahead top first", "trail trails trailed trailing | behind"),
    ("hit hits | strike struck", "miss misses missed | avoid"),
    ("optimistic hopeful | hope", "pessimistic | fear"),
    ("public publicly | open", "private privately | secret"),
    ("minority | minor", "majority | most"),
    ("import imports imported | buy", "export exports exported | sell"),
    ("maximum | most", "minimum | least"),
)


_TIGHT: Final = (
    ("east eastern | northeast southeast northeastern southeastern", "west western | northwest southwest"),
    ("north northern | northeast northwest northeastern northwestern", "south southern | southeast southwest"),
    ("first | earliest initial second opening debut", "last final | latest"),
    ("before | prior ahead until", "after | following since"),
    ("early earlier | before", "late later | after"),
    ("most | more", "least | less"),
    ("more over | above", "less fewer under | below"),
    ("above | over", "below | under"),
    ("inside | in within into", "outside | out beyond"),
    ("old older | aged", "young younger | new"),
    ("for | behind", "against | not"),
)


def _keys(words: str) -> frozenset[str]:
    return frozenset(key(word) for word in words.split())


class Side(NamedTuple):
    """One side of a pair: the words that bear it out, and those that contradict it.

    `tight` pairs are small words that stand everywhere; they contradict each other only before the same word.
    """

    own: frozenset[str]
    against: frozenset[str]
    tight: bool


def _sides() -> dict[str, list[Side]]:
    found: dict[str, list[Side]] = {}
    rows = [(pair, False) for pair in _PAIRS] + [(pair, True) for pair in _TIGHT]
    for (one, other), tight in rows:
        for mine, theirs in ((one, other), (other, one)):
            own, _, more = mine.partition("|")
            against = _keys(theirs.partition("|")[0])
            for word in _keys(own):
                found.setdefault(word, []).append(Side(_keys(own) | _keys(more), against - _keys(own), tight))
    return found


# For each word of a pair: its sides.
OPPOSITES: Final = _sides()
