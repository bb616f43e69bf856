//! The first numbers of the overview: as adopted and today, and what somebody should look at.

use leptos::prelude::*;

use crate::{
    domain::tally::{Class, Count, SOON_DAYS, Stand},
    ui::{
        i18n::{t, tr},
        logic::timeline::Look,
        pages::plan::{OnePlan, tabs::Tab},
        state::parties::use_parties,
    },
};

use super::Numbers;

pub(super) fn figure(name: String, number: AnyView, beside: Option<String>) -> AnyView {
    view! {
        <div class="figure">
            <dt>{name}</dt>
            <dd><b>{number}</b>{beside.map(|text| view! { " "<span class="quiet">{text}</span> })}</dd>
        </div>
    }
    .into_any()
}

/// How many were adopted, how many there are, and how many of them are completed.
pub(super) fn figures(plan: &OnePlan, numbers: Numbers) -> AnyView {
    let total_adopted = plan.live.part(|view| view.card.frozen_total.or(view.card.published_total));
    let frozen = plan.live.part(|view| view.adopted.clone());
    // Of one country it is known only where the projects themselves were frozen.
    let adopted = Memo::new(move |_| match numbers.lead() {
        None => total_adopted.get(),
        Some(lead) => frozen.with(|lines| {
            let of_lead = lines.as_ref()?.iter().filter(|line| line.leads.contains(&lead)).count();
            u32::try_from(of_lead).ok()
        }),
    });
    let list = move || {
        let tally = numbers.tally.get();
        let total = tally.all.total();
        let adopted = adopted.get().map(|adopted| {
            let address = numbers.view.shown.with(|shown| numbers.view.address(Tab::Life, shown));
            let name = tr("tally-adopted");
            let link = view! { <a href=address>{adopted}<span class="vh">" "{name.clone()}</span></a> };
            figure(name, link.into_any(), None)
        });
        let of = |class: Class, name: &str| {
            let rate = tally.all.rate(class).map(|rate| t!("tally-percent", rate = rate));
            let number = numbers.link(tally.all.of(class), &tr(name), vec![Count::Of(class)], |_| {});
            figure(tr(name), number, rate)
        };
        view! {
            <dl class="figures" aria-label=tr("tally-figures")>
                {adopted}
                {figure(tr("tally-today"), numbers.link(total, &tr("tally-today"), vec![Count::All], |_| {}), None)}
                {of(Class::Completed, "tally-completed")}
                {of(Class::Ongoing, "tally-ongoing")}
            </dl>
        }
    };
    // On paper the choice is gone, so the heading says whose numbers these are.
    let parties = use_parties();
    let of_country = move || {
        numbers.lead().map(|lead| view! { <p>{t!("tally-of-lead", lead = parties.with(|all| all.name(&lead)))}</p> })
    };
    view! {
        <section class="section" aria-labelledby="h-figures">
            <div class="section-head"><h2 id="h-figures">{tr("tally-figures")}</h2>{of_country}</div>
            {list}
        </section>
    }
    .into_any()
}

/// The months after which a project is listed that its lead did not confirm.
const MONTHS: [u8; 3] = [3, 6, 12];

/// What is late, due, unsettled or long not heard of.
pub(super) fn attention(plan: &OnePlan, numbers: Numbers) -> AnyView {
    let table = plan.table.clone();
    let (view, today) = (numbers.view, numbers.today);
    let counted = Memo::new(move |_| {
        let months = view.look.get().months;
        let lead = numbers.lead();
        let counts = [
            Count::Overdue,
            Count::Soon,
            Count::Report,
            Count::ReportLate,
            Count::Unconfirmed(months),
            Count::Stand(Stand::Unsettled),
            Count::Differs,
        ];
        table.read(|rows| {
            let taken = |count: &Count| {
                let of_lead = rows.iter().filter(|row| lead.as_ref().is_none_or(|lead| row.leads.contains(lead)));
                let number = of_lead.filter(|row| count.takes(&row.item(), today)).count();
                u32::try_from(number).unwrap_or(u32::MAX)
            };
            counts.into_iter().map(|count| (taken(&count), count)).collect::<Vec<_>>()
        })
    });
    let list = move || {
        let one = |(number, count): (u32, Count)| {
            let name = name(&count);
            figure(name.clone(), numbers.link(number, &name, vec![count], |_| {}), None)
        };
        counted.get().into_iter().map(one).collect_view()
    };
    let choices = move || {
        let now = view.look.get();
        let choice = |months: u8| {
            let address = view.shown.with(|shown| view.address_as(Tab::Overview, shown, Look { months, ..now }));
            view! {
                <a href=address data-noscroll="" aria-current=(months == now.months).then_some("true")>
                    {t!("tally-months", months = months)}
                </a>
            }
            .into_any()
        };
        // A number that came with the address is one of the choices.
        let mut all = MONTHS.to_vec();
        if !all.contains(&now.months) {
            all.push(now.months);
            all.sort_unstable();
        }
        all.into_iter().map(choice).collect_view()
    };
    view! {
        <section class="section" aria-labelledby="h-attention">
            <div class="section-head">
                <h2 id="h-attention">{tr("tally-attention")}</h2>
                <nav class="seg-line" aria-label=tr("tally-choose-months")>
                    <span class="quiet" aria-hidden="true">{tr("tally-choose-months")}</span>
                    <span class="seg">{choices}</span>
                </nav>
            </div>
            <dl class="figures figures--warn" aria-label=tr("tally-attention")>{list}</dl>
        </section>
    }
    .into_any()
}

fn name(count: &Count) -> String {
    match count {
        Count::Overdue => tr("tally-overdue"),
        Count::Soon => t!("tally-soon", days = SOON_DAYS),
        Count::Report => tr("tally-report"),
        Count::ReportLate => t!("tally-report-late", days = crate::domain::tally::REPORT_DAYS),
        Count::Unconfirmed(months) => t!("tally-unconfirmed", months = *months),
        Count::Stand(Stand::Unsettled) => tr("tally-unsettled"),
        Count::Differs => tr("tally-differs"),
        Count::All
        | Count::Of(_)
        | Count::Stand(_)
        | Count::NoLead
        | Count::NoTimeline
        | Count::Year(_)
        | Count::Funding(_) => tr("tally-today"),
    }
}
