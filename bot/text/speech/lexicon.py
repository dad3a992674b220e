"""Closed classes of English words, and words that tell what kind of thing a noun phrase names."""

from __future__ import annotations

from typing import Final


def words(text: str) -> frozenset[str]:
    """The words of a table written as running text, so that it stays readable and short."""
    return frozenset(text.split())


SUBJECT_PRONOUNS: Final = words(
    "he she they it we i you who one everyone everybody someone somebody nobody anyone"
)
PRONOUNS: Final = SUBJECT_PRONOUNS | words(
    "him her them us me himself herself themselves itself myself this that these those"
)
POSSESSIVES: Final = words("his her its their our my your whose")
DETERMINERS: Final = (
    words(
        "a an the this that these those some many several most all both each every another other no any few "
        "one two three four five six seven eight nine ten dozens hundreds thousands half such what which"
    )
    | POSSESSIVES
)
ARTICLES: Final = words("a an the der die das ein eine le la les un une el los las una")
PREPOSITIONS: Final = words(
    "of in on at to for from with by about into over under against between among during before after since "
    "through throughout around near across behind beyond within without upon via amid despite toward towards "
    "as like than outside inside along regarding concerning including following until unlike above below off "
    "out up down per besides except beneath beside atop alongside versus onto past"
)
CONJUNCTIONS: Final = words(
    "and or but nor yet so because although though while whereas when whenever where wherever if unless "
    "whether that than since after before until once as how why what which who whom whose"
)
SUBORDINATORS: Final = CONJUNCTIONS - words("and or nor yet so")
AUXILIARIES: Final = words(
    "is are was were be been being am has have had having do does did done will would can could may might "
    "must shall should 's 're 've 'd 'll isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't "
    "didn't won't wouldn't can't couldn't cannot isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t doesn’t "
    "don’t didn’t won’t wouldn’t can’t couldn’t"
)
NEGATIONS: Final = words("not never n't n’t")
ADVERBS: Final = words(
    "also then later again still even just now once already soon often sometimes always never not first "
    "recently quickly immediately further further, more too back here there today yesterday tomorrow tonight "
    "ago earlier previously subsequently repeatedly famously simply merely only instead however meanwhile "
    "moreover therefore thus nonetheless nevertheless afterward afterwards likewise perhaps maybe indeed "
    "aloud elsewhere onstage online alone together twice finally eventually rather quite almost nearly so far "
    "long thereafter"
)
NOT_ADVERBS: Final = words(
    "family ally assembly supply reply rally bully early daily weekly monthly yearly only likely elderly "
    "friendly july italy sally emily kelly billy molly holly polly lily ugly deadly costly lonely apply "
    "comply imply rely fly anomaly butterfly monopoly homily jelly belly"
)
WEEKDAYS: Final = words(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
)
MONTHS: Final = words(
    "january february march april may june july august september october november december jan feb mar apr "
    "jun jul aug sept sep oct nov dec"
)
_ABROAD: Final = words(
    "montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi "
    "dimanche lunes martes miércoles jueves viernes sábado domingo"
)
TIME_WORDS: Final = (
    WEEKDAYS
    | MONTHS
    | _ABROAD
    | words(
        "today yesterday tomorrow tonight week weekend month year day morning afternoon evening night noon "
        "midnight hour hours minutes moment time spring summer autumn fall winter days weeks months years"
    )
)
# Titles may stand before a name as a part of it, in capitals or not.
TITLES: Final = words(
    "mr mrs ms miss mx dr prof sir dame lord lady sen sens rep reps gov govs pres president vice prime "
    "minister senator congressman congresswoman representative governor mayor secretary ambassador general "
    "gen col colonel lt lieutenant capt captain maj major sgt sergeant cmdr commander adm admiral cpl "
    "corporal pvt officer detective chief justice judge attorney pope cardinal bishop archbishop rev reverend "
    "father sister brother rabbi imam pastor king queen prince princess emperor sheikh ayatollah chancellor "
    "chairman chairwoman chairperson speaker leader director professor coach deputy assistant undersecretary "
    "commissioner councilman councilwoman councilmember superintendent sheriff spokesman spokeswoman "
    "spokesperson ceo founder co-founder staff whip counsel adviser advisor aide chair co-chair manager "
    "operative consultant pollster lawyer prosecutor columnist commentator writer historian blogger moderator "
    "surrogate delegate lawmaker correspondent analyst strategist reporter editor anchor host author actor "
    "actress singer comedian economist activist republican democrat democratic gop independent former "
    "ex-president first lady candidate nominee frontrunner front-runner councillor councilor referee executive "
    "midfielder striker defender goalkeeper substitute principal headteacher inspector constable brigadier "
    "marshal baroness duke duchess kanzler kanzlerin richter richterin trainer trainerin professorin doktor "
    "forscher forscherin vorsitzende vorsitzender chef chefin"
)
# "Wirtschaftsministerin Petra Kühn": the last parts of German compounds that are titles.
OFFICES: Final = tuple(
    part + ending
    for part in ("minister", "meister", "sprecher", "präsident", "leiter", "direktor", "kommissar", "trainer")
    for ending in ("", "in")
)
COURTESIES: Final = words("mr mrs ms miss mx messrs reps sens govs")
NAME_SUFFIXES: Final = words("jr sr ii iii iv")
NAME_PARTICLES: Final = words(
    "de del della der den di da dos du la le van von bin ibn al el ben abu ter ten y e dela"
)
ORGANISATION_HEADS: Final = words(
    "committee department ministry agency bureau council commission court house senate congress parliament "
    "university college school institute institution foundation association union company corporation corp "
    "inc ltd llc plc group party campaign administration government police army navy force forces bank fund "
    "center centre church times post journal news press magazine network tribune herald guardian observer "
    "gazette chronicle record review daily today organization organisation league federation society club "
    "board office service services embassy white pentagon kremlin coalition alliance team project initiative "
    "industries partners airlines airport hospital museum library street reuters cnn nbc abc cbs fox msnbc "
    "bbc npr ap fbi cia nsa un eu nato who cdc epa irs dnc rnc nra nypd aclu politico bloomberg facebook "
    "twitter google apple microsoft amazon gop republicans democrats republican democratic states nations "
    "kingdom"
)
PLURAL_PEOPLE: Final = words(
    "people officials senators lawmakers republicans democrats conservatives liberals critics supporters "
    "protesters protestors authors researchers scientists experts analysts economists prosecutors lawyers "
    "attorneys police aides advisers advisors sources witnesses voters parents students residents leaders "
    "members activists organizers organisers judges justices justice doctors investigators authorities "
    "editors reporters journalists candidates governors mayors representatives spokesmen fans users opponents "
    "allies friends neighbors neighbours women men children kids families americans christians muslims jews "
    "catholics evangelicals teachers workers employees soldiers veterans troops militants rebels terrorists "
    "diplomats ministers"
)
ABBREVIATIONS: Final = words(
    "mr mrs ms dr prof sen sens rep reps gov govs gen col lt capt maj sgt cmdr adm cpl pvt rev hon st jr sr "
    "jan feb mar apr jun jul aug sept sep oct nov dec u.s u.k u.n a.m p.m vs no inc corp co ltd ave blvd rd "
    "dept est fig d.c e.g i.e etc v calif mass conn ariz ill fla tex wash ore colo minn mich wis tenn ala ark "
    "ga ind kan ky la md mo mont neb nev okla pa va vt w.va wyo del n.y n.j n.c s.c n.d s.d n.h n.m r.i ph.d "
    "m.d b.a m.a supt pres det insp messrs mt ft"
)
