"""The tables behind the check of what a statement tells: deeds, words for one thing, words that claim nothing.

English only; a statement or a text in another language is not asked.
"""

from __future__ import annotations

from typing import Final

# What news tells of somebody and a reader acts on. Before "|" the words that tell the deed; behind it the other
# words that a text may have told it in. Where a text has none of a row, it did not tell of the deed.
_DEED_LIST: Final = """
die died dies dying dead perish perished | death deaths deadly fatal fatally fatality fatalities lifeless
succumbed deceased toll mourn mourned mourning funeral corpse drowned kill killed kills killing killings murder
murdered slain shot assassinated executed beheaded suicide obituary memorial homicide widow buried burial
passed, kill killed kills killing slay slain murder murdered murders assassinate assassinated | killer killings
slaying murderer homicide shot shooting assassination execute executed execution massacre massacred behead
beheaded beheading stabbed dead death deaths died manslaughter lynched fatal fatally deadly victim victims
suicide, execute executed | execution killed beheaded death hanged, behead beheaded | beheading killed head
decapitated, injure injured injures wound wounded wounds hospitalized hospitalised | injury injuries hurt harmed
hospital maimed casualties treated, shoot shoots shot | shooting shootings gunfire gunned gunman gunmen gunshot
fire fired bullet bullets killed film filmed photo photographed video, stab stabbed stabs | stabbing knife
knifed knives blade, arrest arrested arrests detain detained detains apprehended | arresting detention custody
captured nabbed seized caught booked jail jailed imprisoned prison handcuffs, jail jailed jails imprison
imprisoned imprisons | prison prisons bars cell sentence sentenced incarcerated inmate custody detained serving
arrested arrest, sentenced | sentence sentencing punished punishment jail jailed prison, acquit acquitted
acquits | acquittal cleared innocent guilty, convict convicted convicts | conviction guilty verdict, charged
indict indicted indicts arraigned | charge charges indictment accused counts count prosecuted prosecutors
prosecution complaint faces facing, sue sued sues | suing suit lawsuit lawsuits litigation court complaint legal
action class, resign resigns resigned | resigning resignation quit quitting step steps stepped stepping leave
leaves left leaving departure depart departs departed exit ouster, quit quits | resign resigned resigns
resignation step stepped leave left leaving departure exit, retire retires retired | retiring retirement final
career, fired sack sacked sacks dismissed oust ousted ousts | fire firing fires dismiss dismisses dismissal
ouster axed terminated termination dropped removed gunfire launch launched missile missiles rocket rockets
flames criticism ejected overthrown toppled coup expelled suspended, suspend suspended suspends | suspension ban
bans banned benched sidelined, hire hired hires appoint appointed appoints | hiring appointment name named
recruit recruited chosen selected, elect elected elects re-elected reelected re-election reelection | election
elections vote voted voters polls ballot won win wins victory, cancel canceled cancelled cancels scrapped |
cancellation scrap abandoned axed postponed, ban banned bans outlaw outlawed outlaws | banning prohibit
prohibited barred forbid forbidden illegal suspended suspension, kidnap kidnapped kidnaps abduct abducted
abducts | kidnapping abduction captive hostage hostages captors missing disappeared captured, escape escaped
escapes | escaping flee flees fled fleeing evade evaded broke avoid avoided survived free fugitive, rescue
rescued rescues | save saves saved saving survivors survive survived pulled freed, evacuate evacuated evacuates
| evacuation flee fled leave left cleared shelter, crash crashed crashes collide collided | crashing collision
wreck wreckage accident plunged, collapse collapsed collapses | collapsing fall fell cave caved ill unconscious
crumble crumbled failure, explode exploded explodes | explosion explosions blast blasts bomb bombs bombing
detonate detonated, burned burnt | burn burns burning fire fires blaze blazes flames flame arson ablaze torched
heat scald, hack hacked hacks | hacking hackers hacker breach breached cyberattack, steal steals stole stolen
rob robbed robs | stealing theft robbery thieves thief burglary looted looting heist missing, rape raped rapes |
rapist rapes assault assaulted sexual sexually molested abuse abused, marry married marries wed weds | marriage
marriages wedding wife husband spouse bride, divorce divorced divorces | split separated separation ex-wife ex-
husband, pregnant | pregnancy expecting baby birth child, apologize apologized apologizes apologise apologised
apologises | apology apologies sorry regret regrets regretted apologetic forgiveness, confess confessed
confesses | confession admit admitted admits acknowledged guilty, deport deported deports | deportation expel
expelled removed extradited, drown drowned drowns | drowning sank sunk, flee fled flees | fleeing escape escaped
left evacuated displaced refugees, surrender surrendered surrenders | custody, bankrupt bankruptcy | insolvent
insolvency debts, donated donates | donate donation donations gift gave gives charity, impeach impeached
impeaches | impeachment, strip stripped | lost removed, win won wins | winning winner winners victory victories
victorious beat beats beaten defeat defeats defeated triumph triumphed champion champions championship title
titles clinch clinched claimed crown crowned award awarded awards earn earned success successful gold medal
trophy elected election edged secured seal sealed takes took thrashed routed, lose lost loses | losing loss
losses defeat defeated defeats beat beaten beating miss missed missing shed won, guilty | convict convicted
conviction verdict plead pleaded pleads pleading admitted admits admit, fined | fine fines penalty penalties
damages, promoted promotes | promote promotion named appointed new rank, hospitalised hospitalized | hospital
injured ill sick treated, withdrew withdrawn withdraws | withdraw withdrawal pull pulled pulls quit dropped drop
leave left leaving exit, demoted | demotion, extradited | extradition extradite deported sent, vetoed vetoes |
veto rejected blocked, disqualified | disqualify disqualification banned, poisoned | poison poisoning toxic,
bribed | bribe bribes bribery corruption, tortured | torture abuse abused beaten, disappeared vanished vanishes
| missing disappear disappearance vanish lost search whereabouts
"""

# Other words that a reworded statement may have in each other's place; a word may stand in several rows.
_ALIKE_LIST: Final = """
attack attacks attacked attacking assault assaulted assaults raid raided strike struck strikes offensive ambush
bombing hit hits target targeted, release releases released freed free bail set, accuse accuses accused accusing
accusation accusations allege alleged alleges allegedly allegation allegations blamed claims claim said says,
plead pleads pleaded pled plea, rule rules ruled ruling judgment decision judge court, appeal appeals appealed,
postpone postponed delay delays delayed delaying put, survive survives survived survivor survivors alive, admit
admits admitted admitting admission confess confesses confessed confession acknowledge acknowledged acknowledges
concede conceded, deny denies denied denying denial reject rejected rejects refute refuted dismisses dismissed,
criticize criticizes criticized criticise criticised criticism critics slam slams slammed blast blasted blasts
condemn condemns condemned condemnation denounce denounced denounces rebuke rebuked decry backlash outrage,
praise praises praised praising hail hailed hails laud lauded applaud applauded compliment tribute, warn warns
warned warning warnings caution cautioned alert, threaten threatens threatened threat threats, demand demands
demanded call calls called urge urges urged ask asks asked, protest protests protested protesters demonstrate
demonstrated demonstration demonstrations demonstrators rally rallies march marched rioted riot, agree agrees
agreed agreement deal deals accord pact sign signed treaty, sign signs signed signing signature, announce
announces announced announcement unveil unveils unveiled reveal reveals revealed declare declared declares said
says tell told disclose disclosed confirm confirmed, launch launches launched launching start starts started
begin begins began introduce introduced kick unveil roll rolled, begin begins began begun beginning start starts
started starting open opens opened launch underway commence since first, end ends ended ending stop stops
stopped finish finishes finished over halt halted final last conclude concluded, open opens opened opening
inaugurate inaugurated unveiled start, close closes closed closing closure shut shuts shutter shuttered
shutdown, build builds built building construct constructed construction erect erected, buy buys bought buying
buyer purchase purchases purchased acquire acquires acquired acquisition takeover deal paid, sell sells sold
selling seller sale sales auction auctioned, cost costs price priced prices worth pay paid spend, pay pays paid
paying payment spend spends spent spending fund funds funded funding money cost cash finance, fine fines fined
fining penalty penalties, rise rises rose risen rising increase increases increased increasing climb climbs
climbed grow grows grew growth growing jump jumps jumped soar soared surge surged up higher more spike gained,
fall falls fell fallen falling drop drops dropped decline declines declined decrease decreased plunge plunged
sink sank slump slumped slip slipped down lower less tumble tumbled fewer shrink, cut cuts cutting reduce
reduces reduced reduction slash slashed trim trimmed lower lowered, raise raises raised raising increase
increased lift lifted boost boosted hike, help helps helped helping aid aids aided assist assists assisted
assistance support supports supported, help helps helped allow let enable, support supports supported supporter
supporters back backs backed backing endorse endorsed endorses endorsement favor favour, oppose opposes opposed
opposing opposition against object objects objected resist, approve approves approved approval pass passes
passed adopt adopted accept accepted okay greenlight authorized, reject rejects rejected rejection refuse
refused refuses decline declined veto vetoed turned denied rebuff, refuse refuses refused refusal decline
declines declined won't reject, meet meets met meeting meetings talk talks summit gather gathered gathering
visit visited, visit visits visited visiting visitor trip travel travels travelled traveled toured tour arrive
arrived came went, arrive arrives arrived arrival come came reach reached land landed, leave leaves left leaving
depart departs departed departure exit go goes went gone, return returns returned returning back comeback home
resume resumed, travel travels traveled travelled traveling trip journey fly flew flown flight go went visit
tour road, move moves moved moving relocate relocated transfer transferred shift shifted switch switched, play
plays played playing player players game match appear appeared perform star, star stars starred starring actor
actress cast role play plays played lead, perform performs performed performance sing sang concert gig show,
score scores scored scoring goal goals net netted hit struck header point points, make makes made making maker
create creates created creation produce produced build built, find finds found finding discover discovers
discovered discovery uncover uncovered locate located recover recovered spot spotted detect, search searches
searched searching hunt hunts hunted manhunt look looking seek seeking sought, investigate investigates
investigated investigating investigation investigators probe probes inquiry examine examined look looking
inquest, show shows showed shown showing demonstrate reveal revealed video display depict depicted see seen
footage, say says said saying tell tells told state stated claims claimed according report reports reported
statement comment, think thinks thought believe believes believed feel feels felt view opinion, believe believes
believed belief think thinks thought suspect suspected, want wants wanted wanting wish wishes wished hope hopes
seek seeks sought need like desire would, plan plans planned planning intend intends intended will going prepare
prepared aim aims set scheduled, try tries tried trying attempt attempts attempted effort efforts seek sought
bid, need needs needed require requires required must, use uses used using utilize employ deploy deployed,
change changes changed changing alter altered transform transformed shift shifted different overhaul reform
revise revised, send sends sent sending dispatch dispatched deliver deployed mail, take takes took taken taking
seize seized grab grabbed bring brought, bring brings brought bringing take took carry carried deliver
delivered, give gives gave given giving grant grants granted offer offers offered provide provided provides
award awarded hand handed donate, get gets got receive receives received obtain earn earned, receive receives
received get gets got given gave awarded earn earned, offer offers offered give gave propose proposed provide
provided, provide provides provided give gives gave supply supplied offer, hold holds held holding host hosts
hosted stage staged, keep keeps kept keeping remain remains stay stays stayed continue retain maintain, remain
remains remained stay stays stayed still continue continues continued keep kept, continue continues continued
still remain keep kept resume, lead leads led leading leader leaders head heads headed top chief boss run runs
front, run runs ran running operate operates operated campaign bid candidate, race races raced racing driver
compete competed, follow follows followed following after pursue pursued chase, chase chases chased pursuit
pursue pursued follow, fight fights fought fighting battle battles battled combat clash clashed war, clash
clashes clashed fight fought battle fighting, defend defends defended defending defense defence protect
protected, protect protects protected protecting protection defend guard safeguard safe, destroy destroys
destroyed destroying destruction demolish demolished wreck razed ruin ruined damage damaged flattened
devastated, damage damages damaged destroy destroyed wreck hurt, hit hits hitting strike strikes struck slam
slammed crash, beat beats beaten beating batter punched thrash defeat win, break breaks broke broken breaking
smash smashed record shatter shattered, teach teaches taught teacher teachers educate school lesson, study
studies studied research researchers report survey scientists, write writes wrote written writing author writer
book letter blog tweet post, post posts posted posting tweet tweets tweeted share shared upload uploaded online
wrote instagram facebook twitter, say says said tweet tweeted write wrote, speak speaks spoke spoken speaking
talk talks talked address addressed speech say said tell, discuss discusses discussed discussion talk talks
talked, talk talks talked talking speak spoke discuss conversation, decide decides decided decision choose chose
chosen opt opted resolve, choose chooses chose chosen pick picks picked select selected decide choice, order
orders ordered command commanded mandate told direct directed, force forces forced forcing compel compelled,
spread spreads spreading expand expanded viral, become becomes became turn turned now, live lives lived living
resident residents home reside resides, own owns owned owner owners belong belongs possess, wear wears wore worn
dress dressed clothes outfit, drink drinks drank drunk alcohol, drive drives drove driven driver car, fly flies
flew flown flight plane pilot aircraft jet, build builds built, treat treats treated treatment therapy care
hospital cure, diagnose diagnosed diagnosis disease cancer illness sick, ill sick illness disease unwell,
recover recovers recovered recovery heal better, test tests tested testing trial, learn learns learned lesson
find discover know, know knows knew known aware learn, fear fears feared afraid worry worried concern concerns
concerned scared, concern concerns concerned worry worried fear fears, hope hopes hoped hopeful optimistic want,
celebrate celebrates celebrated celebration party mark marked anniversary honor honour, honor honors honored
honour honoured award awarded tribute recognize recognized celebrate, mark marks marked celebrate anniversary
commemorate, join joins joined joining member part sign, unite united unites together, cause causes caused
causing lead led result resulted trigger triggered because prompt prompted, prompt prompts prompted cause caused
trigger spark sparked lead, spark sparks sparked trigger cause prompt prompted ignite, blame blames blamed fault
responsible responsibility accuse, face faces faced facing confront threat risk charge, compare compares
compared comparison like likened, increase increases increased boost more, debut debuts debuted premiere
premieres premiered first launch, release releases released publish published issue issued out, publish
publishes published release released print, cover covers covered covering, name names named call called dub
dubbed identify identified known, identify identifies identified name named, call calls called phone phoned
telephone dial name describe described, describe describes described call called say said, land lands landed
touch arrive, hide hides hid hidden hiding conceal concealed, catch catches caught capture captured, capture
captures captured catch caught seize seized take taken, invade invades invaded invasion, occupy occupies
occupied occupation, withdraw withdraws withdrew withdrawn withdrawal pull pulled pulls drop dropped leave left,
expel expels expelled expulsion kick kicked removed deport, inspire inspires inspired inspiration, struggle
struggles struggled difficulty difficult hard fail, fail fails failed failing failure unable lost miss missed,
succeed succeeds succeeded success successful replace, replace replaces replaced replacement succeed succeeds
successor, ease eases eased relax relaxed soften, spend spends spent, question questions questioned questioning
ask asked interrogate interrogated doubt interview, ask asks asked asking question request requested, answer
answers answered reply replied respond response, respond responds responded response react reaction answer
reply, react reacts reacted reaction response respond, consider considers considered think mull weigh, suffer
suffers suffered pain hurt, feature features featured include show, include includes included including among,
film films filmed movie movies cinema, movie movies film films, child children kid kids son daughter boy girl
baby toddler teen teenager youth, woman women female lady girl mother, man men male guy boy, mother mothers mom
mum parent parents, father fathers dad parent parents, police officer officers cop cops authorities detective
detectives sheriff, official officials authorities government spokesman minister, doctor doctors physician
physicians medical surgeon, car cars vehicle vehicles auto automobile driver, plane planes aircraft jet airliner
flight airplane airline, ship ships boat vessel cruise, home homes house houses residence apartment, money cash
funds dollars millions, company companies firm firms business corporation, student students pupil pupils school
college university, team teams side club squad, country countries nation nations state, soldier soldiers troops
military army forces, weapon weapons gun guns arms rifle, storm storms hurricane typhoon cyclone tornado,
picture pictures photo photos photograph photographs image images, president presidential leader, lawyer lawyers
attorney attorneys counsel, cheer cheers cheered thrilled happy delighted excited pleased, throw throws threw
thrown toss tossed tosses hurl hurled, photographer photographers photo photos picture pictures image, walk
walks walked walking stroll, remark remarks comment comments said, happen happens happened incident occur
occurred took, toss tossed expelled kicked thrown, vow vows vowed promise promised promises pledge pledged
pledges swear swore said, kin relative relatives family descendant descendants cousin, notch notches notched
record recorded earn earned win won, bloom blooms flower flowers blossom blossoms, enjoy enjoys enjoyed like
loved fun, favorite favourite popular love beloved, artwork sculpture sculptures statue painting art, equalize
equalized equaliser equalizer level levelled, dominate dominates dominated domination dominant won wins win top
leader leaders, sponsor sponsors sponsored funded funds backed organised organized support supports, hit hits
success smash popular, battle battling battled competing compete rivals rival, destroy destroys destroyed rout
routed crush crushed thrash thrashed beat beats hammer hammered hammers, inspire inspired inspires based,
support supports supported donor donors endorsement endorse backing backers, exchange exchanges exchanged swap
swapped trade traded share shared, disagree disagrees disagreement differ differs dispute disputed divided
divide, premiere premieres premiered airs aired debut debuts opens opened, led leads leader president head
commander captain, skip skips skipped miss missed boycott boycotted absent
"""

# Words that a writer adds by habit: how, how many, how near. That one of them stands nowhere tells nothing.
_VAGUE_LIST: Final = """
people person someone somebody everyone something part parts big large small great huge giant slight new old
young next past former current recent late early twice day days week weeks month months year years time times
today tonight source sources story stories include includes included including involve involved involves happen
happens happened come comes came follow follows following followed despite amid help helps helped helping try
tries trying tried become becomes key major main top leading additional numerous several multiple various
different other another further whole full own real true real close closer extreme strong hard easy good best
better bad worse worst important significant serious severe controversial alleged suspected mid re ex self half
end ends start way ways bit lot set due number numbers group groups series issue issues matter matters case
cases fact idea event events place places area areas use uses used using show shows showed look looks looked
seem seems keep keeps kept need needs needed want wants wanted know known knows get gets got give gives gave
face faces despite via per amid currently finally note notes noted word words act acts name names named call
calls called made remain remains remained continue continues continued page feature features featured focus
focuses focused walk walked walks second third means mean meant material heard hear hears prepare preparing aim
aims blame also make makes surprise appearance
"""


def _rows(words: str) -> list[str]:
    return [" ".join(row.split()) for row in words.split(",")]


DEEDS: Final = tuple(_rows(_DEED_LIST))
ALIKE: Final = tuple(_rows(_ALIKE_LIST))
VAGUE: Final = frozenset(_VAGUE_LIST.split())
