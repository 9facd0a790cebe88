//! German phrases.

use super::super::model::ReplyKind::{
    Assessment, Confirmation, Interview, Offer, Rejection, Screen,
};
use super::{Language, Phrase, says, unless};

const EVENT: &str = r"\b(webinar|karrieretag|messe|hackathon|umfrage|newsletter|infoabend|workshop|tag der offenen tur)\b";

const PHRASES: &[Phrase] = &[
    says(
        Confirmation,
        &[
            r"\b((vielen|herzlichen|besten) dank|danke|bedanken uns|wir danken ihnen|wir danken dir) (\w+ )?fur (\w+ ){0,4}(bewerbung|bewerbungsunterlagen|onlinebewerbung|online bewerbung)\b",
        ],
    ),
    says(
        Confirmation,
        &[
            r"\b(ihre|deine|eure) (\w+ ){0,4}(bewerbung|bewerbungsunterlagen|unterlagen) (\w+ ){0,10}(erhalten|eingegangen|angekommen|eingetroffen|ubermittelt|versendet)\b",
        ],
    ),
    says(
        Confirmation,
        &[
            r"\b(eingangsbestatigung|eingang (ihrer|deiner) (\w+ )?bewerbung|bestatigen (\w+ ){0,4}eingang)\b",
        ],
    ),
    // Nein.
    unless(
        Rejection,
        &[
            r"\bnicht (\w+ ){0,4}(berucksichtigen|berucksichtigt|entsprechen|anbieten|zusagen|weiterverfolgen|weiter verfolgen|fortsetzen|fortfuhren|weiterkommen|einladen|ausgewahlt|in betracht)\b",
            r"\b(leider|bedauern|bedauerlicherweise|mussen|konnen wir|haben uns|wurdest|wurden|mitteilen|mitzuteilen)\b",
        ],
        r"\b(ruckfragen|anlagen|anhange|telefonisch)\b",
    ),
    says(
        Rejection,
        &[
            r"\b(andere|anderen|anderer|mitbewerber|mitbewerberin|mitbewerbern|mitbewerbende)\b",
            r"\bentschieden\b",
        ],
    ),
    unless(
        Rejection,
        &[
            r"\b(absage|absagen)\b",
            r"\b(leider|mussen|bedauern|ihnen|dir|erteilen)\b",
        ],
        r"\b(termin|gesprach|interview|veranstaltung|treffen|meeting|kein|keine)\b",
    ),
    says(
        Rejection,
        &[
            r"\b(stelle|position|praktikum|praktikumsplatz|praktikumsstelle|vakanz|platz|ausschreibung) (\w+ ){0,5}(besetzt|vergeben|zuruckgezogen)\b",
            r"\b(bereits|inzwischen|mittlerweile|schon|anderweitig|leider|wurde)\b",
        ],
    ),
    says(Rejection, &[r"\bnicht in die (engere|nahere) (aus)?wahl\b"]),
    says(
        Rejection,
        &[
            r"\b(keine positive|keinen positiven|keine zusage|kein angebot)\b",
            r"\b(leider|konnen|bedauern|mussen)\b",
        ],
    ),
    // Erstes Telefonat.
    unless(
        Screen,
        &[
            r"\b(telefoninterview|telefongesprach|telefonat|telefonisches|telefonischen|kennenlerngesprach|erstgesprach|kurzen anruf|kurzes gesprach)\b",
            r"\b(einladen|laden|eingeladen|einladung|vereinbaren|termin|wurden|gerne|gern|bestatigen|bestatigt)\b",
        ],
        EVENT,
    ),
    // Gespräche.
    unless(
        Interview,
        &[
            r"\b(laden|lade|einladen|einladung|eingeladen|freuen|wurden|mochten)\b",
            r"\b(vorstellungsgesprach|bewerbungsgesprach|interview|videointerview|zweitgesprach|personlichen gesprach|personliches gesprach|gesprach|kennenlernen|probearbeitstag|probetag)\b",
            r"\b(einladen|laden|eingeladen|einladung|vereinbaren|einzuladen)\b",
        ],
        EVENT,
    ),
    unless(
        Interview,
        &[
            r"\b(termin|terminvorschlag|terminvorschlage|termine|uhrzeit)\b",
            r"\b(vorstellungsgesprach|bewerbungsgesprach|interview|videointerview|gesprach)\b",
            r"\b(bestatigen|bestatigt|vorschlagen|schlagen|wahlen|auswahlen|mitteilen|passt|einladung|buchen|nennen)\b",
        ],
        EVENT,
    ),
    // Aufgaben.
    unless(
        Assessment,
        &[
            r"\b(online test|onlinetest|online tests|online assessment|einstellungstest|programmieraufgabe|programmiertest|coding challenge|probeaufgabe|technische aufgabe|testaufgabe|assessment|codingaufgabe|coding aufgabe)\b",
            r"\b(absolvieren|absolviere|bearbeiten|bearbeite|durchfuhren|einladen|laden|teilnehmen|link|losen|lose|abgeben|zugesandt|zusenden|schicken|senden|starten|einladung|ausfullen|schritt)\b",
        ],
        r"\b(umfrage|webinar|erhalten haben|ergebnis|auswertung)\b",
    ),
    // Ja.
    unless(
        Offer,
        &[
            r"\b(freuen uns|freue mich|freut uns|gerne|mochten|konnen)\b",
            r"\b(stelle|position|praktikum|praktikumsplatz|praktikumsstelle|werkstudentenstelle)\b",
            r"\b(anbieten|anzubieten|zusagen|zuzusagen|zusage|uberlassen)\b",
        ],
        r"\b(nicht|keine|leider|gesprach|interview|kein)\b",
    ),
    unless(
        Offer,
        &[
            r"\b(zusage)\b",
            r"\b(freuen|erteilen|gratulieren|gluckwunsch|geben)\b",
        ],
        r"\b(nicht|keine|leider|noch)\b",
    ),
    unless(
        Offer,
        &[
            r"\b(arbeitsvertrag|praktikumsvertrag|praktikantenvertrag|vertragsangebot|vertragsentwurf|werkstudentenvertrag)\b",
            r"\b(anbei|anhang|beigefugt|finden|findest|unterschr\w*|senden|ubersenden|schicken)\b",
        ],
        r"\b(nicht|leider|keinen)\b",
    ),
];

pub(super) const LANGUAGE: Language = Language {
    name: "German",
    phrases: PHRASES,
    conditional: r"\b(falls|sollte|sollten|solltest|wenn|sofern|bei einer positiven|bei positiver|gegebenenfalls|ggf|eventuell|moglicherweise|im falle|je nach|in der regel|ublicherweise|ob (sie|du|wir|ihre|deine)|noch (nicht|keine|keinen|kein))\b",
    harmless: r"\b(falls|sollte|sollten|solltest|wenn|sofern) (sie|du|dir|ihnen|noch|der|die|das|dieser|keiner|ihr) (\w+ ){0,6}(fragen|hilfe|verhindert|unklar|benotigen|benotigst|verschieben|nicht passen|nicht passt)\b",
    past: r"\b((danke|dank|bedanken) (\w+ )?fur (\w+ ){0,4}(gesprach|interview|teilnahme|zeit|bearbeitung)|nach (dem|unserem|ihrem|deinem) (\w+ )?(gesprach|interview|test))\b",
    mistake: r"\b(irrtumlich|versehentlich|aus versehen|durch einen fehler|gegenstandslos)\b",
    noise: r"\b(neue (jobs|stellen|stellenangebote|praktika)|jobs fur (dich|sie)|stellenangebote|jobalarm|jobagent|job alarm|jobempfehlungen|newsletter|webinar|bestatigungscode|passwort|bestatigen sie ihre (e mail|email)|profil vervollstandigen|bewerbung (fortsetzen|abschliessen|unvollstandig|nicht abgeschlossen))\b",
};
