"""German, French, Portuguese and Spanish: their words of time in English ones, and word orders that English lacks.

A text in one of these languages is read with its words swapped for the English ones of these tables; a word that
is not in the table is no word of time there ("Fall" is no autumn in German). So one grammar serves all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Language(NamedTuple):
    """`words` maps lower-case words to English ones; `rules` are in pattern.py's notation, over English words."""

    words: Mapping[str, str]
    rules: str


def _table(text: str) -> dict[str, str]:
    """Rows `english: word word`, by word."""
    rows = (line.partition(":") for line in text.strip().splitlines())
    return {word: english.strip() for english, _, words in rows for word in words.split()}


_RULES = """
day = ( WD COMMA? )? ( the )? dmy:( DAYNUM | ORDNUM ) PERIOD? ( of )?
    dmon:( MON ) ( ( of | COMMA )? dyr:( YEAR ) )?
day = ( the )? wd:( WEEKDAY ) shift:( LAST | NEXT )
month = mon:( MON ) of yr:( YEAR )
month = ( at )? stage:( early | late | mid HYPHEN? ) ( of )? mon:( MON ) ( of )? yr:( YEAR )?
year = ( the )? year yr:( YEAR )
year = ( at )? stage:( early | late | mid HYPHEN? ) ( of )? yr:( YEAR )
relative = ( the )? unit:( BIGUNIT ) shift:( LAST | NEXT )
season = ( the )? sea:( SEASON ) shift:( last | past | next )
season = ( the )? sea:( SEASON ) of yr:( YEAR )
ago = dir:( ago ) num:( NUM | a | VAGUE ) unit:( UNIT | UNITS )
duration = num:( NUM | a | VAGUE ) unit:( UNIT | UNITS )
decade = ( the )? ( years | decade ( of )? ) dec:( YEAR )
decade = ( the )? dec:( DECADE ) ( years | year )?
"""

_GERMAN = """
monday: montag montags
tuesday: dienstag
wednesday: mittwoch
thursday: donnerstag
friday: freitag
saturday: samstag sonnabend
sunday: sonntag
january: januar jänner
february: februar
march: märz
april: april
may: mai
june: juni
july: juli
august: august
september: september
october: oktober
november: november
december: dezember
spring: frühling frühjahr
summer: sommer
autumn: herbst
winter: winter
today: heute
yesterday: gestern
tomorrow: morgen
now: jetzt derzeit
recently: kürzlich neulich
last: letzte letzten letzter letztes letztem vergangene vergangenen vergangener vergangenes vorige vorigen
next: nächste nächsten nächster nächstes nächstem kommende kommenden kommender kommendes
this: diese diesen dieser dieses diesem
each: jede jeden jeder jedes
day: tag tages
days: tage tagen
week: woche
weeks: wochen
month: monat monats
months: monate monaten
year: jahr jahres jahre
years: jahren
decade: jahrzehnt
decades: jahrzehnte jahrzehnten
century: jahrhundert
hour: stunde
hours: stunden
minutes: minuten
weekend: wochenende
ago: vor
since: seit
in: in im am
until: bis
the: der die das dem den des
of: von
and: und
early: anfang
mid: mitte
late: ende
a: ein eine einen einem einer eines
two: zwei
three: drei
four: vier
five: fünf
six: sechs
seven: sieben
eight: acht
nine: neun
ten: zehn
eleven: elf
twelve: zwölf
several: mehrere mehreren
few: wenige wenigen einige einigen
daily: täglich
annually: jährlich
will: wird werden soll sollen will wollen
was: war waren wurde wurden hatte hatten hat haben sagte teilte erklärte
"""

_FRENCH = """
monday: lundi
tuesday: mardi
wednesday: mercredi
thursday: jeudi
friday: vendredi
saturday: samedi
sunday: dimanche
january: janvier
february: février
march: mars
april: avril
may: mai
june: juin
july: juillet
august: août
september: septembre
october: octobre
november: novembre
december: décembre
spring: printemps
autumn: automne
winter: hiver
today: aujourd'hui aujourd’hui
yesterday: hier
tomorrow: demain
now: maintenant actuellement
recently: récemment
last: dernier dernière derniers dernières passé passée
next: prochain prochaine prochains prochaines
this: ce cet cette
each: chaque
day: jour
days: jours
week: semaine
weeks: semaines
month: mois
year: an année
years: ans années
decade: décennie
decades: décennies
century: siècle
hour: heure
hours: heures
minutes: minutes
weekend: week-end
since: depuis
in: en dans
until: jusqu jusque
by: avant
the: le la les l
of: de du des d
and: et
at: à
early: début
mid: mi
late: fin
a: un une
two: deux
three: trois
four: quatre
five: cinq
six: six
seven: sept
eight: huit
nine: neuf
ten: dix
eleven: onze
twelve: douze
several: plusieurs
few: quelques
daily: quotidiennement
annually: annuellement
will: sera seront va vont aura auront doit doivent
was: était étaient avait avaient ont fut déclaré annoncé dit
il: il
y: y
have: a
"""

_SPANISH = """
monday: lunes
tuesday: martes
wednesday: miércoles
thursday: jueves
friday: viernes
saturday: sábado
sunday: domingo
january: enero
february: febrero
march: marzo
april: abril
may: mayo
june: junio
july: julio
august: agosto
september: septiembre setiembre
october: octubre
november: noviembre
december: diciembre
spring: primavera
summer: verano
autumn: otoño
winter: invierno
today: hoy
yesterday: ayer
tomorrow: mañana
now: ahora actualmente
recently: recientemente
last: último última pasado pasada pasados pasadas
next: próximo próxima próximos próximas
this: este esta
each: cada
day: día
days: días
week: semana
weeks: semanas
month: mes
months: meses
year: año
years: años
decade: década
decades: décadas
century: siglo
hour: hora
hours: horas
minutes: minutos
since: desde
in: en
until: hasta
the: el la los las
of: de del
and: y
at: a
early: principios comienzos
mid: mediados
late: finales fines
a: un una
two: dos
three: tres
four: cuatro
five: cinco
six: seis
seven: siete
eight: ocho
nine: nueve
ten: diez
eleven: once
twelve: doce
several: varios varias
few: pocos pocas unos unas
ago: hace
daily: diariamente
annually: anualmente
will: será serán va van habrá deberá
was: fue fueron era eran había dijo anunció declaró
"""

_PORTUGUESE = """
monday: segunda-feira segundas-feiras
tuesday: terça-feira terças-feiras
wednesday: quarta-feira quartas-feiras
thursday: quinta-feira quintas-feiras
friday: sexta-feira sextas-feiras
saturday: sábado sábados
sunday: domingo domingos
january: janeiro
february: fevereiro
march: março
april: abril
may: maio
june: junho
july: julho
august: agosto
september: setembro
october: outubro
november: novembro
december: dezembro
spring: primavera
summer: verão
autumn: outono
winter: inverno
today: hoje
yesterday: ontem
tomorrow: amanhã
now: agora atualmente
recently: recentemente
last: último última passado passada passados passadas
next: próximo próxima próximos próximas
this: este esta neste nesta
each: cada
day: dia
days: dias
week: semana
weeks: semanas
month: mês
months: meses
year: ano
years: anos
decade: década
decades: décadas
century: século
hour: hora
hours: horas
minutes: minutos
since: desde
in: em no na
until: até
the: o a os as
of: de do da
and: e
at: à às ao
early: início começo
mid: meados
late: fim final
a: um uma
two: dois duas
three: três
four: quatro
five: cinco
six: seis
seven: sete
eight: oito
nine: nove
ten: dez
eleven: onze
twelve: doze
several: vários várias
few: poucos poucas alguns algumas
ago: há
daily: diariamente
annually: anualmente
will: será serão vai vão deve deverá
was: foi foram era eram tinha disse anunciou declarou informou
"""

_FRENCH_RULES = """
ago = dir:( il y have ) num:( NUM | a | VAGUE ) unit:( UNIT | UNITS | month )
duration = num:( NUM | a | VAGUE ) unit:( month )
"""

LANGUAGES: Mapping[str, Language] = {
    "de": Language(_table(_GERMAN), _RULES),
    "fr": Language(_table(_FRENCH), _RULES + _FRENCH_RULES.lstrip()),
    "es": Language(_table(_SPANISH), _RULES),
    "pt": Language(_table(_PORTUGUESE), _RULES),
}
