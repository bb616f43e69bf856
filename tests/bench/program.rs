//! The hub's own binary in its own process, on a folder made ready before, and what the system says of that process.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// A hub as an operator runs it; it ends with this.
pub struct Program {
    child: Child,
    /// Where it listens: `127.0.0.1:PORT`.
    pub address: String,
}

impl Program {
    pub fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mufakat"))
            .args(["serve", "--sample", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the hub starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("Listening on http://").map(str::to_owned))
            .expect("the hub says where it listens");
        // What it says further must not fill the pipe.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self { child, address }
    }

    fn proc(&self, file: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).unwrap_or_default()
    }

    /// Memory it holds, in KiB.
    pub fn memory(&self) -> f64 {
        let status = self.proc("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
    }

    /// Its time on the processor in milliseconds; the system counts it in hundredths of a second.
    pub fn processor(&self) -> f64 {
        let stat = self.proc("stat");
        let fields = stat.rsplit(") ").next().unwrap_or_default();
        let ticks = fields.split(' ').skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
        ticks.sum::<f64>() * 10.0
    }

    /// Commits so far and the microseconds they took, flushes among them.
    pub async fn commits(&self) -> (f64, f64) {
        let url = format!("http://{}/metrics", self.address);
        let text = reqwest::get(url).await.expect("an answer").text().await.expect("a text");
        let of = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            line.and_then(|value| value.parse::<f64>().ok()).unwrap_or_default()
        };
        (of("mufakat_commits_total"), of("mufakat_commit_micros_total"))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
