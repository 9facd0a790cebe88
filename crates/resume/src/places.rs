//! Countries by their names, and the parts of a place in one line.

use crate::dates::fold;

/// Countries as in ISO 3166-1: two letters, then the names under which they are found, separated by bars.
const COUNTRIES: &str = "\
AD Andorra;AE United Arab Emirates|UAE;AF Afghanistan;AG Antigua and Barbuda;AI Anguilla;AL Albania;AM Armenia;AO Angola;AQ Antarctica;\
AR Argentina;AS American Samoa;AT Austria|Österreich|Autriche;AU Australia|Australien;AW Aruba;AX Åland Islands|Åland;AZ Azerbaijan;\
BA Bosnia and Herzegovina|Bosnia;BB Barbados;BD Bangladesh;BE Belgium|Belgien|Belgique|België;BF Burkina Faso;BG Bulgaria|Bulgarien;\
BH Bahrain;BI Burundi;BJ Benin;BL Saint Barthélemy;BM Bermuda;BN Brunei|Brunei Darussalam;BO Bolivia;BQ Bonaire;BR Brazil|Brasil|Brasilien;\
BS Bahamas;BT Bhutan;BV Bouvet Island;BW Botswana;BY Belarus;BZ Belize;CA Canada|Kanada;CC Cocos Islands;CD DR Congo|Democratic Republic of the Congo;\
CF Central African Republic;CG Congo|Republic of the Congo;CH Switzerland|Schweiz|Suisse|Svizzera;CI Ivory Coast|Côte d'Ivoire;CK Cook Islands;\
CL Chile;CM Cameroon;CN China|中国|中國|People's Republic of China;CO Colombia;CR Costa Rica;CU Cuba;CV Cape Verde|Cabo Verde;CW Curaçao;CX Christmas Island;\
CY Cyprus;CZ Czechia|Czech Republic|Česko|Tschechien;DE Germany|Deutschland|Allemagne|Alemania|Alemanha|Germania;DJ Djibouti;\
DK Denmark|Danmark|Dänemark;DM Dominica;DO Dominican Republic;DZ Algeria|Algérie;EC Ecuador;EE Estonia|Eesti|Estland;EG Egypt;EH Western Sahara;\
ER Eritrea;ES Spain|España|Spanien|Espagne|Espanha;ET Ethiopia;FI Finland|Suomi|Finnland;FJ Fiji;FK Falkland Islands;FM Micronesia;FO Faroe Islands;\
FR France|Frankreich|Francia|França;GA Gabon;GB United Kingdom|UK|Great Britain|England|Scotland|Wales|Northern Ireland|Großbritannien|Royaume-Uni|Reino Unido|Vereinigtes Königreich;\
GD Grenada;GE Georgia;GF French Guiana;GG Guernsey;GH Ghana;GI Gibraltar;GL Greenland;GM Gambia;GN Guinea;GP Guadeloupe;GQ Equatorial Guinea;\
GR Greece|Ελλάδα|Hellas|Griechenland;GS South Georgia;GT Guatemala;GU Guam;GW Guinea-Bissau;GY Guyana;HK Hong Kong;HM Heard Island;HN Honduras;\
HR Croatia|Hrvatska|Kroatien;HT Haiti;HU Hungary|Magyarország|Ungarn;ID Indonesia;IE Ireland|Irland|Éire;IL Israel;IM Isle of Man;IN India|Indien|Inde;\
IO British Indian Ocean Territory;IQ Iraq;IR Iran;IS Iceland|Island|Ísland;IT Italy|Italia|Italien|Italie|Itália;JE Jersey;JM Jamaica;JO Jordan;\
JP Japan|日本|Japon;KE Kenya;KG Kyrgyzstan;KH Cambodia;KI Kiribati;KM Comoros;KN Saint Kitts and Nevis;KP North Korea;\
KR South Korea|Korea|Republic of Korea|대한민국|한국;KW Kuwait;KY Cayman Islands;KZ Kazakhstan;LA Laos;LB Lebanon;LC Saint Lucia;LI Liechtenstein;\
LK Sri Lanka;LR Liberia;LS Lesotho;LT Lithuania|Lietuva|Litauen;LU Luxembourg|Luxemburg;LV Latvia|Latvija|Lettland;LY Libya;MA Morocco|Maroc;\
MC Monaco;MD Moldova;ME Montenegro;MF Saint Martin;MG Madagascar;MH Marshall Islands;MK North Macedonia|Macedonia;ML Mali;MM Myanmar|Burma;\
MN Mongolia;MO Macau|Macao;MP Northern Mariana Islands;MQ Martinique;MR Mauritania;MS Montserrat;MT Malta;MU Mauritius;MV Maldives;MW Malawi;\
MX Mexico|México|Mexiko;MY Malaysia;MZ Mozambique|Moçambique;NA Namibia;NC New Caledonia;NE Niger;NF Norfolk Island;NG Nigeria;NI Nicaragua;\
NL Netherlands|The Netherlands|Nederland|Holland|Niederlande|Pays-Bas|Países Bajos;NO Norway|Norge|Norwegen;NP Nepal;NR Nauru;NU Niue;\
NZ New Zealand;OM Oman;PA Panama;PE Peru|Perú;PF French Polynesia;PG Papua New Guinea;PH Philippines;PK Pakistan;PL Poland|Polska|Polen|Pologne;\
PM Saint Pierre and Miquelon;PN Pitcairn;PR Puerto Rico;PS Palestine;PT Portugal;PW Palau;PY Paraguay;QA Qatar;RE Réunion;RO Romania|România|Rumänien;\
RS Serbia|Srbija|Serbien;RU Russia|Russian Federation|Россия|Russland;RW Rwanda;SA Saudi Arabia;SB Solomon Islands;SC Seychelles;SD Sudan;\
SE Sweden|Sverige|Schweden|Suède|Suecia;SG Singapore|Singapur;SH Saint Helena;SI Slovenia|Slovenija|Slowenien;SJ Svalbard;SK Slovakia|Slovensko|Slowakei;\
SL Sierra Leone;SM San Marino;SN Senegal|Sénégal;SO Somalia;SR Suriname;SS South Sudan;ST São Tomé and Príncipe;SV El Salvador;SX Sint Maarten;\
SY Syria;SZ Eswatini|Swaziland;TC Turks and Caicos Islands;TD Chad;TF French Southern Territories;TG Togo;TH Thailand;TJ Tajikistan;TK Tokelau;\
TL Timor-Leste|East Timor;TM Turkmenistan;TN Tunisia|Tunisie;TO Tonga;TR Turkey|Türkiye|Türkei;TT Trinidad and Tobago;TV Tuvalu;\
TW Taiwan|台灣|台湾;TZ Tanzania;UA Ukraine|Україна;UG Uganda;UM US Minor Outlying Islands;\
US United States|United States of America|USA|U.S.A.|U.S.|America|Vereinigte Staaten|États-Unis|Estados Unidos;UY Uruguay;UZ Uzbekistan;VA Vatican City;\
VC Saint Vincent and the Grenadines;VE Venezuela;VG British Virgin Islands;VI US Virgin Islands;VN Vietnam|Viet Nam;VU Vanuatu;\
WF Wallis and Futuna;WS Samoa;YE Yemen;YT Mayotte;ZA South Africa|Südafrika;ZM Zambia;ZW Zimbabwe;XK Kosovo";

/// The states and provinces that are written with two letters after a town.
const REGIONS: &str = "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA \
RI SC SD TN TX UT VT VA WA WV WI WY DC PR AB BC MB NB NL NS NT NU ON PE QC SK YT NSW VIC QLD TAS ACT";

/// A place in its parts; what is not said is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceParts {
    /// Street and number.
    pub address: String,
    /// The postal code.
    pub postal_code: String,
    /// The town.
    pub city: String,
    /// State, province or canton.
    pub region: String,
    /// The country in two letters.
    pub country_code: String,
}

fn countries() -> impl Iterator<Item = (&'static str, &'static str)> {
    COUNTRIES.split(';').filter_map(|line| line.split_once(' '))
}

/// The two letters of a country given by them, by three letters for some, or by a name in one of several languages.
#[must_use]
pub fn country_code(text: &str) -> Option<&'static str> {
    let said = fold(text.trim());
    let by_code = countries().find(|(code, _)| code.eq_ignore_ascii_case(&said));
    let by_name = || countries().find(|(_, names)| names.split('|').any(|name| fold(name) == said));
    by_code.or_else(by_name).map(|(code, _)| code)
}

/// The English name of a country by its two letters.
#[must_use]
pub fn country_name(code: &str) -> Option<&'static str> {
    let names = countries()
        .find(|(known, _)| known.eq_ignore_ascii_case(code))?
        .1;
    names.split('|').next()
}

/// Whether a text is a state or province in its short form.
#[must_use]
pub fn is_region(text: &str) -> bool {
    REGIONS.split(' ').any(|region| region == text)
}

/// The parts of a place in one line, such as `Hauptstr. 1, 12345 Berlin, Germany` or `Austin, TX 78701`.
#[must_use]
pub fn place(text: &str) -> PlaceParts {
    let mut place = PlaceParts::default();
    let mut parts: Vec<&str> = text
        .split([',', '\n', '|', '•', '·'])
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    if parts.len() > 1
        && let Some(last) = parts.last()
    {
        // `10437 Berlin, DE` is no state: there the code stands after the town.
        let code_first = parts
            .iter()
            .rev()
            .nth(1)
            .is_some_and(|town| is_postal(town.split(' ').next().unwrap_or("")));
        let short = last.len() == 2 && is_region(last) && !code_first;
        if let Some(code) = country_code(last).filter(|_| !short) {
            place.country_code = code.to_owned();
            parts.pop();
        }
    }
    // `TX 78701`, `TX`, or the name of a region after the town.
    if parts.len() > 1
        && let Some(last) = parts.last().copied()
    {
        let (head, code) = last.rsplit_once(' ').unwrap_or((last, ""));
        if is_postal(code)
            && !head.chars().any(|c| c.is_ascii_digit())
            && (is_region(head) || parts.len() > 2)
        {
            place.region = head.to_owned();
            place.postal_code = code.to_owned();
            parts.pop();
        } else if is_region(last)
            || (!last.chars().any(|c| c.is_ascii_digit()) && !first_has_digit(&parts))
        {
            place.region = last.to_owned();
            parts.pop();
        }
    }
    if let Some(last) = parts.pop() {
        match last.split_once(' ') {
            Some((code, city)) if is_postal(code) => {
                place.postal_code = code.to_owned();
                place.city = city.trim().to_owned();
            }
            _ => place.city = last.to_owned(),
        }
    }
    place.address = parts.join(", ");
    place
}

/// Whether the last but one part begins a street, so that the last one is the town.
fn first_has_digit(parts: &[&str]) -> bool {
    let before = parts.len().checked_sub(2).and_then(|at| parts.get(at));
    before.is_some_and(|part| {
        part.chars().any(|c| c.is_ascii_digit())
            && !part.starts_with(|c: char| {
                c.is_ascii_digit() && is_postal(part.split(' ').next().unwrap_or(""))
            })
    })
}

fn is_postal(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (4..=10).contains(&text.len())
        && digits >= 3
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::{country_code, country_name, place};

    #[test]
    fn a_country_is_found_by_code_and_by_name_in_several_languages() {
        for (text, code) in [
            ("us", "US"),
            (" India", "IN"),
            ("Deutschland", "DE"),
            ("Venezuela", "VE"),
            ("osterreich", "AT"),
            ("U.S.A.", "US"),
        ] {
            assert_eq!(country_code(text), Some(code), "{text}");
        }
        assert_eq!(country_code("Atlantis"), None);
        assert_eq!(country_name("fr"), Some("France"));
    }

    #[test]
    fn the_parts_of_a_place_are_told_apart() {
        let said = |text: &str| {
            let p = place(text);
            [p.address, p.postal_code, p.city, p.region, p.country_code].join("|")
        };
        assert_eq!(said("Austin, TX"), "||Austin|TX|");
        assert_eq!(said("Austin, TX 78701"), "|78701|Austin|TX|");
        assert_eq!(said("Berlin, Germany"), "||Berlin||DE");
        assert_eq!(
            said("Hauptstr. 1, 12345 Berlin, Deutschland"),
            "Hauptstr. 1|12345|Berlin||DE"
        );
        assert_eq!(said("10437 Berlin, DE"), "|10437|Berlin||DE");
        assert_eq!(said("Toronto, Ontario, Canada"), "||Toronto|Ontario|CA");
        assert_eq!(said("Lisbon"), "||Lisbon||");
        assert_eq!(said("12 Mill Lane, Leeds"), "12 Mill Lane||Leeds||");
    }
}
