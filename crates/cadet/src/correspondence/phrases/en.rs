//! English phrases.

use super::super::model::ReplyKind::{
    Assessment, Confirmation, Interview, Offer, Rejection, Screen,
};
use super::{Language, Phrase, says, unless};

const TALK: &str = r"\b(interview|interviews|on ?site|final round|next round|video call|phone call|conversation)\b";
const EVENT: &str = r"\b(webinar|event|open day|career fair|hackathon|survey|newsletter|workshop|meetup|talent community|talent pool|apply|mock|practice|tips|mentor|course)\b";

const PHRASES: &[Phrase] = &[
    says(
        Confirmation,
        &[
            r"\b(we|i) (\w+ ){0,3}(received|got) your (\w+ ){0,3}(application|resume|cv|submission)\b",
        ],
    ),
    says(
        Confirmation,
        &[
            r"\byour (\w+ )?application (\w+ ){0,14}(has been|was|is|has) (\w+ ){0,2}(received|submitted|sent|registered|under review|being reviewed|arrived)\b",
        ],
    ),
    says(
        Confirmation,
        &[
            r"\b(thank you|thanks) (very much |so much )?for (your (\w+ )?application|applying|submitting your (\w+ )?(application|resume|cv)|sending (us )?your (application|resume|cv))\b",
        ],
    ),
    says(
        Confirmation,
        &[r"^(re )?(your )?application (received|submitted|confirmation)\b"],
    ),
    says(
        Confirmation,
        &[
            r"\b(confirm|confirms|confirming|acknowledge|acknowledges) (\w+ )?(receipt|that we (have )?received)\b",
            r"\b(application|resume|cv)\b",
        ],
    ),
    // No.
    says(
        Rejection,
        &[
            r"\b(not|wont|unable to|cannot|can not|against|no longer) (to )?(be )?(able to )?(move|moving|proceed|proceeding|progress|progressing|take|taking|continue|continuing|go|going|advance|advancing|pursue|pursuing) (\w+ ){0,4}(forward|ahead|further|with your|your application|your candidacy|you to the|with you)\b",
        ],
    ),
    says(
        Rejection,
        &[r"\bnot (be )?(considering|progressing|advancing|taking) (you|your)\b"],
    ),
    says(
        Rejection,
        &[
            r"\b(decided|chosen|elected|opted|going|choosing|moving|moved) (\w+ ){0,4}(with|for|forward with|ahead with|to pursue) (\w+ ){0,3}(other|another|different) (\w+ )?(candidate|candidates|applicant|applicants|person)\b",
        ],
    ),
    says(
        Rejection,
        &[
            r"\b(other|another|other strong) (candidate|candidates|applicant|applicants)\b",
            r"\b(more closely|better match|closer match|better fit|stronger match|closely match|closer to)\b",
        ],
    ),
    says(
        Rejection,
        &[
            r"\b(position|role|vacancy|internship|opening|job|requisition) (\w+ ){0,5}(has|have) (\w+ )?been (filled|cancelled|canceled|closed|withdrawn|put on hold)\b",
        ],
    ),
    says(
        Rejection,
        &[
            r"\b(your (\w+ )?application|you|your candidacy|your profile) (\w+ ){0,6}(has|have|was|were|is|are) (\w+ ){0,3}(unsuccessful|rejected|declined|turned down)\b",
        ],
    ),
    says(
        Rejection,
        &[
            r"\b(your (\w+ )?application|you|your candidacy|your profile) (\w+ ){0,8}(not|never) (been |be )?(selected|successful|shortlisted|chosen)\b",
        ],
    ),
    unless(
        Rejection,
        &[
            r"\b(unable|not able|not be able|cannot|can not|not in a position) (to )?(offer|provide) you (\w+ ){0,5}(position|role|internship|place|job|interview|spot|placement)\b",
        ],
        r"\b(monday|tuesday|wednesday|thursday|friday|time|times|date|slot|day|reschedule|before|after|until)\b",
    ),
    unless(
        Rejection,
        &[
            r"\bregret (to|that)\b",
            r"\b(application|position|role|candidacy|internship|successful|selected)\b",
            r"\b(not|unsuccessful|other|another|unable|cannot|filled)\b",
        ],
        r"\b(individually|every|each|all applicants|all candidates|phone|personally)\b",
    ),
    says(
        Rejection,
        &[
            r"\bnot (be )?(the|a) (right|best|good|strong) (\w+ )?(fit|match)\b",
            r"\b(you|your|role|position|team)\b",
        ],
    ),
    // A first call.
    unless(
        Screen,
        &[
            r"\b(phone screen|screening call|recruiter call|intro call|introductory call|initial call|initial chat|initial conversation|first call|get to know you call|short call|quick call|brief call)\b",
            r"\b(invite|schedule|book|arrange|set up|availability|available|confirmed|slot|like to|happy to)\b",
        ],
        EVENT,
    ),
    // Interviews.
    unless(
        Interview,
        &[
            r"\b(invite|inviting|invited) (you )?(\w+ ){0,10}(interview|interviews|on ?site|final round|next round|conversation|video call)\b",
        ],
        EVENT,
    ),
    unless(
        Interview,
        &[
            r"\b(schedule|arrange|book|set up|organise|organize|plan) (\w+ ){0,6}(interview|interviews|conversation|video call|on ?site)\b",
        ],
        r"\b(webinar|event|survey|demo|mock|mentor|practice)\b",
    ),
    unless(
        Interview,
        &[
            r"\binterview (\w+ ){0,8}(is|has been|was) (now )?(confirmed|scheduled|rescheduled|moved|booked|set)\b",
        ],
        EVENT,
    ),
    unless(
        Interview,
        &[
            r"^(re )?(interview (invitation|invite|confirmation|confirmed|scheduled)|(invitation|invite) (to|for) (\w+ ){0,5}interview|your interview (with|at|for))\b",
        ],
        EVENT,
    ),
    unless(
        Interview,
        &[
            r"\b(move|moving|progress|progressing|advance|advancing|proceed|proceeding|bring|bringing) (\w+ ){0,6}(to|for|with) (\w+ ){0,4}(interview|interviews|next round|final round)\b",
        ],
        r"\b(not|unable|cannot|webinar|event)\b",
    ),
    unless(
        Interview,
        &[
            r"\b(availability|available|slots?|times?) (\w+ ){0,10}(interview|interviews|conversation|video call)\b",
            r"\b(let us|please|share|send|pick|choose|select|what|offer|propose)\b",
        ],
        EVENT,
    ),
    unless(
        Interview,
        &[
            r"\b(pick|choose|select|book) (\w+ ){0,3}(slot|time|date)\b",
            TALK,
        ],
        EVENT,
    ),
    // Assessments.
    unless(
        Assessment,
        &[
            r"\b(complete|take|finish|submit|start|begin|invite you to|invited to|sent you|link to|next step is) (\w+ ){0,8}(assessment|coding (challenge|test|exercise|task|assignment)|programming (challenge|test|exercise|task)|online test|technical (test|challenge|exercise|assignment|task)|take home|takehome|hackerrank|codility|codesignal)\b",
        ],
        r"\b(survey|webinar|course|received your)\b",
    ),
    unless(
        Assessment,
        &[
            r"^(re )?(\w+ ){0,5}(assessment|coding challenge|coding test|online test|technical test) (invitation|invite|for your application|for the)\b",
        ],
        r"\b(survey|webinar|course|received|result|results)\b",
    ),
    unless(
        Assessment,
        &[
            r"\b(invitation|invite) (to|for) (\w+ ){0,6}(assessment|coding challenge|coding test|online test|technical test)\b",
        ],
        r"\b(survey|webinar|course)\b",
    ),
    // Yes.
    unless(
        Offer,
        &[
            r"\b(pleased|delighted|happy|thrilled|excited|glad|like|able|love) to (\w+ ){0,2}(offer|extend) (\w+ ){0,6}(position|role|internship|job|place|placement|offer|spot)\b",
        ],
        r"\b(not|unable|interview slot|discount|webinar|opportunity to interview|chance to interview|talent (community|pool|network)|would have)\b",
    ),
    unless(
        Offer,
        &[
            r"\b(offer letter|letter of offer|offer of employment|internship offer|formal offer|written offer|employment contract|internship contract|internship agreement)\b",
            r"\b(attached|enclosed|attach|sign|signed|find|below|review|sending)\b",
        ],
        r"\b(not|unable|last year|example)\b",
    ),
    unless(
        Offer,
        &[
            r"\bcongratulations\b",
            r"\b(offer|selected for the (\w+ ){0,4}(position|role|internship)|join us as|welcome to the team)\b",
        ],
        r"\b(interview|assessment|round|event|webinar|not)\b",
    ),
];

pub(super) const LANGUAGE: Language = Language {
    name: "English",
    phrases: PHRASES,
    conditional: r"\b(if|should (you|your|we|there)|in case|whether|unless|once we|shortlisted (candidates|applicants)|(may|might) (then )?(be|invite|ask|contact|have)|selected (candidates|applicants)|successful (candidates|applicants)|some (roles|positions)|depending on|usually|typically|our process|the process (is|has|consists)|steps? (may|can) include|not yet|yet to|has not been (filled|closed)|have not (made|reviewed|decided)|(candidates|applicants|those) who|only contact)\b",
    harmless: r"\b((if|should) (you|there) (\w+ ){0,4}(questions?|help|accommodations?|adjustments?|reschedule|trouble|difficulties)|if (none|neither|these|this|that|the) (\w+ ){0,4}(times?|slots?|dates?|days?) (\w+ ){0,4}(suit|suits|work|works|convenient|possible)|if (none|neither) (\w+ ){0,4}(suit|suits|work|works)|if you (are|re) (still )?interested|if you (\w+ ){0,2}(cannot|cant) (\w+ ){0,3}(attend|make it|join)|if you (would )?(need|require|prefer))\b",
    past: r"\b((thank you|thanks) (\w+ ){0,3}for (\w+ ){0,3}(interviewing|taking|completing|coming|meeting|speaking|talking|attending|the (interview|conversation|call|chat))|(after|following|since) (your|the|our|a) (\w+ )?(interview|assessment|conversation|call)|(we|i) (\w+ )?enjoyed)\b",
    mistake: r"\b(by mistake|in error|by error|disregard|please ignore|sent to you wrongly)\b",
    noise: r"\b(new jobs?|job alert|jobs? (for you|you may|matching|near)|recommended (jobs|for you)|\d+ (new )?(jobs|internships)|newsletter|webinar|(jobs|internships) this week|weekly digest|verify your (email|account)|verification code|security code|password|complete your profile|finish your application|continue your application|application (is )?(incomplete|not finished|not complete)|saved search)\b",
};
