//! The reasons: each criterion with its sentence, its clause, and what would settle it.

use ruhu_core::{At, Change, Place, Question, Verdict, Visit};
use yew::prelude::*;

use super::Rest;
use super::words::{reading_line, source_line, value_source};
use crate::bar::{sign, state};
use crate::button::button;
use crate::field::truth;
use crate::live::{Part, keyed};
use crate::session::{Edit, Session};
use crate::store::Store;

/// All criteria, under the slogan that was chosen.
pub(crate) fn reasons(store: &Store) -> Html {
    let session = store.read();
    let standard = session.visit().standard();
    let chosen = session.look().grouping;
    let tabs = standard.groupings().iter().enumerate().map(|(at, grouping)| {
        html! {
            <button type="button" class="chip" aria-pressed={truth(at == chosen)}
                onclick={store.on(move || Edit::Grouping(at))}>
                {session.lang().named("grouping", &grouping.id)}
            </button>
        }
    });
    let tabs: Html = tabs.collect();
    let groups = grouped(&session).into_iter().map(|(name, criteria)| {
        let rows = criteria
            .into_iter()
            .map(|at| keyed(store, Part::Rest(Rest::Reason(at)), &at));
        html! {
            <section class="group">
                if !name.is_empty() { <h3>{name}</h3> }
                <div>{for rows}</div>
            </section>
        }
    });
    let groups: Html = groups.collect();
    html! {
        <>
            <p class="overall">
                {session.say("overall")}{state(store, session.visit().verdict())}
            </p>
            <p class="help">{session.say("only_a_proposal")}</p>
            if standard.groupings().len() > 1 {
                <div class="tabs" role="group" aria-label={session.say("grouping")}>{tabs}</div>
            }
            {groups}
            {proposed(store, &session)}
        </>
    }
}

/// The criteria by group; each one stands somewhere.
pub(crate) fn grouped(session: &Session) -> Vec<(String, Vec<usize>)> {
    let standard = session.visit().standard();
    let count = standard.criteria().len();
    let mut left: Vec<usize> = (0..count).collect();
    let mut groups = Vec::new();
    if let Some(grouping) = standard.groupings().get(session.look().grouping) {
        for (id, criteria) in &grouping.groups {
            left.retain(|at| !criteria.contains(at));
            groups.push((session.lang().named("group", id), criteria.clone()));
        }
    }
    if !left.is_empty() {
        groups.push((String::new(), left));
    }
    groups
}

/// The first words of why: the margin where there is one, else the first few grounds.
pub(crate) fn in_short(session: &Session, visit: &Visit, at: usize) -> String {
    const FEW: usize = 2;
    let lang = session.lang();
    let finding = visit.finding(at);
    let grounds = finding.grounds.iter();
    let with_margin = grounds.clone().find_map(|one| Some((one, one.margin.as_ref()?)));
    if let Some((ground, margin)) = with_margin {
        let said = visit.say_ground(lang, ground);
        let margin = visit.say_margin(lang, margin, ground.verdict);
        return session.fill("with_margin", &[("said", &said), ("margin", &margin)]);
    }
    let said: Vec<String> = grounds
        .take(FEW)
        .map(|ground| visit.say_ground(lang, ground).to_string())
        .collect();
    said.join(&session.between())
}

/// What a criterion is called: 官方简称, or its name.
pub(crate) fn term(session: &Session, at: usize) -> String {
    let criteria = session.visit().standard().criteria();
    let Some(criterion) = criteria.get(at) else { return String::new() };
    session.lang().named("term", &criterion.id)
}

/// A criterion's state and reason in one line, where its questions are asked.
pub(crate) fn strip(store: &Store, at: usize) -> Html {
    let session = store.read();
    let verdict = session.visit().verdicts().get(at).copied().unwrap_or(Verdict::Unknown);
    let short = in_short(&session, session.visit(), at);
    let open = {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| {
            store.apply(Edit::Unfold(Some(at)));
            store.apply(Edit::Sheet(true));
        })
    };
    html! {
        <button type="button" class="strip" aria-haspopup="dialog" onclick={open}>
            <span class="strip-head">
                <b>{term(&session, at)}</b>{state(store, verdict)}
            </span>
            <span class="strip-text">{short}</span>
        </button>
    }
}

/// A criterion on the sheet; unfolded, it says everything.
pub(crate) fn reason(store: &Store, at: usize) -> Html {
    let session = store.read();
    let visit = session.visit();
    let verdict = visit.verdicts().get(at).copied().unwrap_or(Verdict::Unknown);
    let open = session.unfolded() == Some(at);
    let toggle = store.on(move || Edit::Unfold((!open).then_some(at)));
    html! {
        <section class={classes!("reason", open.then_some("open"))}>
            <button type="button" class="reason-head" aria-expanded={truth(open)} onclick={toggle}>
                <span class="strip-head">
                    <b>{term(&session, at)}</b>{state(store, verdict)}
                </span>
                if !open { <span class="strip-text">{in_short(&session, visit, at)}</span> }
            </button>
            if open { {unfolded(store, &session, at)} }
        </section>
    }
}

/// So many of a kind and no more: the rest is told by number.
const MOST: usize = 8;

fn unfolded(store: &Store, session: &Session, at: usize) -> Html {
    let visit = session.visit();
    let lang = session.lang();
    let finding = visit.finding(at);
    let grounds = finding.grounds.iter().take(MOST).map(|ground| {
        let margin = ground.margin.as_ref();
        let margin = margin.map(|margin| visit.say_margin(lang, margin, ground.verdict));
        let (class, sign) = sign(ground.verdict);
        html! {
            <li>
                <i class={classes!("dot", class)} aria-hidden="true">{sign}</i>
                {&*visit.say_ground(lang, ground)}
                if let Some(margin) = margin { <b class="margin">{margin}</b> }
            </li>
        }
    });
    let grounds: Html = grounds.collect();
    let more = finding.grounds.len().saturating_sub(MOST);
    let standard = visit.standard();
    let cite = standard.criteria().get(at).map(|criterion| &criterion.cite);
    html! {
        <div class="reason-body">
            <ul class="grounds">{grounds}</ul>
            {and_more(session, more)}
            {asks(store, session, at)}
            {ways(store, session, at)}
            {hangs(store, session, at)}
            if let Some(cite) = cite {
                <p class="cite">
                    <b>{session.say("rests_on")}</b>{source_line(session, cite)}
                    if let Some(text) = &cite.text { <q>{text}</q> }
                </p>
            }
            {for readings(session, at).map(|line| html! { <p class="cite">{line}</p> })}
        </div>
    }
}

/// On which readings a criterion rests, where offices may differ, and where they stand.
fn readings(session: &Session, at: usize) -> impl Iterator<Item = String> {
    let found = session.visit().doubtful(at).into_iter();
    found.map(|one| reading_line(session, one, |value| value_source(session, value)))
}

pub(crate) fn and_more(session: &Session, more: usize) -> Html {
    if more == 0 {
        return Html::default();
    }
    let text = session.fill("and_more", &[("count", &more.to_string())]);
    html! { <p class="help">{text}</p> }
}

/// A button that leads to where a question is asked.
fn go(store: &Store, question: &Question, text: &str) -> Html {
    let question = question.clone();
    html! {
        {button("go", text.to_owned(), store.on(move || Edit::Ask(question.clone())))}
    }
}

fn asks(store: &Store, session: &Session, at: usize) -> Html {
    let visit = session.visit();
    let asked = visit.questions(at);
    if asked.is_empty() || visit.verdicts().get(at) != Some(&Verdict::Unknown) {
        return Html::default();
    }
    let shown = asked.iter().take(MOST).map(|question| {
        go(store, question, &visit.say_question(session.lang(), question))
    });
    let shown: Html = shown.collect();
    html! {
        <div class="asks">
            <h4>{session.say("would_settle")}</h4>
            <div class="gos">{shown}</div>
            {and_more(session, asked.len().saturating_sub(MOST))}
        </div>
    }
}

fn ways(store: &Store, session: &Session, at: usize) -> Html {
    let visit = session.visit();
    let ways = visit.changes(at);
    if ways.is_empty() {
        return Html::default();
    }
    let shown = ways.iter().take(4).map(|set| {
        let parts = set.iter().map(|change| {
            let text = visit.say_change(session.lang(), change);
            match target(change) {
                Some(question) => go(store, &question, &text),
                None => html! { <span class="go plain">{text}</span> },
            }
        });
        html! { <li class="gos">{for parts}</li> }
    });
    let shown: Html = shown.collect();
    html! {
        <div class="asks">
            <h4>{session.say("would_meet")}</h4>
            <ul class="ways">{shown}</ul>
        </div>
    }
}

fn target(change: &Change) -> Option<Question> {
    match change {
        Change::Answer { at, .. } | Change::Fill(at) => Some(Question::Fact(*at)),
        Change::Number { at, .. } => at.map(Question::Fact),
        Change::Complete(list) => Some(Question::List(*list)),
    }
}

fn hangs(store: &Store, session: &Session, at: usize) -> Html {
    let visit = session.visit();
    let hangs: Vec<At> = visit.hangs(at);
    if hangs.is_empty() {
        return Html::default();
    }
    let shown = hangs.iter().take(MOST).map(|at| {
        let question = Question::Fact(*at);
        let lang = session.lang();
        let said = visit.say_question(lang, &question);
        let text = [said, visit.say_value(lang, *at)].join(" ");
        go(store, &question, &text)
    });
    let shown: Html = shown.collect();
    html! {
        <div class="asks">
            <h4>{session.say("hangs_on")}</h4>
            <div class="gos">{shown}</div>
            {and_more(session, hangs.len().saturating_sub(MOST))}
        </div>
    }
}

/// Proposed standards, shown beside; they decide nothing.
fn proposed(store: &Store, session: &Session) -> Html {
    let beside = session.proposed().into_iter().map(|visit| {
        let standard = visit.standard();
        let mut lang = session.lang().clone();
        lang.add(standard);
        let own =
            standard.criteria().iter().zip(visit.verdicts()).map(|(one, verdict)| {
                html! { <li>{lang.named("term", &one.id)}{state(store, *verdict)}</li> }
            });
        html! {
            <details class="beside">
                <summary>
                    <span class="mark unknown">{session.say("proposed")}</span>
                    {standard.title()}
                </summary>
                <p class="help">{session.say("proposed_help")}</p>
                <ul>{for own}</ul>
            </details>
        }
    });
    beside.collect()
}

/// Why a row counts under the standard, or does not.
pub(super) fn why_counted(store: &Store, place: Place) -> Html {
    let session = store.read();
    let visit = session.visit();
    let Some((verdict, define)) = visit.counts(place) else { return Html::default() };
    let Some(named) = visit.standard().defines().get(define) else {
        return Html::default();
    };
    let why = named.cite.as_ref().map(|cite| source_line(&session, cite));
    let key = match verdict {
        Verdict::Met => "counted_why",
        Verdict::NotMet => "not_counted_why",
        Verdict::Unknown => "counts_open_why",
    };
    let said = session.say(key);
    html! { <p class="help">{said}{why.map(|why| ["（", &why, "）"].concat())}</p> }
}
