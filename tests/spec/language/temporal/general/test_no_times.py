"""Figures and names that are no time."""

import pytest

from tests.spec.language.temporal.support import meant

NONE = """
    Il mesure 1,75 m et pèse 70 kg | page 12 | 3 sur 5 | un score de 2 à 1 | tension 12/8 | 38,5 °C | 130 km/h
    06 12 34 56 78 | 75011 Paris | 1 85 05 78 006 084 36 | 1/2 comprimé | Versez 3/4 de litre et 1/2 citron
    2 fois par jour | il a 45 ans | l'appartement 12 | 20 % de remise | la Peugeot 208 | le 3e étage
    au 12 rue des Lilas | la ligne 14 | un T3 de 60 m2 | Il marche vite | une fois sur deux | deux heures de route
    j'ai dormi 8 heures | pendant trois jours | Un trajet de 14 h 30 | La batterie tient 12 heures | le 10 km
    faites le 15 ou le 112 | les 24 Heures du Mans | 24h/24 et 7j/7 | Avril joue du violon | Robinson et Vendredi
    Madame Dimanche et Monsieur Janvier habitent au 7 | la rue du 8-Mai-1945 | dans le Midi | les éditions de Minuit
    du jour au lendemain | la salle des fêtes | Les soldes d'hiver | Soirée déguisée | Les vacances commencent bien
    Le tirage : 3, 12, 24, 30 et le complémentaire 7 | une peine de deux ans | un bébé de 8 mois | en 2000 exemplaires
    Le tram 3 puis le 58 | Le numéro 9 a marqué, le 10 est sorti | Appuyez sur le 3 | Il joue avec le 10 dans le dos
    Vous habitez au 5 ou au 7 ? | Mon casier est le 21, celui de Paul le 22
    Ma fille Avril dort | Nicolas Juillet est là | une gaine de 38 à 40 | une note de 8/10 en maths
    Les yeux : 10/10 et 9/10 | La tension oscille entre 13/8 et 12/7 | Le chien s'appelle Vendredi
    un Mars et deux Kinder | entre 20 et 30 personnes
    Il chante du Sept et du Trois Cafés Gourmands | Le sapin de Noël perd ses aiguilles
    un manteau du Printemps Haussmann
    chercher midi à quatorze heures | un poisson d'avril | 7 jours sur 7 et 24 h sur 24 | la facture F-2025-0412
    le métro Quatre-Septembre | le parking du 4-Septembre | la chanson Lundi matin | il a vu Minuit à Paris
    une prise en 230 V | un mélange à 1:40 | le jour et la nuit | ce n'est pas demain la veille | l'équipe de nuit
    il y a 3000 ans | depuis trente siècles | dans 99999 ans | il y a 999999999 jours
    Le T4 libre est bas | une IRM en T1 et en T2 | dormir 6 à 7 heures par nuit | 25 jours ouvrés | en Midi-Pyrénées
"""


@pytest.mark.parametrize("text", [t.strip() for line in NONE.strip().splitlines() for t in line.split("|")])
def test_nothing_is_read(text: str) -> None:
    assert meant(text) == []
