"""Signs told in other words than the set phrases: what a relative sees, what a child or a foreigner would write."""

import pytest

from releve.language.red_flags import find

FOUND = {
    "chest_pain": [
        "papi se tient la poitrine il est tout gris et en sueur",
        "ça m'écrase le sternum depuis vingt minutes",
        "une barre dans la poitrine ça part dans la mâchoire",
        "il a déjà des stents et là il a une oppression dans le thorax depuis midi",
    ],
    "breathing_difficulty": [
        "elle ne peut plus dire trois mots sans reprendre son souffle",
        "mon bébé tire sur ses côtes pour respirer et refuse le biberon",
        "il est assis au bord du lit, il cherche l'air, ses doigts sont violets",
        "mamie est à 82 de saturation depuis ce matin et elle est essoufflée",
    ],
    "stroke_signs": [
        "ce matin son sourire est parti d'un côté",
        "elle mélange ses mots et son bras droit retombe tout seul",
        "il ne trouve plus ses mots d'un coup, on dirait qu'il a bu",
        "tout à l'heure sa jambe gauche s'est dérobée et la main ne serre plus",
    ],
    "severe_bleeding": [
        "je saigne du nez depuis deux heures sous Eliquis, rien ne l'arrête",
        "la plaie pisse le sang, trois torchons trempés",
        "j'ai vomi un bol de sang ce matin",
        "selles noires et collantes, j'ai failli tomber, je prends du Xarelto",
    ],
    "unconscious_or_seizure": [
        "mon voisin est par terre les yeux fermés il ne réagit pas",
        "ma fille s'est raidie, les yeux en l'air, et maintenant elle dort",
        "mon père vient de faire un malaise dans la salle de bain",
        "il est tout mou et on n'arrive pas à le réveiller",
    ],
    "suicidal": [
        "j'ai sorti la corde du garage, je n'ai plus la force",
        "tout le monde serait soulagé si je n'étais plus là",
        "mon fils a écrit une lettre d'adieu, il dit qu'il veut en finir",
        "j'ai aligné les boîtes de somnifères sur la table, ce soir je dors pour toujours",
    ],
    "severe_allergy": [
        "piqûre d'abeille il y a dix minutes, ses paupières et ses lèvres doublent",
        "depuis le cachet d'antibiotique ma langue épaissit et ma voix change",
        "il a mangé des noix, des plaques partout et il vomit",
    ],
    "pregnancy_emergency": [
        "enceinte de 30 semaines, le bébé ne donne plus de coups depuis hier",
        "à 35 SA j'ai mal à la tête et je vois des mouches",
        "je suis enceinte de six mois, du liquide coule le long de mes jambes",
        "j'ai un retard de règles et une douleur atroce dans le bas ventre",
    ],
    "meningitis_signs": [
        "il a 40 de fièvre et sa nuque est bloquée",
        "des taches violettes qui ne s'effacent pas sous un verre",
        "elle a de la fièvre, vomit et ne supporte pas la lumière",
    ],
    "severe_trauma": [
        "mon fils est tombé d'un arbre, il ne bouge plus les jambes",
        "un scooter l'a renversée, elle a très mal à la hanche",
        "il s'est cogné la tête et depuis il vomit et il somnole",
        "mamie est tombée, sa jambe est toute tournée vers l'extérieur",
        "il a reçu de la javel dans l'œil, il voit flou",
    ],
    "poisoning_overdose": [
        "ma petite a sucé une pastille de lave-vaisselle",
        "on a mangé des champignons du bois et on vomit tous",
        "toute la famille a mal à la tête depuis qu'on a allumé le brasero",
        "il a avalé une plaquette entière de tramadol",
    ],
    "violence_danger": [
        "mon copain m'a étranglée hier, j'ai des marques au cou",
        "il a dit qu'il me tuera si je pars, j'ai peur",
        "mon beau-père vient dans mon lit et il me touche",
        "ne me rappelez pas il écoute, il m'a mis des coups ce matin",
    ],
    "severe_abdominal_pain": [
        "ventre dur comme du béton et je vomis",
        "recroquevillé par terre tellement il a mal au ventre",
        "plus de gaz depuis deux jours, ventre énorme et je vomis vert",
        "il a un anévrisme de l'aorte et d'un coup très mal dans le dos",
    ],
    "sudden_vision_loss": [
        "depuis ce matin je ne vois plus la moitié de l'image avec l'œil gauche",
        "un rideau gris devant l'œil droit d'un coup",
        "mal à la tempe et en mangeant, et ma vue a baissé d'un œil hier",
    ],
    "testicular_pain": [
        "mon ado vomit, il a le testicule remonté et très mal",
        "la bourse gauche a triplé d'un coup",
    ],
    "diabetic_emergency": [
        "ma mère est sous insuline, trempée de sueur et elle répond à côté",
        "son haleine sent l'acétone et il vomit depuis hier",
        "glycémie 0,38, il tremble et voit double",
    ],
    "sepsis_signs": [
        "elle a 39,5, elle ne reconnaît plus personne et ses genoux sont marbrés",
        "sous chimio et 38,7 de fièvre ce matin",
    ],
    "cauda_equina": [
        "sciatique, et depuis hier je ne sens plus quand je m'essuie",
        "mal au dos, mes jambes lâchent et j'ai des fuites d'urine",
    ],
    "post_op_complication": [
        "opéré du genou lundi, mollet dur et je respire mal",
        "depuis ma césarienne il y a six jours la cicatrice s'est rouverte",
        "opérée de la cataracte hier, l'œil rouge et je ne vois plus rien",
    ],
}

NOT_FOUND = [
    "mon chat s'est fait renverser par une voiture, je décale mon rendez-vous",
    "ma chienne convulse, je dois l'emmener chez le vétérinaire",
    "j'ai rêvé que je saignais partout",
    "dans la série il fait une crise cardiaque, ça m'a donné envie d'un bilan",
    "formation premiers secours : arrêt cardiaque et étouffement, vous la faites ?",
    "le questionnaire de santé demande si j'ai déjà eu une perte de connaissance",
    "votre facture me donne une crise cardiaque",
    "à quels signes reconnaît-on une méningite ?",
    "mon oncle a perdu la vue d'un coup, je voudrais un contrôle",
    "mon père a fait un infarctus en 2012, je voudrais un bilan",
    "pas de mal à respirer, juste le nez qui coule",
    "laissez tomber le rendez-vous, la petite dort",
    "je règle par carte bleue, le bébé n'a pas de carte vitale",
    "compte rendu de mon hospitalisation pour embolie pulmonaire",
    "prise de sang à faire à 24 SA, faut-il être à jeun ?",
    "finalement la douleur à la poitrine c'était une côte fêlée",
    "mon mari est aux urgences pour un AVC, je ne viendrai pas jeudi",
    "il me manque trois boîtes de comprimés, pouvez-vous renouveler ?",
    "je fais le pont, on décale la semaine prochaine",
    "vous êtes tombé sur mon répondeur, désolé",
]


@pytest.mark.parametrize(("category", "text"), [(c, t) for c, texts in FOUND.items() for t in texts])
def test_found(category: str, text: str) -> None:
    assert category in {flag.category for flag in find(text)}


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert find(text) == ()


def test_a_hospital_that_has_the_patient_settles_only_its_own_sentence() -> None:
    text = "Mon mari est aux urgences pour un AVC. Et moi j'ai une oppression dans la poitrine depuis ce matin."
    assert [flag.category for flag in find(text)] == ["chest_pain"]


@pytest.mark.parametrize(
    "text",
    [
        "mon père, qui a fait un infarctus en 2012, a une oppression dans la poitrine depuis ce matin",
        "douleur à la poitrine : non urgent ?",
        "j'ai mal à la poitrine, je peux prendre une aspirine ?",
        "Il va mieux. Mais là il ne respire plus.",
    ],
)
def test_when_it_is_not_clear_it_counts(text: str) -> None:
    assert find(text)
