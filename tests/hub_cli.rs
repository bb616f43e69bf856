//! The program as an operator starts it: what it prints, how it fails, how it stops.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("mufakat-cli-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mufakat"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("MUFAKAT_") {
            command.env_remove(name);
        }
    }
    command
}

fn run(args: &[&str], data: &Path) -> Output {
    program().args(args).arg("--data").arg(data).output().expect("runs")
}

fn error(output: &Output) -> String {
    assert!(!output.status.success(), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A hub of its own process; ended hard if the test forgets.
struct Serving {
    child: Child,
    lines: BufReader<std::process::ChildStdout>,
    address: String,
    links: Vec<String>,
}

impl Serving {
    fn start(data: &Path, args: &[&str], links: usize) -> Self {
        let mut child = program()
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(args)
            .arg("--data")
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = || {
            let mut text = String::new();
            lines.read_line(&mut text).expect("a line");
            text.trim_end().to_owned()
        };
        let first = line();
        let address = first.strip_prefix("Listening on http://").unwrap_or_else(|| panic!("{first}")).to_owned();
        let links = (0..links).map(|_| line()).collect();
        Self { child, lines, address, links }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("connects");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n").expect("sends");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("an answer");
        text
    }

    #[cfg(unix)]
    fn stop(mut self, signal: &str) {
        let status = Command::new("kill").args([signal, &self.child.id().to_string()]).status().expect("kill");
        assert!(status.success());
        let started = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("waits") {
                break status;
            }
            assert!(started.elapsed() < Duration::from_secs(15), "does not stop");
            std::thread::sleep(Duration::from_millis(30));
        };
        assert_eq!(status.code(), Some(0), "a clean stop");
        let mut rest = String::new();
        self.lines.read_to_string(&mut rest).expect("its output");
        assert_eq!(rest, "", "nothing but the lines promised");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
#[test]
fn serving_the_sample_prints_its_address_and_three_fresh_links_each_time() {
    let folder = Folder::new("sample");
    let data = folder.0.join("data");
    let mut before = Vec::new();
    for signal in ["-TERM", "-INT"] {
        let hub = Serving::start(&data, &["--sample"], 3);
        let starts = ["Join as focal-point for KH: ", "Join as focal-point for VN: ", "Join as secretariat for ASEC: "];
        for (link, start) in hub.links.iter().zip(starts) {
            let url = link.strip_prefix(start).unwrap_or_else(|| panic!("{link}"));
            let secret = url.strip_prefix(&format!("http://{}/join#", hub.address)).expect("the hub's own address");
            assert_eq!(secret.len(), 43);
            assert!(!before.contains(link), "fresh at each start");
        }
        before.clone_from(&hub.links);
        assert!(hub.get("/healthz").starts_with("HTTP/1.1 200"));
        assert!(hub.get("/readyz").ends_with("ready\n"));
        hub.stop(signal);
    }
    let check = run(&["check"], &data);
    assert!(check.status.success(), "{check:?}");
    assert!(String::from_utf8_lossy(&check.stdout).contains("all sound"), "{check:?}");
}

#[cfg(unix)]
#[test]
fn a_workspace_of_ones_own_prints_one_link_once() {
    let folder = Folder::new("own");
    let hub = Serving::start(&folder.0, &["--url", "https://hub.example.org"], 1);
    assert!(hub.links[0].starts_with("Join as secretariat for ASEC: https://hub.example.org/join#"), "{:?}", hub.links);
    hub.stop("-TERM");
    let hub = Serving::start(&folder.0, &[], 0);
    hub.stop("-TERM");
    let refused = error(&run(&["serve", "--sample", "--listen", "127.0.0.1:0"], &folder.0));
    assert!(refused.contains("--sample needs an empty data folder"), "{refused}");
    // A party of the public record can be invited without anyone having entered it.
    let invited = run(&["invite", "--party", "KH", "--role", "focal-point"], &folder.0);
    let line = String::from_utf8_lossy(&invited.stdout).into_owned();
    assert!(line.starts_with("Join as focal-point for KH: http://127.0.0.1:8080/join#"), "{invited:?}");
    assert!(error(&run(&["invite", "--party", "ZZ", "--role", "focal-point"], &folder.0)).contains("no such party"));
    assert!(error(&run(&["invite", "--party", "KH", "--role", "king"], &folder.0)).contains("a role is one of"));
    assert!(error(&run(&["invite", "--party", "kh", "--role", "head"], &folder.0)).contains("capital letters"));
    let devices = run(&["devices"], &folder.0);
    assert!(devices.status.success() && devices.stdout.is_empty(), "{devices:?}");
    let nobody = "01890000-0000-7000-8000-000000000000";
    assert!(error(&run(&["devices", "revoke", nobody], &folder.0)).contains("no such device"));
}

#[test]
fn what_cannot_work_is_said_in_one_line_and_changes_nothing() {
    let folder = Folder::new("wrong");
    let absent = folder.0.join("absent");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let one = |args: &[&str], says: &str| {
        let text = error(&run(args, &absent));
        assert!(text.starts_with("mufakat: ") && text.trim_end().lines().count() == 1, "{args:?}: {text}");
        assert!(text.contains(says), "{args:?}: {text}");
        assert!(!absent.exists(), "{args:?} made something");
    };
    one(&["serve", "--listen", &address], "cannot listen on");
    one(&["serve", "--listen", "127.0.0.1:0", "--app", "/nowhere/at/all"], "cannot serve the application from");
    one(&["serve", "--database-url", "postgres://user:secret@host/db"], "only sqlite");
    one(&["invite", "--party", "KH", "--role", "head"], "no workspace in");
    one(&["check"], "no workspace in");
    one(&["devices"], "no workspace in");
    let secret = error(&run(&["serve", "--database-url", "postgres://user:secret@host/db"], &absent));
    assert!(!secret.contains("secret"), "{secret}");

    for args in [&["serve", "--nonsense"][..], &["serve", "--listen", "here"], &["nothing"]] {
        assert_eq!(run(args, &absent).status.code(), Some(2), "{args:?}");
    }
    let file = folder.0.join("file");
    std::fs::write(&file, "no folder").expect("writes");
    assert!(error(&run(&["serve", "--listen", "127.0.0.1:0"], &file)).contains("cannot use the data folder"));
}

#[test]
fn a_database_that_is_not_ours_or_newer_is_left_as_it_is() {
    let folder = Folder::new("foreign");
    let file = folder.0.join("mufakat.sqlite3");
    std::fs::write(&file, vec![b'x'; 8192]).expect("writes");
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    assert!(error(&run(&serve, &folder.0)).contains("is not a Mufakat database"));
    assert_eq!(std::fs::read(&file).expect("reads"), vec![b'x'; 8192]);
    std::fs::remove_file(&file).expect("removes");

    // Of a later version: one migration more than this one knows.
    let first = Serving::start(&folder.0, &[], 1);
    drop(first);
    sql(
        &file,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', 1, x'00', 0)",
    );
    let before = std::fs::read(&file).expect("reads");
    for args in [&serve[..], &["check"], &["invite", "--party", "KH", "--role", "head"]] {
        assert!(error(&run(args, &folder.0)).contains("newer Mufakat"), "{args:?}");
    }
    assert_eq!(std::fs::read(&file).expect("reads"), before);
}

#[test]
fn check_finds_a_single_flipped_byte_in_any_column() {
    let folder = Folder::new("check");
    drop(Serving::start(&folder.0, &["--sample"], 3));
    let file = folder.0.join("mufakat.sqlite3");
    let sound = run(&["check"], &folder.0);
    assert!(sound.status.success(), "{sound:?}");
    let flips = [
        // Of a fact, of a hash, a stamp, a turn, a time, a writer; a row gone; a head that counts more.
        ("UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), 'ASEC', 'ASEX') AS BLOB) WHERE number = 2", "hash"),
        ("UPDATE entry SET hash = x'00' || substr(hash, 2) WHERE number = 50", "entry 50"),
        ("UPDATE entry SET stamp = x'0000000000000000' WHERE number = 60", "entry 60"),
        ("UPDATE entry SET seq = seq + 1 WHERE number = (SELECT max(number) FROM entry)", "turn"),
        ("UPDATE entry SET received_at = 1 WHERE number = 70", "entry 70"),
        ("UPDATE entry SET device = x'00112233445566778899aabbccddeeff' WHERE number = 120", "entry 120"),
        ("UPDATE entry SET hash = x'00' WHERE number = 50", "50 does not read"),
        ("DELETE FROM entry WHERE number = 110", "follows entry 109"),
        ("UPDATE workspace SET head = head + 1", "the workspace counts"),
    ];
    checkpoint(&file);
    let copy = folder.0.join("copy");
    let damaged = copy.join("mufakat.sqlite3");
    let fresh = || {
        let _ = std::fs::remove_dir_all(&copy);
        std::fs::create_dir(&copy).expect("a folder");
        std::fs::copy(&file, &damaged).expect("copies");
    };
    let finds = |what: &str, says: &str| {
        let found = run(&["check"], &copy);
        let text = String::from_utf8_lossy(&found.stdout).into_owned();
        assert_eq!(found.status.code(), Some(1), "{what}: {text}");
        assert!(text.contains(says), "{what}: {text}");
        assert!(text.trim_end().ends_with("damaged"), "{text}");
    };
    for (statement, says) in flips {
        fresh();
        sql(&damaged, statement);
        finds(statement, says);
    }
    for at in [0, 9, 40, -1] {
        fresh();
        flip(&damaged, 100, at);
        finds(&format!("byte {at} of a change"), "entry 100: the change does not read");
    }
}

#[cfg(unix)]
#[test]
fn a_backup_is_taken_beside_a_running_hub_and_restored_only_without_it() {
    let folder = Folder::new("backup");
    let data = folder.0.join("data");
    let file = folder.0.join("monday.backup");
    let name = file.to_str().expect("a name");
    let absent = error(&run(&["backup", name], &data));
    assert!(absent.contains("no workspace in") && !data.exists(), "{absent}");
    let hub = Serving::start(&data, &[], 1);
    let made = run(&["backup", name], &data);
    assert!(String::from_utf8_lossy(&made.stdout).starts_with("Backup of "), "{made:?}");
    assert!(error(&run(&["backup", name], &data)).contains("is there already"));
    assert!(error(&run(&["restore", name], &data)).contains("is in use: stop the hub"));
    hub.stop("-TERM");
    assert!(error(&run(&["restore", "/nowhere/at/all"], &data)).contains("cannot read /nowhere/at/all"));
    // By its variable as well.
    let restored = program().args(["restore", "--data"]).arg(&data).env("MUFAKAT_BACKUP", name).output().expect("runs");
    let text = String::from_utf8_lossy(&restored.stdout).into_owned();
    assert!(text.starts_with("Restored ") && text.contains("kept in"), "{restored:?}");
    assert!(run(&["check"], &data).status.success());
    Serving::start(&data, &[], 0).stop("-TERM");
}

#[cfg(unix)]
#[test]
fn audit_prints_the_log_as_csv_by_what_is_asked_also_beside_a_running_hub_and_of_a_damaged_database() {
    let folder = Folder::new("audit");
    let serving = Serving::start(&folder.0, &["--sample"], 3);
    let told = run(&["audit"], &folder.0);
    assert!(told.status.success(), "{told:?}");
    let text = String::from_utf8(told.stdout).expect("text");
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(lines[0], "number,time,outcome,entry,document,kind,person,device,party,role,reason,hash");
    let cells: Vec<Vec<&str>> = lines[1..].iter().map(|line| line.split(',').collect()).collect();
    assert!(cells.iter().all(|cells| cells.len() == 12 && cells[2] == "accepted" && cells[11].len() == 64), "{text}");
    let numbers: Vec<usize> = cells.iter().map(|cells| cells[0].parse().expect("a number")).collect();
    assert_eq!(numbers, (1..=numbers.len()).rev().collect::<Vec<_>>(), "newest first, none missing");
    assert!(numbers.len() > 100 && cells.iter().any(|cells| cells[3] == "change" && cells[5] == "project"));
    serving.stop("-TERM");
    let counted = |flags: &[&str]| {
        let told = run(&[&["audit"], flags].concat(), &folder.0);
        assert!(told.status.success(), "{told:?}");
        String::from_utf8(told.stdout).expect("text").lines().count() - 1
    };
    let of = |n: usize, is: &str| cells.iter().filter(|cells| cells[n] == is).count();
    let (document, day) = (cells[0][4], &cells[0][1][..10]);
    assert!(!document.is_empty() && of(4, document) < numbers.len());
    assert_eq!(counted(&["--document", document]), of(4, document));
    assert_eq!((counted(&["--outcome", "accepted"]), counted(&["--outcome", "refused"])), (numbers.len(), 0));
    let days: usize = cells.iter().filter(|cells| &cells[1][..10] == day).count();
    assert_eq!((counted(&["--from", day, "--to", day]), counted(&["--to", "2020-01-31"])), (days, 0));
    for (flag, bad) in [("--outcome", "perhaps"), ("--from", "2026-02-30"), ("--document", "7")] {
        let told = run(&["audit", flag, bad], &folder.0);
        assert!(!told.status.success() && told.stdout.is_empty(), "{flag} {bad}");
    }
    let file = folder.0.join("mufakat.sqlite3");
    sql(&file, "DELETE FROM entry WHERE number = 110");
    let told = run(&["audit"], &folder.0);
    assert!(told.status.success(), "what is there is still told: {told:?}");
    assert_eq!(String::from_utf8(told.stdout).expect("text").lines().count(), lines.len() - 1);
}

/// Flips one bit of one byte of an entry's body; a place below zero counts from the end.
fn flip(file: &Path, number: i64, at: isize) {
    with(file, async |pool| {
        let body: Vec<u8> = sqlx::query_scalar("SELECT body FROM entry WHERE number = $1 AND kind = 'change'")
            .bind(number)
            .fetch_one(pool)
            .await
            .expect("a change");
        let mut body = body;
        let at = usize::try_from(at).unwrap_or_else(|_| body.len().wrapping_add_signed(at));
        body[at] ^= 1;
        let update = sqlx::query("UPDATE entry SET body = $2 WHERE number = $1").bind(number).bind(body);
        update.execute(pool).await.expect("updates");
    });
}

fn sql(file: &Path, statement: &'static str) {
    with(file, async |pool| {
        sqlx::query(statement).execute(pool).await.expect("runs");
    });
}

fn with(file: &Path, work: impl AsyncFnOnce(&sqlx::SqlitePool)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file).foreign_keys(false);
        let pool = sqlx::SqlitePool::connect_with(options).await.expect("opens");
        work(&pool).await;
        pool.close().await;
    });
}

/// Everything into the one file, as after a clean stop.
fn checkpoint(file: &Path) {
    sql(file, "PRAGMA wal_checkpoint(TRUNCATE)");
}
