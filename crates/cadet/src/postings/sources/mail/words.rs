//! What a line of an alert mail may be besides a title or an employer: a button, an age, pay, a place; in English, German,
//! French, Spanish and Portuguese. Pure.

use std::sync::LazyLock;

use regex::Regex;

use super::age;
use crate::postings::normalise::gazetteer::gazetteer;
use crate::postings::normalise::text::fold_words;

/// What a line, or a part of one, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// May be a title or an employer.
    Content,
    /// A button, a badge, a heading of the mail.
    Noise,
    /// How long ago it was posted.
    Age,
    /// Pay.
    Pay,
    /// A place, or how the work is done.
    Place,
    /// Kind of employment alone: `Full-time`, `Vollzeit`.
    Employment,
    /// A piece of the text.
    Snippet,
}

/// Lines from this many characters on are running text.
const SNIPPET_CHARS: usize = 110;

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the patterns are constant")
}

/// Whole lines that are buttons or badges.
static BUTTON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^\W*(?:
          (?:view|see|show|explore|browse|check\ out)\b .{0,40} \b(?:jobs?|roles?|positions?|opening|openings|details|more|matches|posting|opportunit(?:y|ies)|listing|listings|all|internships?)\b .{0,40}
        | (?:open|find|get|discover)\b .{0,30} \b(?:jobs?|roles|more|matches|listing|listings|all)\b .{0,30}
        | (?:view|see|details|more|more\ info(?:rmation)?|more\ details|learn\ more|read\ more|see\ more|show\ more|full\ details|job\ details|website|here|link)
        | (?:apply|easy\ apply|easily\ apply|quick\ apply|one-?click\ apply|1-?click\ apply|apply\ (?:now|today|here|easily|on|with|via|by|externally|in|for).{0,60}|quick\ apply\ .*|start\ application|i'?m\ interested|interested|not\ interested\??|hide(?:\ job)?)
        | (?:save|saved|save\ (?:job|this\ job|for\ later)|share|share\ (?:job|this\ job)|dismiss|follow|follow\ us.{0,30}|message|unsubscribe.{0,30}|settings|preferences|help|help\ cent(?:er|re)|privacy|privacy\ policy|terms|terms\ of\ (?:use|service)|contact\ us|feedback|download\ the\ app.{0,30})
        | (?:you\ can\ )?(?:create|edit|manage|update|pause|change)\b .{0,24} \b(?:alerts?|search(?:es)?|settings|preferences|subscriptions?|notifications?|e-?mails?|profile|criteria|here)\b .{0,30}
        | (?:job|stelle|stellenangebot|stellenanzeige|anzeige|details?|angebot|alle\ (?:jobs|stellen|treffer|ergebnisse))\ (?:ansehen|anzeigen|anschauen|öffnen|lesen|entdecken)
        | (?:zum\ (?:job|stellenangebot)|zur\ (?:stelle|stellenanzeige|anzeige|bewerbung)|jetzt\ (?:bewerben|ansehen|entdecken)|(?:einfach|schnell|direkt|online)?\ ?bewerben|einfache\ bewerbung|schnellbewerbung|bewerbung\ mit\ .*|mehr|mehr\ (?:erfahren|anzeigen|infos?|details|lesen|ansehen|jobs.*)|weitere\ .{0,40}|alle\ (?:\d+\ )?(?:jobs?|stellen|treffer|ergebnisse).{0,40}|merken|job\ merken|speichern|teilen|abmelden|abbestellen|newsletter\ (?:abbestellen|abmelden)|impressum|datenschutz(?:erklärung|hinweise|bestimmungen)?|einstellungen(?:\ .{0,30})?)
        | (?:voir|consulter|découvrir|decouvrir|afficher|postuler|postulez|je\ postule|candidater|candidature\ (?:simplifiée|simplifiee|facile|rapide|spontanée)|en\ savoir\ plus|lire\ la\ suite|sauvegarder|enregistrer|partager|se\ désabonner|se\ desabonner|désinscription|gérer\ .*|modifier\ .*|toutes\ les\ offres)(?:\ .{0,50})?
        | (?:ver|ver\ más|ver\ mais|mostrar|descubrir|descubre|consultar|solicitar|solicita|solicitud\ (?:sencilla|fácil|rápida)|postular(?:me|se)?|inscribirme|inscribirse|inscríbete|aplicar|aplica|más\ (?:información|info|detalles|empleos|ofertas)|guardar|compartir|darse\ de\ baja|cancelar\ .*|gestionar\ .*|editar\ .*)(?:\ .{0,50})?
        | (?:candidatar(?:-se)?|candidate-se|candidatura\ (?:simplificada|fácil|rápida)|inscrever-se|saiba\ mais|mais\ (?:informações|detalhes|vagas)|salvar|guardar|partilhar|compartilhar|cancelar\ inscrição|gerir\ .*|gerenciar\ .*)(?:\ .{0,50})?
        | (?:solliciteren?|bekijk\ .{0,30}|visualizza\ .{0,30}|candidati(?:\ .{0,20})?|candidatura\ semplice|zobacz\ .{0,30}|aplikuj)
        )\W*$",
    )
});

/// Lines that tell of the mail, the reader or the employer's doings, and not of what is sought.
static BADGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)
          ^\W*(?:new|neu|nouveau|nouvelle|nuevo|nueva|novo|nova|promoted|sponsored|featured|urgent|hot|anzeige|gesponsert|sponsorisée?|patrocinad[oa]s?|promocionad[oa]s?|promovid[oa]s?|avatar|logo|company\ logo|firmenlogo|location|salary|remote\ icon|icon|or|oder|ou|o|and|und|image|bild|star|rating|new!?|verified|top\ (?:company|employer|match|job|applicant)|top-arbeitgeber|estimated\ pay|employer\ est\.?|glassdoor\ est\.?|est\.?|geschätzt)\W*$
        | \b(?:actively|currently|urgently)\s+(?:hiring|recruiting)\b | \bis\ (?:actively\ )?hiring\b | \bresponsive\ employer\b | \bbe\ (?:an\ early|one\ of\ the\ first)\b | \bearly\ applicant\b | \bfast[\s-]growing\b | \bskills?\ match\b | \btop\ applicant\b | \bhiring\ (?:multiple|for\ multiple)\b | \bmultiple\ (?:openings|hires)\b
        | ^\W*\d+\+?\s+(?:connections?|(?:school|company)\s+alum\w*|alum\w*|applicants?|followers?|employees|views?|people|reviews?|kontakte?|bewerber\w*|ehemalige|mitarbeiter\w*|relations?|candidats?|anciens|contactos?|candidatos?|conexões|conexiones|antiguos\ .*|ex-alunos.*)\b
        | \bstellt\ (?:aktiv|derzeit)\b | \bsucht\ aktiv\b | \baktiv\ auf\ (?:der\ )?suche\b | \bgehören\ sie\ zu\b | \bsei\ (?:eine?r|unter)\b.*\bersten\b | \brecrute\ activement\b | \brecrutement\ actif\b | \bsoyez\ (?:parmi|l['’]un)\b | \bbusca\ activamente\b | \bselecci[oó]n\ activa\b | \bcontratando\ (?:ativamente|activamente)\b | \brecrutando\ ativamente\b | \bcontrata\ activamente\b | \bseja\ um\ dos\b | \bsé\ (?:uno|de\ los)\b
        | \bmatch(?:es|ing)?\s+(?:your|to\ your|score)\b | \b\d{1,3}\s?%\s+match\b | \bbased\ on\ your\b | \brecommended\ (?:for\ you|jobs?)\b | \b(?:picked|selected|curated)\ for\ you\b | \bbecause\ you\b | \bpassend\ zu\b | \bempfohlen\b | \bbasierend\ auf\b | \brecommandée?s?\ pour\b | \bselon\ (?:votre|vos|tes)\b | \brecomendad[oa]s?\ para\b
        | \bjob\s?(?:-|\ )?(?:alerts?|agent|mail|benachrichtigung\w*|suche|radar)\b | \balertes?\ (?:emplois?|jobs?|d['’]emploi)\b | \balertas?\ de\ (?:empleo|vagas?|emprego|trabajo|trabalho)\b | \bsuchauftrag\b | \bsaved\ search\b
        | ^\W*(?:\d+|[a-z]{2,5}|einen?|une?|um|uma|un|una)?\+?\s*(?:new|neue[rs]?|nouve(?:lles?|aux?)|nuev[oa]s?|nov[oa]s?|more|weitere|autres|más|mais|recommended|similar|ähnliche|similaires|similares|top|latest|passende)\s+(?:\S+\s+){0,6}?(?:jobs?|stellen\w*|treffer|offres?|ofertas?|empleos?|vagas?|emplois?|internships?|roles?|matches|postings?|positions?|opportunit\w*|oportunidades)\b
        | ^\W*\d+\+?\s+(?:jobs?|stellen\w*|offres?|ofertas?|empleos?|vagas?|emplois?|results?|treffer|ergebnisse|résultats|resultados|matches|openings|opportunit\w*)\b
        | ^\W*jobs?\s+(?:\d+|for\ (?:you|\w+$)|you|in|near|matching|similar|that|we|von|für|\#)\b | ^\W*(?:jobs?|stellen\w*|offres?|ofertas?|empleos?|vagas?)\s*\d+\s*[-–]\s*\d+ | ^\W*similar\ (?:jobs|roles) | \b(?:unsubscribe|abbestellen|abmelden|désabonner|darse\ de\ baja|descadastr\w+|copyright|©|all\ rights\ reserved|privacy\ policy|this\ e-?mail\ (?:was|is)|you\ are\ receiving|you\ received|diese\ e-?mail|cet\ e-?mail|este\ (?:correo|e-?mail)|view\ (?:in|this)\ .{0,20}browser|im\ browser)\b
        | ^\W*(?:hi|hello|hey|dear|hallo|liebe[r]?|guten\ (?:tag|morgen)|bonjour|salut|hola|olá|oi)\b.{0,40}[,!:]?\s*$ | ^\W*(?:from|to|date|subject|sent|von|an|datum|betreff|gesendet|de|à|objet|envoyé|para|asunto|fecha|assunto|data|cc|reply-to)\s*:\s | ^-*\s*(?:forwarded\ message|original\ message|weitergeleitete\ nachricht|ursprüngliche\ nachricht|message\ transféré|mensaje\ reenviado|mensagem\ encaminhada|begin\ forwarded\ message).*$
        | ^\W*(?:your|ihre?|deine?|vos|votre|tes|ton|tus?|sus?|suas?|seus?|as\ suas)\s.*\b(?:jobs?|alerts?|search|match\w*|stellen\w*|suche|offres?|recherche|ofertas?|búsqueda|busca|vagas?|empleos?|listings?|recommendations?|preferences|results)\b",
    )
});

static PAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix) (?:[$€£¥₹₽]|\b(?:usd|eur|gbp|chf|cad|aud|brl|inr|sek|nok|dkk|pln)\b|R\$)\s?\d | \d[\d.,'\s]*\s?k?\s?(?:[€£$]|\b(?:usd|eur|euros?|gbp|chf|cad|aud|brl|inr|pln|sek|k€)\b)
        | \d[\d.,]*\s?k?\s*(?:/|\ (?:an|a|per|pro|par|por|al|la)\ )\s?(?:hour|hr|h|year|yr|annum|month|mo|week|wk|day|stunde|monat|jahr|heure|mois|an|hora|mes|mês|año|ano|semana)\b
        | ^\W*(?:un)?paid\W*$ | ^\W*(?:salary|gehalt|salaire|salario|salário|pay|compensation|vergütung|rémunération)\s*: | \b\d{2,3}k\s?[-–]\s?\d{2,3}k\b",
    )
});

static EMPLOYMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^\W*(?:(?:full|part)[\s-]?time|contract(?:or)?|temporary|temp|permanent|freelance|internships?|intern|co-?op|apprenticeship|seasonal|per\ diem|entry[\s-]level|mid[\s-]level|senior[\s-]level|associate|vollzeit|teilzeit|festanstellung|feste\ anstellung|befristet|unbefristet|praktikum|werkstudent(?:in|:in|/in)?|ausbildung|minijob|berufserfahren|berufseinsteiger|homeoffice\ möglich|cdi|cdd|intérim|stage|alternance|apprentissage|temps\ (?:plein|partiel|complet)|freelance|jornada\ (?:completa|parcial|intensiva)|tiempo\ (?:completo|parcial)|media\ jornada|prácticas|becario|beca|indefinido|temporal|tempo\ (?:integral|inteiro|parcial)|estágio|efetivo|clt|pj|job|student|on-campus|work\ study)(?:\s*(?:[·•|/,+&]|and|und|et|y|e)\s*(?:(?:full|part)[\s-]?time|internship|contract|permanent|vollzeit|teilzeit|praktikum|cdi|cdd|stage))*\W*$",
    )
});

static WORKPLACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\(?\s*\b(?:(?:100\s?%\s*|fully\ |partially\ |temporarily\ )?remote(?:\ (?:work|possible|first|friendly|only|job|option|ok))?|hybrid(?:es?|o|a)?(?:\ (?:remote|work|role))?|on-?\s?site|in[\s-](?:office|person)|work\ from\ home|wfh|home[\s-]?office(?:\ möglich)?|vor\ ort|télétravail(?:\ (?:total|partiel|complet|occasionnel|fréquent))?|teletrabajo|sur\ site|présentiel|presencial|híbrido|híbrida|remoto|remota|a\ distancia|anywhere|worldwide|deutschlandweit|bundesweit|multiple\ locations|various\ locations|mehrere\ standorte)\b\s*\)?",
    )
});

static AROUND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\b(?:greater|metropolitan|metro|area|bay\ area|region|région|großraum|raum|umgebung|und\ umgebung|et\ (?:périphérie|environs)|y\ alrededores|e\ região|área\ metropolitana\ de|standort|provincia|province|county|locations?|lieu|ubicación|local|localização)\b:? | \+\s?\d+(?:\ (?:more|weitere|autres|más|mais)(?:\ \w+)?)? | \b(?:and|und|et|y|e)\s+\d+\s+(?:more|weitere|autres|más|mais)(?:\s+\w+)? | \b\d{4,5}\b | \s\d{1,2}(?:er|e|ème)?$ | \b(?:cedex)\b | ^\W*(?:in|near|à|en|em)\s",
    )
});

/// Words that name a role, as titles of all trades have them.
static ROLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\b(?:(?:\w*(?:engineer(?:ing)?|develop(?:er|ment)|programmer|architect|scientist|analyst|designer|administrator|technician|consultant|manager|director|specialist|coordinator|associate|assistant|representative|executive|officer|recruiter|accountant|researcher|tester|operator|instructor|teacher|lecturer|nurse|driver|clerk|cashier|advisor|adviser|strategist|writer|editor|producer|planner|supervisor|trainee|apprentice|fellow|internship|intern|interns|co-?op|graduate|junior|senior|staff|principal|lead|head|chief|vp|cto|sre|devops|qa|dev|full[\s-]?stack|backend|back-end|frontend|front-end|software|data|machine\ learning|cloud|security)|mechanic|agent|attorney|buyer|chef|barista)
        | \w*(?:entwickl(?:er|ung)\w*|ingenieur\w*|informatik\w*|programmierer\w*|administrator\w*|berater\w*|leiter\w*|mitarbeiter\w*|praktik(?:um|ant)\w*|werkstudent\w*|studierende\w*|ausbildung|azubi|auszubildende\w*|sachbearbeiter\w*|kaufm(?:ann|frau)\w*|techniker\w*|referent\w*|volontariat|volontär\w*|trainee\w*|verkäufer\w*|assistenz|abschlussarbeit|bachelorarbeit|masterarbeit|analytiker\w*|betreuer\w*)
        | développeu(?:r|se)\w*|ingénieure?s?|stagiaire|stage|alternan(?:ce|te?)|apprenti\w*|chef(?:fe)?\ de|responsable|technicien\w*|consultante?|chargée?|assistante?|conseill(?:er|ère)|gestionnaire|concept(?:eur|rice)|administrat(?:eur|rice)|architecte|analyste|formateur
        | desarrollador\w*|ingenier[oa]s?|becari[oa]s?|prácticas|practicante|programador\w*|analista|técnic[oa]|arquitect[oa]|consultor\w*|encargad[oa]|auxiliar|comercial|gerente|jefe|jefa|administrativ[oa]|asistente|coordinador\w*|diseñador\w*
        | desenvolvedor\w*|programador\w*|engenheir[oa]s?|estágio|estagiári[oa]|analista|técnic[oa]|arquitet[oa]|assistente|coordenador\w*|aprendiz|designer|gestor\w*|especialista|pessoa\ (?:desenvolvedora|engenheira)
        | ontwikkelaar|stagiair|tirocinante|tirocinio|sviluppatore|praktikant|udvikler|utvecklare|utvikler|inżynier|programista|stażysta)\b
        | \((?:[mwfdxhgi]\s?[/|]\s?){1,3}[mwfdxhgi*]\) | \((?:all\ genders|gn|h/f|f/h|m/f|m/w/d)\)",
    )
});

static LEGAL_FORM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)(?:^|[\s,.])(?:inc|llc|ltd|plc|corp|corporation|company|co|limited|llp|lp|gmbh|ag|se|kg|kgaa|ohg|ug|e\.?\s?v|mbh|gbr|co\.?\s?kg|sas|sasu|sarl|s\.?a\.?r\.?l|s\.?a\.?s|s\.?a|sl|s\.?l\.?u?|s\.?l|ltda|lda|s/a|eireli|bv|b\.v|nv|n\.v|oy|oyj|ab|as|a/s|aps|asa|sp\.?\s?z\s?o\.?o|spa|s\.p\.a|srl|s\.r\.l|pty|pte|group|gruppe|groupe|grupo|holding|holdings|technologies|labs|solutions|systems|studios?|bank|university|universität|partners|ventures|industries|stiftung)\.?\)?$",
    )
});

/// Whether a line is a button, a badge or a heading.
#[must_use]
pub fn is_noise(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    letters < 2 || BUTTON.is_match(text) || BADGE.is_match(text)
}

/// Whether a text has a word of a role.
#[must_use]
pub fn names_role(text: &str) -> bool {
    ROLE.is_match(text)
}

/// Whether a text ends as names of companies do.
#[must_use]
pub fn ends_like_company(text: &str) -> bool {
    LEGAL_FORM.is_match(text.trim())
}

/// What one part of a line is.
#[must_use]
pub fn kind_of_part(text: &str) -> Kind {
    let text = text.trim();
    if age::days(text).is_some() {
        Kind::Age
    } else if EMPLOYMENT.is_match(text) {
        Kind::Employment
    } else if is_noise(text) {
        Kind::Noise
    } else if is_place(text) {
        Kind::Place
    } else if PAY.is_match(text) && !names_role(text) {
        Kind::Pay
    } else if text.chars().count() > SNIPPET_CHARS
        || text.ends_with(['…', '?'])
        || text.ends_with("...")
    {
        Kind::Snippet
    } else {
        Kind::Content
    }
}

/// What a line is: the kind that all its parts share, or content.
#[must_use]
pub fn kind_of(text: &str) -> Kind {
    let kinds: Vec<Kind> = parts(text).iter().map(|part| kind_of_part(part)).collect();
    if kinds.len() < 2 {
        return kind_of_part(text);
    }
    if kinds.contains(&Kind::Content) || kinds.contains(&Kind::Snippet) {
        return Kind::Content;
    }
    let first_of = |wanted: Kind| kinds.iter().copied().find(|kind| *kind == wanted);
    first_of(Kind::Place)
        .or_else(|| first_of(Kind::Pay))
        .or_else(|| first_of(Kind::Age))
        .unwrap_or(kinds[0])
}

/// The parts of a line that dots and bars keep apart.
#[must_use]
pub fn parts(text: &str) -> Vec<&str> {
    text.split(['·', '•', '|', '⋅', '∙', '●', '▪'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// Legal forms of companies that are codes of places as well.
const FORMS: [&str; 9] = ["co", "ag", "se", "as", "ab", "sa", "kg", "sas", "inc"];

/// Whether a text is nothing but a place, or how the work is done.
#[must_use]
pub fn is_place(text: &str) -> bool {
    if text.is_empty() || text.chars().count() > 90 || names_role(text) {
        return false;
    }
    let without = WORKPLACE.replace_all(text, ",");
    let says_how = without != text;
    let without = AROUND.replace_all(&without, " ");
    let pieces: Vec<Vec<String>> = without
        .split(" - ")
        .map(names_in)
        .filter(|names| !names.is_empty())
        .collect();
    match pieces.as_slice() {
        [] => says_how,
        // `Duisburg, home office possible`: a town that no table has.
        [names] if says_how && names.len() == 1 && text.contains(',') => {
            is_known_place(&names[0]) || is_town(text)
        }
        pieces => pieces.iter().all(|names| are_place(names)),
    }
}

/// The names of a text that commas, slashes and brackets keep apart, folded.
fn names_in(text: &str) -> Vec<String> {
    text.split([',', ';', '/', '(', ')', '–', '—'])
        .flat_map(|part| part.split(" or "))
        .map(|part| fold_words(part.trim_matches(|c: char| !c.is_alphanumeric())))
        .filter(|part| part.chars().any(char::is_alphabetic))
        .collect()
}

/// Whether names are those of a place from the narrow to the wide.
fn are_place(names: &[String]) -> bool {
    let table = gazetteer();
    let wide = |name: &str| table.country(name).is_some() || !table.regions(name).is_empty();
    match names {
        [] => true,
        [one] => is_known_place(one),
        // `Acme, AG` is no place in Antigua: a legal form that is a code too needs a town before it.
        [name, form] if FORMS.contains(&form.as_str()) => is_known_place(name),
        [first, rest @ ..] => {
            let known = names.iter().filter(|name| is_known_place(name)).count();
            let last = rest.last().is_some_and(|last| wide(last));
            let town = !table.cities(first).is_empty()
                && rest.iter().all(|name| name.split(' ').count() <= 3);
            // An unknown town before a known region or country is one, and a known one before an unknown region.
            let short = first.split(' ').count() <= 4;
            let most = last && short && known * 2 >= names.len() || known * 2 > names.len();
            (most || town) && !ends_like_company(first)
        }
    }
}

/// Whether a text begins with what may be a town: few words, all with capitals.
fn is_town(text: &str) -> bool {
    let name = text.split(',').next().unwrap_or_default().trim();
    let words: Vec<&str> = name.split(' ').collect();
    words.len() <= 3
        && !ends_like_company(name)
        && words
            .iter()
            .all(|word| word.chars().next().is_some_and(char::is_uppercase))
}

fn is_known_place(folded: &str) -> bool {
    let table = gazetteer();
    table.country(folded).is_some()
        || !table.regions(folded).is_empty()
        || !table.cities(folded).is_empty()
}

/// A name without what boards hang on it: a rating, a badge behind a dot, "logo".
#[must_use]
pub fn bare_company(text: &str) -> String {
    static RATING: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\s*[\(\[]?\s*(?:★|⭐|✩)?\s*\b[0-5][.,]\d\s*(?:★|⭐|✩|/\s?5|stars?|sterne|étoiles|out of 5)*\s*(?:\(\d+.*\))?[\)\]]?\s*$|\s*[★⭐✩]+\s*$|\s*\(?\d[\d.,]*k?\s+(?:reviews?|bewertungen|avis)\)?$|\s*[/|·,(–-]\s*\d[\d,.+]*\s*(?:[-–]\s*[\d,.+]+)?\s*(?:employees|people|mitarbeiter\w*|salariés|empleados|funcionários)\)?$",
        )
    });
    static WRAPPING: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:logo (?:of|von|de|da|do)|company|employer|unternehmen|firma|arbeitgeber|entreprise|empresa)\s*:?\s+|^(?:at|bei|chez|@)\s+|(?:'s|’s)?\s+(?:company )?logo$|\s*-?\s*logo$",
        )
    });
    let text = RATING.replace(text.trim(), "");
    let text = WRAPPING.replace_all(text.trim(), "");
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '–' | ':' | '|' | '·'))
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_begin_like_buttons_are_titles() {
        for title in [
            "Manager, Engineering",
            "Editor",
            "Help Desk Intern",
            "Privacy Engineer",
            "Open Source Internship",
            "Message Broker Developer",
            "Applied Scientist",
            "Datenschutzbeauftragter (m/w/d)",
            "Verkäufer im Außendienst",
            "Voiture Connectée - Stage Ingénieur",
            "Jobcoach (m/w/d)",
            "Python Developer (Remote)",
            "Intern, New Products",
        ] {
            assert_eq!(kind_of(title), Kind::Content, "{title}");
        }
    }

    #[test]
    fn buttons_badges_and_headings_are_noise_in_five_languages() {
        for text in [
            "View job",
            "See all jobs on LinkedIn",
            "Easily apply",
            "Actively recruiting",
            "2 connections",
            "3 new Python jobs in Austin, TX",
            "Your job alert for Software Engineer in Austin",
            "Job ansehen",
            "Dieses Unternehmen stellt aktiv ein",
            "Bewerbung mit Lebenslauf und Profil",
            "3 Kontakte",
            "2 neue Jobs für Ihre Suche „Backend“",
            "Voir l’offre d’emploi",
            "Candidature simplifiée",
            "2 nouvelles offres pour votre recherche",
            "Ver empleo",
            "Solicitud sencilla",
            "Esta empresa está contratando activamente",
            "Ver vaga",
            "Candidatura simplificada",
            "Manage this job alert",
        ] {
            assert_eq!(kind_of(text), Kind::Noise, "{text}");
        }
    }

    #[test]
    fn places_are_told_from_names() {
        for place in [
            "Austin, TX",
            "Austin, TX (Remote)",
            "Remote",
            "Remote in Denver, CO",
            "Hybrid work in Boston, MA",
            "Bellevue, WA +29 (Onsite)",
            "Greater Boston Area",
            "Hamburg, Deutschland",
            "München, Bayern, Deutschland",
            "São Paulo, Brasil",
            "Paris, Île-de-France, France",
            "San Francisco Bay Area",
            "Pittsburgh, PA 15222",
        ] {
            assert_eq!(kind_of(place), Kind::Place, "{place}");
        }
        for name in [
            "SAP, SE",
            "Acme, Inc.",
            "Bluebird Robotics - Pittsburgh, PA",
            "Fennwick Labs · Canada (Remote)",
            "Nordic Ventures · Actively recruiting",
            "Lantern Inc (Austin, TX)",
        ] {
            assert_eq!(kind_of(name), Kind::Content, "{name}");
        }
    }
}
