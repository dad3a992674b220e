"""The tables behind the check of names: ordinary words that open a news sentence, and names of one place."""

from __future__ import annotations

from typing import Final

_STARTER_LIST: Final = """
abductors absent access accounts actions activists actor actors actress additional additionally advocates
afterwards agents agreement aid airlines airports allegations allies ambassadors amid analysts angry animals
apparently appeals architects arguments armed army around arrests artists assailants athletes attackers attacks
attorneys audiences author authorities authors banks bars bidders billions biologists bodies bombs border bosses
both boys brothers budget builders buildings business buyers campaigners camps captors cars cases cattle
celebrities certain champions chances changes charges charities chiefs children churches cities citizens
civilians claims clashes climate closing clubs coaches coal colleagues commanders communities commuters
companies company competition competitors complaints concerns conditions conservationists construction consumers
contractors controversial cooperation costs councillors counsel countries county couples courts coverage
creditors crew crews crime critics crops crowds current currently customers cuts damage data daughters dealers
death deaths debate debts decades defence defenders defense delays delegates demand democracy demonstrators
deputies designers despite details developers development different difficult diplomats direct directors
discussions diseases disputes doctors donations donors doubts dozens drivers drones drought due earlier early
economic economists editors education elderly elections electricity emergency employees employers energy
engineers entire environmental equipment especially eventually ever everyone everything evidence exactly
executives experts exports eyewitnesses factories failure fake families fans farmers farms fears federal fees
female ferries fewer fighters fighting fights figures final finally financial finding findings fire firefighters
fires firms fishermen flights flooding floods followers food foreign formal former fortunately founders four
free fresh friends fuel full funding funds further future gangs gas general girls global goods government
governments group groups growing guards guardsmen guests gunmen half headteacher health heavy help high higher
historians holders homeowners homes hopefully hospitals hostages hotels hours households houses housing hundreds
hunters husbands immediate immigrants immigration imports improved incidents income increased indeed independent
individuals industry inflation information initially injured injuries inmates inspectors instructors insurance
insurers intelligence interest international internet interviews investigators investment investors issues jobs
journalists judges juries jurors keepers key kidnappers labor labour landlords landowners large larger last late
later latest lawmakers laws lawyers leaders leadership leading leaks learning least legal legendary legislation
legislators lenders letters librarians link links loans local long loss losses lovers lower mail main
maintenance major makers managers manufacturers many markets married material materials mayors meanwhile
measures media medics meet meetings members men merchants messages migrants military miners ministers minor
minutes missing mobile models moderate mom moments money months more mothers motorists mountains movies murder
musicians names national nature nearby nearly negotiations negotiators neighbors neighbours neither never
nevertheless new news newspapers next night nobody none nothing nuclear numbers numerous nurses observers
offenders officers officials oil older ongoing opinion opinions opponents opposing opposition orders
organisations organisers organizations organizers original originally others outside overall overnight owners
painters panels papers parents parliament participants parties partners parts passengers past patients patrols
pay payments peace pedestrians pensioners people petitions phone photographers photographs physicians pilots
pirates planes planners plans plants players plenty poachers poets police political politicians polling
pollution poor popular ports poverty power powerful practically preliminary president pressure previous
previously prices prior prisoners private production products professor professors profits projects proof
property proposals prosecutors proteins protesters protests proud public publishers pupils quality questions
radical rain rates reactions readers rebels recent recently record recovery reforms refugees regional regular
regulators reigning relations relatively relatives religion religious remaining rents repairs reporters reports
representatives rescue rescued rescuers research researchers residents resistance response restaurants results
retailers returning revenue riders riots rising rivals rivers roads role roughly rules rumors rumours runners
rural safety sailors sales sanctions satellite scholars schools scientists score scouts search seats security
sellers senators sending senior separate serious services settlers several sexual shareholders shares shelling
shelters ships shoppers shops shortages shots show signs similar similarly singers sisters situation skeptics
small smaller snow social society software soil soldiers solitary some sons soon sources specialists speculation
speed spending spokesman spokespeople sports spring squads staff staffers state stations statistics stocks
storms strikes strong students studies subscribers subsequently success suddenly suppliers supplies support
supporters surgeons surprisingly surveys survivors suspects swimmers talks tariffs taxes taxpayers teachers
teams teenagers television tenants tennis tens tensions terms terrorists tests theaters theatres theft thousands
threats tickets times together top tourism tourists towns toys trade traders traffic trains transport travel
travelers travellers trees trials tribes troops trucks trustees twins two typically uncertainty undercover
unemployment unions universities unknown unlike updates urban use users using usually vaccines vehicles vessels
veterans victims victory video videos viewers villagers villages violence violent visitors volunteers voters
votes wages walls war wardens warnings water wealthy weapons weather weekend weeks whistleblowers wider wildlife
winds winners winter witnesses wives women wood work workers working workmen workshops world writers yearly
years young younger
"""
STARTERS: Final = frozenset(_STARTER_LIST.split())

# Names that stand for each other, and peoples whose name is not their country's with an ending.
_SAME_LIST: Final = (
    "us usa america american americans united-states",
    "uk britain british briton britons united-kingdom",
    "un united-nations",
    "eu european-union",
    "uae emirati united-arab-emirates",
    "france french",
    "netherlands dutch holland",
    "greece greek greeks",
    "spain spanish spaniard",
    "switzerland swiss",
    "denmark danish danes",
    "wales welsh",
    "thailand thai",
    "turkey turkish turkiye turks",
    "poland polish poles",
    "ireland irish",
    "scotland scottish scots",
    "england english",
    "sweden swedish swedes",
    "finland finnish finns",
    "philippines filipino filipinos",
    "china chinese",
    "germany german germans",
    "portugal portuguese",
    "ukraine ukrainian ukrainians",
    "norway norwegian norwegians",
    "iceland icelandic",
    "cyprus cypriot",
    "peru peruvian",
    "czechia czech czechs",
    "hungary hungarian",
    "myanmar burma burmese",
)
SAME: Final = {
    part: frozenset(group.split()) for group in _SAME_LIST for name in group.split() for part in name.split("-")
}
