//! French phrases.

use super::super::model::ReplyKind::{
    Assessment, Confirmation, Interview, Offer, Rejection, Screen,
};
use super::{Language, Phrase, says, unless};

const EVENT: &str =
    r"\b(webinaire|salon|forum|hackathon|sondage|newsletter|atelier|portes ouvertes|evenement)\b";

const PHRASES: &[Phrase] = &[
    says(
        Confirmation,
        &[
            r"\b(avons|ai) bien (recu|enregistre|receptionne) (votre|ta) (\w+ )?(candidature|cv|dossier)\b",
        ],
    ),
    says(
        Confirmation,
        &[
            r"\b(votre|ta) candidature (\w+ ){0,14}(a|est|ete) (\w+ )?(ete )?(\w+ )?(recue|enregistree|prise en compte|transmise|parvenue|envoyee)\b",
        ],
    ),
    says(
        Confirmation,
        &[
            r"\bmerci (\w+ )?(davoir postule|davoir candidate|pour (votre|ta|lenvoi de votre) candidature|de (votre|ta) candidature)\b",
        ],
    ),
    says(
        Confirmation,
        &[r"\bremerci\w+ (\w+ )?(pour|de|davoir) (\w+ ){0,4}(candidature|postule)\b"],
    ),
    says(
        Confirmation,
        &[
            r"\b(accusons reception|accuse de reception|confirmons la reception)\b",
            r"\b(candidature|cv|dossier)\b",
        ],
    ),
    // Non.
    says(
        Rejection,
        &[
            r"\b(n\w*) (\w+ ){0,6}(pas|plus|malheureusement) (\w+ ){0,8}(retenue?s?|retenir|suite favorable|donner suite|poursuivre|selectionne\w*|correspondre?)\b",
            r"\b(candidature|profil|processus|vous|votre|dossier)\b",
        ],
    ),
    says(
        Rejection,
        &[r"\b(suite negative|reponse negative|reponse defavorable|suite defavorable)\b"],
    ),
    says(
        Rejection,
        &[
            r"\b(retenu|choisi|selectionne|choix|opte|privilegie|poursuivre avec|avancer avec)\b",
            r"\b(un autre|une autre|d autres|dautres) (candidat\w*|profil\w*|personne\w*)\b",
        ],
    ),
    says(
        Rejection,
        &[
            r"\b(poste|stage|offre) (\w+ ){0,5}(pourvue?|annulee?|cloturee?)\b",
            r"\b(deja|ete|est|malheureusement)\b",
        ],
    ),
    // Premier échange.
    unless(
        Screen,
        &[
            r"\b(entretien telephonique|echange telephonique|appel telephonique|premier echange|premier appel|court echange|appel decouverte)\b",
            r"\b(inviter|invitons|proposer|proposons|disponibilites|disponible|creneau|creneaux|convenir|planifier|fixer|souhaitons|aimerions|confirme|prevu)\b",
        ],
        EVENT,
    ),
    // Entretiens.
    unless(
        Interview,
        &[
            r"\b(inviter|invitons|convier|convions|proposer|proposons|convoquons|rencontrer|convenir|fixer|planifier|organiser|souhaitons|aimerions|souhaiterions)\b",
            r"\b(d|l)?entretiens?\b",
        ],
        r"\b(webinaire|salon|forum|hackathon|sondage|suite a|apres)\b",
    ),
    unless(
        Interview,
        &[r"\b(d|l)?entretien (\w+ ){0,8}(confirmee?|prevue?|fixee?|planifiee?|programmee?)\b"],
        EVENT,
    ),
    unless(
        Interview,
        &[
            r"\b(disponibilites|disponible|creneaux?)\b",
            r"\b(d|l)?entretien\b",
        ],
        EVENT,
    ),
    unless(
        Interview,
        &[r"^(re )?(invitation|convocation) (\w+ ){0,4}(d|l)?entretien\b"],
        EVENT,
    ),
    // Tests.
    unless(
        Assessment,
        &[
            r"\b(test technique|tests techniques|test en ligne|tests en ligne|exercice technique|evaluation en ligne|evaluation technique|defi technique|test de code|test de programmation|cas pratique|hackerrank|codility|codingame)\b",
            r"\b(realiser|passer|completer|effectuer|inviter|invitons|lien|rendre|prochaine|etape|invitation|remplir|transmettre)\b",
        ],
        r"\b(resultats?|webinaire|sondage|avoir passe|avoir realise)\b",
    ),
    // Oui.
    unless(
        Offer,
        &[
            r"\b(proposer|offrir|proposons|offrons|confirmer|confirmons|plaisir|heureux|heureuse|ravis)\b",
            r"\b(poste|stage|contrat|alternance|embauche|dembauche)\b",
            r"\b(proposer|offrir|proposons|offrons|votre stage|votre embauche|rejoindre|une offre|proposition|prise de)\b",
        ],
        r"\b(pas|dentretien|entretien|malheureusement|candidature a)\b",
    ),
    unless(
        Offer,
        &[
            r"\b(promesse dembauche|proposition dembauche|lettre dengagement|convention de stage|contrat de (stage|travail))\b",
            r"\b(joint|jointe|ci joint|signer|signee?|trouverez|retourner|envoyons)\b",
        ],
        r"\b(pas|malheureusement|exemple)\b",
    ),
];

pub(super) const LANGUAGE: Language = Language {
    name: "French",
    phrases: PHRASES,
    conditional: r"\b(si (votre|ta|vous|tu|nous|elle|le|la|un|celle|celui)|le cas echeant|dans le cas ou|en cas de|au cas ou|eventuel\w*|sans (reponse|retour|nouvelles)|selon les|generalement|pourr\w+ etre (contacte\w*|invite\w*)|pas encore)\b",
    harmless: r"\b(si|en cas de) (vous|tu|votre|ce|cette|cet|ces|aucun|le|besoin) (\w+ ){0,5}(questions?|interesse\w*|convient|conviennent|besoin|empechement|disponible|aide|souhaitez)\b",
    past: r"\b((merci|remerci\w+) (\w+ )?(pour|de|davoir) (\w+ ){0,5}(entretien|lentretien|temps|echange|passe|realise|participation)|(suite a|apres) ((votre|notre|ton|le) (\w+ )?(entretien|echange|test)|lentretien))\b",
    mistake: r"\b(par erreur|ne pas tenir compte)\b",
    noise: r"\b(nouvelles? offres?|offres? demploi|offres pour vous|alerte emploi|newsletter|infolettre|webinaire|code de verification|mot de passe|verifiez votre|finalisez votre candidature|completez votre (profil|candidature)|candidature (incomplete|inachevee))\b",
};
