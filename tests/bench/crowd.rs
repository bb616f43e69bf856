//! Many devices at one hub in its own process: how soon others see an edit, how many edits it takes in, what it holds in
//! memory, and how it stands everyone coming at once.

use std::time::{Duration, Instant};

use tokio::{sync::mpsc, time::timeout};

use crate::{
    live::{Live, News, What, connect},
    place::{Folder, Hub, Ready},
    program::Program,
    table::Figure,
};

/// Whatever is waited for must come within this.
const PATIENCE: Duration = Duration::from_secs(60);

type Heard = mpsc::UnboundedReceiver<News>;

async fn heard(news: &mut Heard) -> News {
    timeout(PATIENCE, news.recv()).await.expect("news in time").expect("devices are there")
}

/// Waits until so many devices are up to a number; when the last was.
async fn up_to(news: &mut Heard, number: u64, mut devices: u32) -> Instant {
    loop {
        let News { at, what } = heard(news).await;
        if let What::UpTo(to) = what
            && to >= number
        {
            devices -= 1;
            if devices == 0 {
                return at;
            }
        }
    }
}

/// Waits until there have been so many of one kind of news.
async fn times(news: &mut Heard, mut count: u32, mut each: impl FnMut(Instant), kind: fn(&What) -> bool) {
    while count > 0 {
        let News { at, what } = heard(news).await;
        if kind(&what) {
            each(at);
            count -= 1;
        }
    }
}

const fn shown(what: &What) -> bool {
    matches!(what, What::Shown)
}

const fn acked(what: &What) -> bool {
    matches!(what, What::Acked)
}

fn share(sorted: &[Duration], share: f64) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an index"
    )]
    let index = (sorted.len() as f64 * share) as usize;
    sorted[index.min(sorted.len() - 1)].as_secs_f64() * 1e6
}

/// From the edit on one device to its being in the copy of each of the others.
pub async fn latency(clients: u32, rounds: u32) -> Vec<Figure> {
    let Ready { folder, devices, .. } = Hub::ready("latency", clients, 1).await;
    let program = Program::start(folder.path());
    let (tell, mut news) = mpsc::unbounded_channel();
    let mut crowd = Vec::new();
    for passport in devices {
        crowd.push(connect(passport, program.address.clone(), tell.clone()));
    }
    settle(&mut news).await;
    let (mut samples, others) = (Vec::new(), clients - 1);
    let mut before = (0.0, 0.0);
    for round in 0..rounds + 10 {
        if round == 10 {
            before = program.commits().await;
        }
        let began = Instant::now();
        crowd[0].edit(format!("Exam reform, part {round}"));
        let note = |at: Instant| {
            if round >= 10 {
                samples.push(at.saturating_duration_since(began));
            }
        };
        times(&mut news, others, note, shown).await;
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let after = program.commits().await;
    let flush = (after.1 - before.1) / (after.0 - before.0).max(1.0);
    samples.sort();
    let what = format!("change to other screens, {clients} clients");
    let note = format!("ours commits and flushes before anyone hears: {flush:.0} µs of it; the peers flush nothing");
    vec![
        Figure::new("median_us", format!("{what}: median"), "µs", share(&samples, 0.5)).note(note),
        Figure::new("p99_us", format!("{what}: 99th of 100"), "µs", share(&samples, 0.99)),
    ]
}

/// Until nobody says anything for a moment.
async fn settle(news: &mut Heard) {
    while timeout(Duration::from_millis(700), news.recv()).await.is_ok() {}
}

/// Edits a second that the hub has committed and flushed, by devices that each wait for an acknowledgement before the next.
pub async fn rate(clients: u32, span: Duration, note: &'static str) -> Vec<Figure> {
    let Ready { folder, devices, .. } = Hub::ready("rate", clients, clients.max(2)).await;
    let program = Program::start(folder.path());
    let mut writers = Vec::new();
    for passport in devices {
        let (tell, news) = mpsc::unbounded_channel();
        writers.push((connect(passport, program.address.clone(), tell), news));
    }
    tokio::time::sleep(Duration::from_millis(700)).await;
    let round = async |writer: &mut (Live, Heard), first: u32, end: Instant| {
        let mut part = first;
        while Instant::now() < end {
            writer.0.edit(format!("Exam reform, part {part}"));
            times(&mut writer.1, 1, |_| (), acked).await;
            part += 1;
        }
        part
    };
    let mut tasks = Vec::new();
    let warm = Instant::now() + span / 3;
    let end = warm + span;
    for mut writer in writers {
        tasks.push(tokio::spawn(async move {
            let warmed = round(&mut writer, 0, warm).await;
            round(&mut writer, warmed, end).await - warmed
        }));
    }
    tokio::time::sleep_until(warm.into()).await;
    let before = program.commits().await;
    let mut taken = 0;
    for task in tasks {
        taken += task.await.expect("a writer ends");
    }
    let after = program.commits().await;
    let commits = (after.0 - before.0).max(1.0);
    let per_second = f64::from(taken) / (Instant::now() - warm).as_secs_f64();
    let each = f64::from(taken) / commits;
    let note = format!("ours: {each:.0} changes a flush of {:.0} µs; {note}", (after.1 - before.1) / commits);
    vec![Figure::new("per_second", format!("accepted changes, {clients} writers"), "/s", per_second).more().note(note)]
}

/// What the hub's process holds in memory: alone, and with documents and as many connections.
pub async fn memory(docs: u32) -> Vec<Figure> {
    let empty = Folder::new("idle");
    let program = Program::start(empty.path());
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let idle = program.memory();
    drop(program);
    // A device may have four connections.
    let Ready { folder, devices, .. } = Hub::ready("memory", docs.div_ceil(4), docs).await;
    let program = Program::start(folder.path());
    let (tell, mut news) = mpsc::unbounded_channel();
    let mut crowd = Vec::new();
    for n in 0..docs as usize {
        let mut passport = devices[n % devices.len()].clone();
        passport.keeps = false;
        crowd.push(connect(passport, program.address.clone(), tell.clone()));
        if n % 50 == 49 {
            settle(&mut news).await;
        }
    }
    settle(&mut news).await;
    tokio::time::sleep(Duration::from_millis(1_000)).await;
    let busy = program.memory();
    let note = "ours has the sample record in it, and every connection may read every document";
    vec![
        Figure::new("idle_kib", "server's memory, idle", "KiB", idle).note(note),
        Figure::new("busy_kib", format!("server's memory, {docs} documents and connections"), "KiB", busy)
            .note("the peers: one document for each connection"),
    ]
}

/// Everyone comes back at the same moment; a hundred edits have been made meanwhile.
pub async fn storm(clients: u32, edits: u32) -> Vec<Figure> {
    let Ready { folder, devices, head } = Hub::ready("storm", clients + 1, 1).await;
    let program = Program::start(folder.path());
    let (tell, mut news) = mpsc::unbounded_channel();
    let mut devices = devices.into_iter();
    let writer = connect(devices.next().expect("a writer"), program.address.clone(), tell.clone());
    for n in 0..edits {
        writer.edit(format!("Exam reform, part {n}"));
        times(&mut news, 1, |_| (), acked).await;
    }
    settle(&mut news).await;
    let before = program.processor();
    let began = Instant::now();
    let (tell, mut news) = mpsc::unbounded_channel();
    let crowd: Vec<_> = devices.map(|passport| connect(passport, program.address.clone(), tell.clone())).collect();
    let last = up_to(&mut news, head + u64::from(edits), clients).await;
    let took = (last - began).as_secs_f64() * 1e3;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let server = program.processor() - before;
    drop(crowd);
    let what = format!("{clients} clients come back at once, {edits} edits behind");
    vec![
        Figure::new("all_ms", format!("{what}: all up to date"), "ms", took).note("what the clients do is in it"),
        Figure::new("server_ms", format!("{what}: server's processor"), "ms", server),
    ]
}
