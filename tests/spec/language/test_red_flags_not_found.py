"""What is negated, past, family history, figurative, administrative or general is no red flag."""

import pytest

from releve.language.red_flags import find

NEGATED = [
    "Je tousse un peu, pas de douleur à la poitrine",
    "fatigue mais aucune douleur thoracique ni d'essoufflement",
    "il est tombé sur la tête hier, pas de vomissements, pas de perte de connaissance",
    "je n'ai pas mal à la poitrine, c'est juste un rhume",
    "mon bébé de 2 mois n'a pas de fièvre, c'est pour ses vaccins",
    "elle n'a ni fièvre ni tache sur la peau",
    "sans difficulté à respirer, juste le nez bouché",
    "je n'ai jamais pensé à me suicider, rassurez-vous",
    "enceinte de 5 mois, tout va bien, pas de saignement, pas de contractions",
    "opérée la semaine dernière, pas de fièvre, cicatrice propre",
    "ça ne saigne plus",
    "mal au dos habituel, pas de trouble pour uriner",
    "il n'a pas perdu connaissance",
]
PAST = [
    "J'ai fait un AVC en 2015",
    "j'ai eu un infarctus il y a dix ans, je voudrais un rendez-vous de suivi",
    "l'année dernière j'ai fait une embolie pulmonaire",
    "il avait fait des convulsions quand il était petit",
    "en 2019 j'ai fait une tentative de suicide, je vais bien aujourd'hui",
    "rendez-vous de contrôle après mon infarctus de mars dernier",
    "opéré du cœur en 2012, tout va bien",
    "antécédents : AVC, épilepsie, diabète",
    "fausse couche l'an dernier, je souhaite un suivi",
]
HISTORY = [
    "mon père a fait un AVC et je voudrais un bilan",
    "ma mère est morte d'un infarctus, dois-je faire un dépistage ?",
    "il y a des antécédents familiaux de suicide",
    "dans ma famille on fait des crises cardiaques jeunes",
]
FIGURATIVE = [
    "je suis morte de rire",
    "ça me tue d'attendre deux mois",
    "j'ai failli faire une crise cardiaque en voyant la facture",
    "j'étouffe de chaleur dans votre salle d'attente",
    "merci, vous avez eu un coup de cœur pour nous",
    "j'ai couru pour le bus, je suis essoufflé, j'arrive dans 5 minutes",
]
ADMINISTRATIVE = [
    "je voudrais le compte rendu de mon hospitalisation pour AVC",
    "pouvez-vous remplir mon dossier ALD pour mon infarctus ?",
    "certificat pour mon fils épileptique qui va à la piscine",
    "renouvellement du traitement contre l'épilepsie",
    "PAI pour allergie sévère à l'arachide à faire signer",
    "consultation de suivi de mon asthme, bien équilibré",
    "vaccin contre la méningite pour ma fille",
    "il me faut un rdv pour un frottis",
    "scanner thoracique prévu lundi, faut-il être à jeun ?",
    "radio du thorax à refaire",
]
GENERAL = [
    "Quels sont les signes d'un AVC ?",
    "comment reconnaître une crise d'appendicite ?",
    "faites-vous des formations aux premiers secours pour l'arrêt cardiaque ?",
    "est-ce que le stress peut provoquer un infarctus ?",
    "je fais un exposé sur le suicide chez les jeunes, avez-vous de la documentation ?",
]
PLAIN = [
    "Bonjour, je voudrais un rendez-vous mardi",
    "renouvellement de ma pilule svp",
    "mal à la gorge depuis deux jours",
    "mon fils de 5 ans a 38,5 et tousse",
    "j'ai mal au genou quand je cours",
    "ma fille a des boutons de varicelle",
    "je suis fatiguée depuis un mois",
    "rdv pour bébé 2 mois, vaccins",
    "migraine habituelle, plus de triptan",
    "j'ai 39 ans et je voudrais un bilan",
    "je suis enceinte de 3 mois, je cherche une sage-femme",
    "je suis bloqué dans les bouchons",
    "mon chien a mangé mon ordonnance",
    "code de la porte : 38B, 2e étage",
    "mon numéro est le 06 39 98 38 40",
    "annulez mon rendez-vous de 15h s'il vous plaît",
    "je prends 2 comprimés de doliprane par jour, est-ce trop ?",
    "c'est pour un certificat de boxe",
    "brûlures d'estomac après les repas",
    "mal au ventre pendant les règles, comme d'habitude",
    "ma mère a 82 ans et voudrait le vaccin de la grippe",
    "je suis en retard, j'arrive dans dix minutes",
    "vous êtes ouverts le 15 août ?",
    "tension 14/8 ce matin",
    "mon mari est pompier, il lui faut une visite",
    "peur du dentiste, vous faites du gaz hilarant ?",
]
ALL = {"negated": NEGATED, "past": PAST, "history": HISTORY, "figurative": FIGURATIVE, "administrative": ADMINISTRATIVE,
       "general": GENERAL, "plain": PLAIN}  # fmt: skip


@pytest.mark.parametrize(("why", "text"), [(w, t) for w, texts in ALL.items() for t in texts])
def test_no_red_flag(why: str, text: str) -> None:
    assert find(text) == ()


UNCERTAIN = [
    "en 2015 j'ai fait un AVC et là ça recommence, mon bras est engourdi du côté gauche",
    "pas de fièvre mais mal à la poitrine",
    "comme pour mon infarctus en 2018, j'ai mal à la poitrine",
    "je n'ai pas de fièvre, j'ai du mal à respirer",
    "ma mère est cardiaque, elle a mal à la poitrine ce soir",
    "il n'arrête pas de vomir du sang",
]


@pytest.mark.parametrize("text", UNCERTAIN)
def test_when_scope_is_uncertain_escalate(text: str) -> None:
    assert find(text)
