"""Places and bodies that each language calls otherwise: the names that news translates most often.

Only for telling a translated name from an invented one. A group holds names of one thing, folded.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_GROUPS: Final = """
germany german germans deutschland deutsche deutschen allemagne allemand alemania aleman alemanha germania
usa us america american americans united states vereinigte staaten amerika etats unis estados unidos eeuu eua
uk britain british united kingdom grossbritannien vereinigtes konigreich royaume uni reino unido
england english angleterre inglaterra inghilterra ingleses
scotland schottland ecosse escocia scozia
wales galles gales
france french frankreich francia franca
spain spanish spanien espagne espana espanha spagna
italy italian italien italie italia
austria austrian osterreich autriche
switzerland swiss schweiz suisse suiza suica svizzera
netherlands dutch niederlande pays bas paises bajos holland holanda hollande
sweden swedish schweden suede suecia svezia
norway norwegian norwegen norvege noruega
denmark danish danemark dinamarca
poland polish polen pologne polonia
czechia czech tschechien tchequie chequia
hungary hungarian ungarn hongrie hungria
greece greek griechenland grece grecia
turkey turkish turkei turquie turquia
russia russian russland russie rusia
ukraine ukrainian ucrania
china chinese chine
japan japanese japon japao giappone
korea korean coree corea coreia
egypt egyptian agypten egypte egipto egito
lebanon libanon liban libano
morocco marokko maroc marruecos
brazil brazilian brasilien bresil brasil brasile
european europaische europaischen europaischer europeenne europea europeia union eu ue
nato otan
un onu united nations vereinte vereinten nationen nations unies naciones unidas nacoes unidas
who oms weltgesundheitsorganisation
imf fmi iwf
ecb ezb bce
white house weisses weissen haus maison blanche casa blanca branca
london londres londra
moscow moskau moscou moscu mosca
beijing peking pekin pequim pechino
brussels brussel bruxelles bruselas bruxelas
geneva genf geneve ginebra genebra ginevra
vienna wien vienne viena
warsaw warschau varsovie varsovia
munich munchen monaco
cologne koln
kyiv kiev kiew
"""
_OF: Final = {
    name: frozenset(number for number, group in enumerate(_GROUPS.splitlines()) if name in group.split())
    for name in _GROUPS.split()
}


def has_namesake(word: str, known: Iterable[str]) -> bool:
    """Whether one of the folded words `known` may be another language's name for folded `word`."""
    groups = _OF.get(word)
    return groups is not None and any(groups & _OF.get(other, frozenset()) for other in known)
