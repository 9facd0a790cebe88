//! Spanish phrases.

use super::super::model::ReplyKind::{
    Assessment, Confirmation, Interview, Offer, Rejection, Screen,
};
use super::{Language, Phrase, says, unless};

const EVENT: &str = r"\b(webinar|feria|hackathon|encuesta|newsletter|taller|evento|jornada)\b";

const PHRASES: &[Phrase] = &[
    says(
        Confirmation,
        &[
            r"\b(hemos|he) recibido (\w+ ){0,4}(tu|su|vuestra) (\w+ )?(candidatura|solicitud|cv|curriculum|aplicacion|postulacion|inscripcion)\b",
        ],
    ),
    says(
        Confirmation,
        &[
            r"\b(tu|su) (candidatura|solicitud|postulacion|aplicacion|inscripcion) (\w+ ){0,14}(ha sido|fue|se ha|ha) (\w+ )?(recibid\w|enviad\w|registrad\w|llegado)\b",
        ],
    ),
    says(
        Confirmation,
        &[
            r"\b(gracias|agradecemos) (\w+ ){0,2}(tu|su|postularte|postular|postularse|aplicar|inscribirte|presentar tu|enviar tu|enviar su|enviarnos tu|enviarnos su) ?(\w+ ){0,2}(candidatura|solicitud|postulacion|cv|curriculum|a la vacante|a nuestra|al puesto|a la oferta|para el puesto)\b",
        ],
    ),
    says(
        Confirmation,
        &[
            r"\b(confirmamos la recepcion|acuse de recibo|confirmacion de (tu|su) (candidatura|solicitud|postulacion))\b",
        ],
    ),
    // No.
    says(
        Rejection,
        &[
            r"\bno (\w+ ){0,6}(continuar|seguir|avanzar|seguiras|continuaras|avanzaras|continuaremos|seguiremos|avanzaremos|continua|sigue)\b",
            r"\b(proceso|candidatura|solicitud|adelante|postulacion|perfil)\b",
        ],
    ),
    says(
        Rejection,
        &[
            r"\bno (\w+ ){0,4}(sido|fuiste|fue|resultado|resultaste|quedado) ?(\w+ )?(seleccionad\w|elegid\w|escogid\w)\b",
        ],
    ),
    says(
        Rejection,
        &[
            r"\b(otr[oa]s?) (candidat\w+|perfil\w*|persona\w*)\b",
            r"\b(decidido|optado|seleccionado|encajan?|ajustan?|continuar|avanzar|elegido|adecua\w*)\b",
        ],
    ),
    says(
        Rejection,
        &[
            r"\b(vacante|posicion|puesto|plaza|oferta) (\w+ ){0,5}(cubiert\w|cerrad\w|cancelad\w)\b",
            r"\b(ya|ha sido|fue|lamentamos|se ha|lamentablemente)\b",
        ],
    ),
    says(
        Rejection,
        &[
            r"\b(candidatura|solicitud|postulacion)\b",
            r"\b(descartad\w|rechazad\w|desestimad\w)\b",
        ],
    ),
    // Primera llamada.
    unless(
        Screen,
        &[
            r"\b(entrevista telefonica|llamada telefonica|llamada inicial|primera llamada|breve llamada|llamada breve|primera conversacion)\b",
            r"\b(agendar|concertar|programar|coordinar|disponibilidad|invitarte|invitarle|invitamos|gustaria|reservar|confirmada)\b",
        ],
        EVENT,
    ),
    // Entrevistas.
    unless(
        Interview,
        &[
            r"\b(invitarte|invitarle|invitamos|invitar|proponerte|proponerle|citarte|citarle|convocamos|convocarte|gustaria)\b",
            r"\b(entrevistas?|videollamada|entrevistarte)\b",
        ],
        r"\b(webinar|feria|hackathon|encuesta|evento|haberte|despues de|tras)\b",
    ),
    unless(
        Interview,
        &[
            r"\b(agendar|concertar|programar|coordinar|acordar|reservar|fijar) (\w+ ){0,6}(entrevista|videollamada)\b",
        ],
        EVENT,
    ),
    unless(
        Interview,
        &[r"\bentrevista (\w+ ){0,8}(confirmada|programada|agendada|prevista)\b"],
        EVENT,
    ),
    unless(
        Interview,
        &[r"\bdisponibilidad (\w+ ){0,10}(entrevista|videollamada)\b"],
        EVENT,
    ),
    unless(
        Interview,
        &[r"^(re )?(invitacion|convocatoria) (\w+ ){0,4}entrevista\b"],
        EVENT,
    ),
    // Pruebas.
    unless(
        Assessment,
        &[
            r"\b(prueba tecnica|prueba online|prueba en linea|test online|test tecnico|evaluacion en linea|evaluacion online|evaluacion tecnica|reto tecnico|ejercicio tecnico|reto de programacion|prueba de programacion|assessment|hackerrank|codility)\b",
            r"\b(completar|completa|completes|realizar|realiza|realices|hacer|enlace|invitamos|invitarte|siguiente|complete|entregar|resolver|invitacion)\b",
        ],
        r"\b(resultados?|webinar|encuesta|gracias por)\b",
    ),
    // Sí.
    unless(
        Offer,
        &[
            r"\b(ofrecerte|ofrecerle|hacerte|hacerle|extenderte)\b",
            r"\b(puesto|practicas|posicion|plaza|oferta|pasantia|beca)\b",
        ],
        r"\b(no|entrevista|lamentablemente|lamentamos|webinar|descuento)\b",
    ),
    unless(
        Offer,
        &[
            r"\b(carta oferta|carta de oferta|oferta formal|oferta de (practicas|empleo|trabajo)|contrato|convenio de practicas)\b",
            r"\b(adjunt\w+|firmar\w*|firmad\w|encontraras|encontrara)\b",
        ],
        r"\b(no|lamentablemente|ejemplo|nuevas)\b",
    ),
];

pub(super) const LANGUAGE: Language = Language {
    name: "Spanish",
    phrases: PHRASES,
    conditional: r"\b(si (tu|su|te|le|eres|fueras|resultas|cumples|hay|consideramos|encajas|avanzas|pasas|tras)|en caso de|de ser|en el caso|podri\w+|posible\w*|eventual\w*|dependiendo|normalmente|quienes sean|todavia no|aun no)\b",
    harmless: r"\b(si|en caso de) (tienes|tiene|tuvieras|necesitas|necesita|te|le|no te|no puedes|estas|esta|alguna|algun|ninguno|lo|este|dudas|tener) ?(\w+ ){0,5}(dudas?|preguntas?|ayuda|interesad\w|conviene|convienen|horario|necesitas|prefieres|va bien|puedes|asistir)\b",
    past: r"\b(gracias por (\w+ ){0,4}(entrevista|tiempo|completar|realizar|participar|asistir)|(tras|despues de) (tu|la|nuestra|su) (\w+ )?(entrevista|prueba|conversacion))\b",
    mistake: r"\b(por error|ignora el (mensaje|correo) anterior)\b",
    noise: r"\b(nuevas? (ofertas?|vacantes?|empleos?)|ofertas? de empleo para|empleos para ti|alerta de empleo|newsletter|boletin|webinar|codigo de verificacion|contrasena|verifica tu|completa tu (perfil|candidatura|postulacion)|finaliza tu (candidatura|postulacion|inscripcion))\b",
};
