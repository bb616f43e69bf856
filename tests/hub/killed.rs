//! The program itself, ended without a warning (SIGKILL) while people write: what it acknowledged is there, once.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use mufakat::{
    docs::Doc,
    domain::DocKind,
    sync::frame::{Except, Hash, Item},
};

use crate::support::{Device, Folder, draft, join, key, set};

/// Kills in one run.
const KILLS: u32 = 10;

fn program(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mufakat"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("MUFAKAT_") {
            command.env_remove(name);
        }
    }
    command.env("MUFAKAT_DATA", data);
    command
}

/// Starts the hub; its lines are read until it listens.
fn serve(data: &Path, listen: &str) -> (Child, String, BufReader<std::process::ChildStdout>) {
    let mut child = program(data)
        .args(["serve", "--listen", listen])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let mut lines = BufReader::new(child.stdout.take().expect("its output"));
    let mut first = String::new();
    lines.read_line(&mut first).expect("a line");
    let address = first.trim().strip_prefix("Listening on http://").unwrap_or_else(|| panic!("{first}")).to_owned();
    (child, address, lines)
}

fn secret(line: &str) -> String {
    line.trim().rsplit_once('#').unwrap_or_else(|| panic!("{line}")).1.to_owned()
}

fn sound(data: &Path) {
    let check = program(data).arg("check").output().expect("runs");
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}

/// What a device was promised: the number of each of its changes.
type Promised = BTreeMap<Hash, u64>;

/// Writes and resends until told to stop, then until everything is acknowledged.
async fn write(mut device: Device, party: &str, stop: Arc<AtomicBool>, acks: Arc<AtomicU64>) -> (Device, Promised) {
    let (id, fact) = draft(party);
    let mut doc = Doc::new(DocKind::Draft);
    let mut promised = Promised::new();
    let mut waiting: Vec<Item> = vec![Device::fact(&fact)];
    for round in 0_u32.. {
        if waiting.is_empty() {
            if stop.load(SeqCst) {
                break;
            }
            waiting = (0..=round % 4)
                .map(|n| device.edit(id, &mut doc, &set("title", &format!("{party} {round} {n}"))))
                .collect();
        }
        let Some((first, taken, except)) = device.try_push(waiting.clone()).await else {
            // It is gone, or the answer is: the very same again.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        let mut next = first;
        for (index, item) in (0_u32..).zip(std::mem::take(&mut waiting)) {
            let number = match except.iter().find(|(at, _)| *at == index) {
                None => {
                    next += 1;
                    next - 1
                }
                Some((_, Except::Known { number })) => *number,
                // The hub of a moment ago is asked for patience with a device that resends.
                Some((_, Except::Retry { .. })) => {
                    waiting.push(item);
                    continue;
                }
                Some((_, why)) => panic!("{party}: {why:?}"),
            };
            let before = promised.insert(item.key().hash, number);
            assert!(before.is_none_or(|before| before == number), "{party}: {before:?} and then {number}");
        }
        assert_eq!(next, first + u64::from(taken));
        acks.fetch_add(1, SeqCst);
    }
    (device, promised)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_being_killed_at_any_moment_and_is_there_once() {
    let started = Instant::now();
    let folder = Folder::new("killed");
    let data = folder.0.join("data");
    let (mut hub, address, mut lines) = serve(&data, "127.0.0.1:0");
    let mut line = String::new();
    lines.read_line(&mut line).expect("the secretariat's link");
    let http = reqwest::Client::builder().timeout(Duration::from_secs(5)).build().expect("a client");
    let base = format!("http://{address}");
    let mut devices = vec![("ASEC", secret(&line))];
    for party in ["KH", "VN", "SG"] {
        let invited = program(&data).args(["invite", "--party", party, "--role", "focal-point"]).output();
        devices.push((party, secret(&String::from_utf8_lossy(&invited.expect("runs").stdout))));
    }
    let stop = Arc::new(AtomicBool::new(false));
    let acks = Arc::new(AtomicU64::new(0));
    let mut writers = Vec::new();
    for (party, secret) in devices {
        let joined = join(&http, &base, &secret, &key()).await.expect("joins");
        let device = Device::at(http.clone(), &base, joined);
        let (stop, acks) = (Arc::clone(&stop), Arc::clone(&acks));
        writers.push(tokio::spawn(async move { write(device, party, stop, acks).await }));
    }

    // Seeded, so that a run that fails can be run again.
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for kill in 0..KILLS {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let before = acks.load(SeqCst);
        // Under load: not before it acknowledged something in this life, and then at any moment.
        while acks.load(SeqCst) < before + 3 && started.elapsed() < Duration::from_secs(60) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_micros(random >> 33 & 0x1_ffff)).await;
        hub.kill().expect("SIGKILL");
        hub.wait().expect("ends");
        if kill % 3 == 0 {
            sound(&data);
        }
        hub = serve(&data, &address).0;
    }
    stop.store(true, SeqCst);
    let mut all = 0;
    for writer in writers {
        let (device, promised) = writer.await.expect("writes");
        assert!(promised.len() > 20, "there was load: {}", promised.len());
        let mut there = Promised::new();
        for entry in device.log().await {
            if promised.contains_key(&entry.item.key().hash) {
                // A fact may be told again when rights are compared; under another number it would be there twice.
                let before = there.insert(entry.item.key().hash, entry.number);
                assert!(before.is_none_or(|before| before == entry.number), "{before:?} and {}", entry.number);
            }
        }
        assert_eq!(there, promised, "what was acknowledged, under the number that was acknowledged");
        all += promised.len();
    }
    hub.kill().expect("SIGKILL");
    hub.wait().expect("ends");
    sound(&data);
    println!("{KILLS} kills, {} acknowledgements, {all} entries, {:?}", acks.load(SeqCst), started.elapsed());
}
