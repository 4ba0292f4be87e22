"""Red flags are found in lay French, whatever the spelling, for the writer and for third persons."""

import pytest

from releve.language.red_flags import find

FOUND = {
    "chest_pain": [
        "J'ai une douleur qui me serre la poitrine depuis une heure",
        "mon mari a très mal au thorax et il transpire beaucoup",
        "jai mal a la poitrine ca descend ds le bras gauche",
        "j'ai comme un étau sur la poitrine et du mal à tenir debout",
        "oppression dans la poitrine depuis ce matin, je suis en sueur",
        "ca me brule derriere le sternum et la machoire me lance, j'ai 58 ans",
        "maman dit qu'elle a un poids sur le coeur et mal dans l'épaule gauche",
        "je crois que mon père fait un infarctus",
        "douleur thoracique en ce moment",
        "j'ai la poitrine qui serre quand je monte l'escalier depuis hier",
    ],
    "breathing_difficulty": [
        "je n'arrive plus à respirer",
        "mon fils respire très vite et ses côtes se creusent",
        "elle a les lèvres bleues et elle cherche son air",
        "j'ai du mal à respirer depuis cette nuit même allongé",
        "jsuis essoufflée au repos jpeux pas finir mes phrases",
        "ma femme s'étouffe avec un morceau de viande",
        "crise d'asthme la ventoline ne fait plus rien",
        "mon bébé fait des pauses respiratoires il devient tout bleu",
        "il a de grosses difficultés respiratoires",
        "gêne respiratoire importante ce matin chez papa",
    ],
    "stroke_signs": [
        "ma mère a le visage qui tombe d'un côté",
        "mon mari ne peut plus lever le bras droit et il parle bizarrement",
        "je sens plus mon côté gauche depuis dix minutes",
        "papi dit des mots sans queue ni tête et sa bouche est tordue",
        "elle n'arrive plus à parler d'un seul coup",
        "perte de force dans la jambe gauche d'un coup ce matin",
        "le pire mal de tête de ma vie, arrivé d'un coup",
        "ma femme est en train de faire un AVC",
        "il bave d'un coté et son bras pend",
    ],
    "severe_bleeding": [
        "je saigne du nez depuis une heure et ça ne s'arrête pas",
        "il s'est coupé avec la tronçonneuse il y a du sang partout",
        "je vomis du sang",
        "mon père crache du sang rouge vif",
        "j'ai des selles noires comme du goudron et la tête qui tourne",
        "la plaie saigne beaucoup malgré le pansement compressif",
        "je remplis une serviette toutes les demi-heures",
        "elle a perdu énormément de sang",
    ],
    "unconscious_or_seizure": [
        "mon fils convulse",
        "il est tombé et ne répond plus",
        "ma grand-mère est inconsciente dans la cuisine",
        "elle a perdu connaissance deux fois ce matin",
        "impossible de le réveiller",
        "ma fille fait une crise d'épilepsie qui dure depuis dix minutes",
        "je me suis évanouie au travail tout à l'heure",
        "il a les yeux révulsés et des secousses dans tout le corps",
    ],
    "suicidal": [
        "je veux mourir",
        "j'ai plus envie de vivre",
        "mon fils parle de se suicider",
        "j'ai des idées noires et peur de passer à l'acte",
        "j'en peux plus je vais me foutre en l'air",
        "je pense à en finir tous les jours",
        "elle a pris des cachets, elle voulait en finir avec la vie",
        "tout le monde serait mieux sans moi",
        "j'ai écrit mes lettres d'adieu",
    ],
    "severe_allergy": [
        "piqué par une guêpe, la gorge qui gonfle",
        "mon fils a mangé une cacahuète, ses lèvres gonflent et il a des plaques partout",
        "sa langue est toute gonflée depuis qu'elle a pris l'antibiotique",
        "je fais une réaction allergique grave",
        "visage gonflé et du mal à avaler après les fruits de mer",
        "urticaire partout et ma voix change, ma gorge se serre",
    ],
    "pregnancy_emergency": [
        "je suis enceinte de 7 mois et je perds du sang",
        "enceinte de 34 semaines je ne sens plus le bébé bouger depuis hier",
        "j'ai perdu les eaux",
        "à 36 SA, gros mal de tête et je vois des étoiles",
        "ma femme est enceinte de huit mois elle a des contractions toutes les 5 minutes",
        "grossesse 12 semaines, saignements et douleurs",
    ],
    "infant_fever": [
        "mon bébé de 2 mois a 38,5",
        "mon bébé de six semaines a trente-neuf de fièvre",
        "ma fille a un mois et demi, elle est brûlante",
        "nourrisson de 20 jours, 38.2 ce matin",
        "il a 5 semaines et il a 38 9",
        "mon nouveau-né a de la fièvre",
        "bb 1 mois 1/2 fievre 38°6",
        "elle a dix semaines et de la température, trente-huit sept",
    ],
    "meningitis_signs": [
        "fièvre à 40, la nuque raide et il ne supporte pas la lumière",
        "ma fille a de la fièvre et des taches violettes qui ne s'effacent pas",
        "39,5 et des petits points rouges foncés sur le ventre qui partent pas quand on appuie",
        "il vomit, mal de tête, il ne peut plus pencher la tête en avant, 39 de fièvre",
    ],
    "severe_trauma": [
        "il est tombé sur la tête et depuis il vomit",
        "ma mère est tombée dans l'escalier elle ne peut plus se relever",
        "chute du toit, il a mal partout",
        "il s'est fait renverser par une voiture",
        "on voit l'os qui sort",
        "accident de moto je sens plus mes jambes",
        "elle s'est renversé de l'eau bouillante sur tout le torse",
    ],
    "poisoning_overdose": [
        "mon fils a bu de la javel",
        "ma fille a avalé une pile bouton",
        "j'ai pris toute la boîte de doliprane",
        "mon petit de 2 ans a mangé les cachets de sa mamie",
        "elle a avalé vingt comprimés de xanax",
        "on a tous mal à la tête et le détecteur de monoxyde sonne",
        "mordu par une vipère",
    ],
    "violence_danger": [
        "mon mari me frappe",
        "mon compagnon m'a étranglée hier soir",
        "mon ex menace de me tuer",
        "j'ai peur de mon conjoint, il est violent",
        "j'ai été violée",
        "le beau-père de ma nièce lui fait des attouchements",
        "je suis en danger chez moi",
    ],
    "severe_abdominal_pain": [
        "mal au ventre atroce je suis pliée en deux",
        "douleur violente au ventre depuis ce matin, ventre dur comme du bois",
        "mon fils se tord de douleur, il a très mal au ventre, en bas à droite",
        "coup de poignard dans le ventre, je vomis",
    ],
    "sudden_vision_loss": [
        "je ne vois plus rien de l'oeil droit depuis ce matin",
        "un voile noir est tombé devant mon œil gauche",
        "j'ai perdu la vue d'un coup d'un côté",
        "baisse brutale de la vision à droite depuis deux heures",
    ],
    "testicular_pain": [
        "mon fils de 14 ans a une douleur brutale au testicule",
        "jai super mal a une couille depuis 2h",
        "testicule gauche gonflé et très douloureux d'un coup",
    ],
    "diabetic_emergency": [
        "mon père diabétique est à 0,40 et il dit n'importe quoi",
        "dextro à 4,5 grammes, il vomit et il a soif",
        "ma fille diabétique a de l'acétone +++ et vomit",
        "glycémie 0.35 il ne répond plus",
    ],
    "sepsis_signs": [
        "fièvre à 40 et elle est complètement confuse",
        "il a de la fièvre, les genoux marbrés et les mains glacées",
        "papa a 39,4, il délire et ne sait plus où il est",
    ],
    "cauda_equina": [
        "mal au dos et je ne sens plus entre les jambes",
        "sciatique et je n'arrive plus à uriner depuis ce matin",
        "lumbago depuis 3 jours et je me fais pipi dessus sans m'en rendre compte",
    ],
    "post_op_complication": [
        "opérée il y a 4 jours, la cicatrice coule du pus et j'ai 39 de fièvre",
        "depuis mon opération du genou j'ai le mollet gonflé et douloureux",
        "la cicatrice de ma césarienne s'est ouverte",
    ],
}


@pytest.mark.parametrize(("category", "text"), [(c, t) for c, texts in FOUND.items() for t in texts])
def test_found(category: str, text: str) -> None:
    assert find(text), text
    assert category in {f.category for f in find(text)}


@pytest.mark.parametrize("text", [t for texts in FOUND.values() for t in texts])
def test_spelling_does_not_matter(text: str) -> None:
    assert find(text.upper()) or not text
    assert find("bonjour " + text.replace("'", "’").replace(",", " "))
