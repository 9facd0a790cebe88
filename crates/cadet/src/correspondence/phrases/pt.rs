//! Portuguese phrases.

use super::super::model::ReplyKind::{
    Assessment, Confirmation, Interview, Offer, Rejection, Screen,
};
use super::{Language, Phrase, says, unless};

const EVENT: &str = r"\b(webinar|feira|hackathon|inquerito|pesquisa|newsletter|oficina|evento)\b";

const PHRASES: &[Phrase] = &[
    says(
        Confirmation,
        &[
            r"\brecebemos (\w+ ){0,4}(sua|tua|seu|teu) (\w+ )?(candidatura|inscricao|curriculo|cv)\b",
        ],
    ),
    says(
        Confirmation,
        &[
            r"\b(confirmamos|acusamos) (\w+ ){0,3}(recebimento|rececao|recepcao)\b",
            r"\b(candidatura|inscricao|curriculo|cv)\b",
        ],
    ),
    says(
        Confirmation,
        &[
            r"\b(sua|tua) (candidatura|inscricao) (\w+ ){0,14}(foi|esta|ja foi) (\w+ )?(recebida|enviada|registada|registrada|concluida|submetida|efetuada|realizada)\b",
        ],
    ),
    says(
        Confirmation,
        &[
            r"\b(obrigad[oa]|agradecemos|agradeco) (\w+ ){0,5}(candidatura|candidatar|candidatado|inscricao|te candidatares|curriculo)\b",
        ],
    ),
    // Não.
    says(
        Rejection,
        &[
            r"\bnao (\w+ ){0,6}(avancar|prosseguir|seguir|continuar|dar continuidade|dar seguimento|avancara|prosseguira|seguira|avancaremos|seguiremos|prosseguiremos|daremos)\b",
            r"\b(processo|candidatura|inscricao|perfil|etapa|vaga|fase|si|voce|consigo)\b",
        ],
    ),
    says(
        Rejection,
        &[r"\bnao (\w+ ){0,4}(selecionad[oa]|aprovad[oa]|escolhid[oa])\b"],
    ),
    says(
        Rejection,
        &[
            r"\b(outr[oa]s?) (candidat\w+|perfil|perfis|pessoas?|profissiona\w+)\b",
            r"\b(optamos|optou|decidimos|decidiu|seguir|avancar|seleciona\w*|escolh\w+|prosseguir)\b",
        ],
    ),
    says(
        Rejection,
        &[
            r"\b(vaga|posicao|estagio|oportunidade) (\w+ ){0,5}(preenchid[oa]|encerrad[oa]|cancelad[oa]|fechad[oa])\b",
            r"\b(ja|foi|infelizmente|esta)\b",
        ],
    ),
    // Primeira conversa.
    unless(
        Screen,
        &[
            r"\b(entrevista telefonica|chamada telefonica|conversa inicial|primeira conversa|chamada inicial|bate papo inicial|conversa rapida|ligacao)\b",
            r"\b(agendar|marcar|combinar|disponibilidade|convidar|convida\w*|gostariamos|confirmada)\b",
        ],
        EVENT,
    ),
    // Entrevistas.
    unless(
        Interview,
        &[
            r"\b(convidar|convida\w*|convite|gostariamos|queremos|convocar)\b",
            r"\b(entrevistas?|entrevistar|reuniao|bate papo)\b",
        ],
        r"\b(webinar|feira|hackathon|pesquisa|evento|apos|depois)\b",
    ),
    unless(
        Interview,
        &[
            r"\b(agendar|marcar|combinar|agende|marque|escolha|escolher) (\w+ ){0,7}(entrevista|reuniao|bate papo)\b",
        ],
        EVENT,
    ),
    unless(
        Interview,
        &[r"\bentrevista (\w+ ){0,8}(confirmada|agendada|marcada)\b"],
        EVENT,
    ),
    unless(
        Interview,
        &[r"\b(disponibilidade|horarios?) (\w+ ){0,10}(entrevista|reuniao)\b"],
        EVENT,
    ),
    // Testes.
    unless(
        Assessment,
        &[
            r"\b(teste tecnico|teste online|testes online|avaliacao online|avaliacao tecnica|desafio tecnico|desafio de programacao|prova online|exercicio tecnico|teste de programacao|desafio de codigo|assessment|hackerrank|codility)\b",
            r"\b(completar|complete|realizar|realize|fazer|faca|link|convid\w+|proxima|concluir|conclua|resolver|entregar|convite|responder)\b",
        ],
        r"\b(resultados?|webinar|pesquisa|obrigad[oa] por)\b",
    ),
    // Sim.
    unless(
        Offer,
        &[
            r"\b(oferecer|oferecemos|fazer (lhe |te )?uma (oferta|proposta)|prazer|satisfacao|felizes|parabens)\b",
            r"\b(oferecer|oferecemos|oferta|proposta|aprovad[oa])\b",
            r"\b(vaga|estagio|posicao|emprego|trabalho|contratacao|cargo)\b",
        ],
        r"\b(nao|entrevista|infelizmente|proxima|etapa|fase|teste|webinar)\b",
    ),
    unless(
        Offer,
        &[
            r"\b(carta oferta|carta proposta|proposta de (estagio|trabalho|emprego|contratacao)|contrato de (estagio|trabalho)|termo de compromisso)\b",
            r"\b(anexo|anexa|anexamos|assinar|assinad[oa]|segue|seguem|encontrar\w*)\b",
        ],
        r"\b(nao|infelizmente|exemplo)\b",
    ),
];

pub(super) const LANGUAGE: Language = Language {
    name: "Portuguese",
    phrases: PHRASES,
    conditional: r"\b(se (o seu|a sua|o teu|a tua|for|fores|voce for|houver|avancar|passar|o perfil)|caso (o|a|seja|haja|avance|voce|nao|selecionad\w)|em caso de|podera|poderemos|poderao|eventual\w*|dependendo|normalmente|geralmente|ainda nao)\b",
    harmless: r"\b(se|caso|em caso de) (voce|tiver|tenha|tiveres|precisar|precise|nenhum|nao puder|este|ainda|duvida|duvidas|algum) ?(\w+ ){0,5}(duvidas?|perguntas?|ajuda|interessad[oa]|horario|precisar|convier|possa|interesse)\b",
    past: r"\b(obrigad[oa] (por|pela|pelo) (\w+ ){0,4}(entrevista|tempo|completar|realizar|participar|participacao|conversa)|(apos|depois da|depois de) (a |sua |tua |nossa )?(\w+ )?(entrevista|conversa|teste))\b",
    mistake: r"\b(por engano|por erro|desconsidere)\b",
    noise: r"\b(novas? vagas?|vagas para (voce|ti)|alerta de (vagas|emprego)|vagas recomendadas|newsletter|boletim|webinar|codigo de verificacao|senha|palavra passe|verifique seu|complete seu perfil|finalize sua (candidatura|inscricao)|continue sua (candidatura|inscricao))\b",
};
