// One row for one peer: `node run.mjs PEER ROW [SIZE]`. Starts the server, does the work, prints one line of JSON.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { PEERS, forget, traffic } from "./clients.mjs";

const [peer, row, size] = process.argv.slice(2);
const count = Number(size);
const folder = mkdtempSync(join(tmpdir(), "mufakat-bench-peer-"));
const client = PEERS[peer];
const pause = (millis) => new Promise((done) => setTimeout(done, millis));
const servers = [];
const words = (n) => `Exam reform, part ${n}`;

async function server(mode = "plain") {
  const child = spawn(process.execPath, [new URL("server.mjs", import.meta.url).pathname, peer, folder, mode], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^port (\d+)$/.exec(line)?.[1];
    if (!port) continue;
    child.stdout.resume();
    servers.push(child);
    return { pid: child.pid, url: `ws://127.0.0.1:${port}` };
  }
  throw new Error("the server did not start");
}

// Memory held, in KiB.
const memory = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);
// Time on the processor, in ms; the kernel counts it in hundredths of a second.
function processor(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function until(what, done, patience = 120_000) {
  const end = performance.now() + patience;
  while (!done()) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`);
    await pause(2);
  }
}

// Nothing has been said for a second.
const quiet = () => until("nobody speaks", () => performance.now() - traffic.last > 1_000);

function told() {
  const { up, down, messages, trips } = traffic;
  return { bytes: up + down, up, down, messages, trips };
}

// The same with each of a list, few at a time, in order.
async function each(list, work) {
  const all = [];
  for (let i = 0; i < list.length; i += 25) all.push(...(await Promise.all(list.slice(i, i + 25).map(work))));
  return all;
}

const many = (n, url) => each(Array.from({ length: n }), () => client(url));

const ROWS = {
  // A device that has so many documents comes back and nothing is new.
  async nothing() {
    const hub = await server();
    const one = await client(hub.url);
    await each(Array.from({ length: count }), async () => (await one.make()).accepted());
    await quiet();
    one.disconnect();
    await pause(300);
    forget();
    one.connect();
    await quiet();
    if (traffic.down === 0) throw new Error("the server did not answer");
    return { ...told(), trips: null };
  },

  // So many edits of one document, made offline.
  async offline() {
    const hub = await server();
    const one = await client(hub.url);
    const doc = await one.make();
    await quiet();
    one.disconnect();
    await pause(300);
    for (let n = 0; n < count; n += 1) doc.set(words(n));
    forget();
    one.connect();
    await quiet();
    const figures = told();
    const other = await (await client(hub.url)).open(doc.id);
    await until("the edits arrived", () => other.get() === words(count - 1));
    return figures;
  },

  // Two devices have so many edits each; what the second to come back says and hears.
  async both() {
    const hub = await server();
    const [one, two] = await many(2, hub.url);
    const first = await one.make();
    await quiet();
    const second = await two.open(first.id);
    await quiet();
    one.disconnect();
    two.disconnect();
    await pause(300);
    for (let n = 0; n < count; n += 1) {
      first.set(words(n));
      second.set(words(n + 1_000));
    }
    one.connect();
    await quiet();
    forget();
    two.connect();
    await quiet();
    if (first.get() !== second.get()) throw new Error("the two did not meet");
    const { bytes, up, down, messages, trips } = told();
    return { bytes, up, down, messages, trips };
  },

  // From the edit on one device to its being seen on each of the others, all of one document.
  async latency() {
    const hub = await server();
    const [writer, ...others] = await many(count, hub.url);
    const doc = await writer.make();
    await quiet();
    const rounds = count <= 2 ? 200 : count <= 20 ? 100 : 30;
    const samples = [];
    let began = 0;
    let awaited = "";
    let left = 0;
    let warm = false;
    for (const copy of await each(others, (other) => other.open(doc.id))) {
      copy.changed((value) => {
        if (value !== awaited) return;
        if (warm) samples.push(performance.now() - began);
        left -= 1;
      });
    }
    for (let round = -10; round < rounds; round += 1) {
      warm = round >= 0;
      awaited = words(round);
      left = others.length;
      began = performance.now();
      doc.set(awaited);
      await until("everyone has seen it", () => left === 0);
      await pause(10);
    }
    samples.sort((a, b) => a - b);
    const at = (share) => samples[Math.min(samples.length - 1, Math.floor(samples.length * share))];
    return { median_us: Math.round(at(0.5) * 1_000), p99_us: Math.round(at(0.99) * 1_000) };
  },

  rate: () => rate("plain"),
  "rate-journal": () => rate("journal"),

  // The server's memory with nobody there, and with so many documents and as many connections, one document each.
  async memory() {
    const hub = await server();
    await pause(1_500);
    const idle = memory(hub.pid);
    await each(await many(count, hub.url), async (one) => (await one.make()).accepted());
    await pause(2_000);
    return { idle_kib: idle, busy_kib: memory(hub.pid) };
  },

  // So many devices come back at the same moment; a hundred changes of their document have been made meanwhile.
  async storm() {
    const hub = await server();
    const writer = await client(hub.url);
    const doc = await writer.make();
    await quiet();
    const all = await many(count, hub.url);
    const copies = await each(all, (one) => one.open(doc.id));
    await quiet();
    for (const one of all) one.disconnect();
    await pause(1_000);
    for (let n = 0; n < 100; n += 1) {
      doc.set(words(n));
      await pause(2);
    }
    await quiet();
    const before = processor(hub.pid);
    const began = performance.now();
    for (const one of all) one.connect();
    await until("all have everything", () => copies.every((copy) => copy.get() === words(99)));
    const took = performance.now() - began;
    await pause(300);
    return { all_ms: Math.round(took), server_ms: processor(hub.pid) - before };
  },

  // A document of so many projects with eighteen changes each, from its saved bytes.
  async load() {
    const keys = Array.from({ length: count }, (_, n) => `project-${n}`);
    const edits = (write) => {
      for (let round = 1; round < 18; round += 1) for (const key of keys) write(key, words(round));
    };
    if (peer === "automerge-repo") {
      const A = await import("@automerge/automerge");
      let doc = A.from({ projects: {} });
      const change = (make) => (doc = A.change(doc, make));
      for (const key of keys) change((d) => void (d.projects[key] = { title: new A.ImmutableString(key) }));
      edits((key, value) => change((d) => void (d.projects[key].title = new A.ImmutableString(value))));
      return loaded(A.save(doc), (bytes) => A.load(bytes).projects[keys[0]].title.val);
    }
    const Y = await import("yjs");
    const doc = new Y.Doc();
    const projects = doc.getMap("projects");
    for (const key of keys) projects.set(key, new Y.Map([["title", key]]));
    edits((key, value) => projects.get(key).set("title", value));
    return loaded(Y.encodeStateAsUpdate(doc), (bytes) => {
      const copy = new Y.Doc();
      Y.applyUpdate(copy, bytes);
      return copy.getMap("projects").get(keys[0]).get("title");
    });
  },
};

function loaded(bytes, load) {
  const times = [];
  for (let n = 0; n < 7; n += 1) {
    const began = performance.now();
    if (load(bytes) !== words(17)) throw new Error("loaded something else");
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return { load_us: Math.round(times[3] * 1_000), bytes: bytes.length };
}

// Changes a second that the server has acknowledged, by so many devices, each in a document of its own.
async function rate(mode) {
  const hub = await server(mode);
  const docs = await each(await many(count, hub.url), (one) => one.make());
  await quiet();
  let taken = 0;
  const span = count < 8 ? 300 : 3_000;
  const write = async (doc, end) => {
    for (let n = 0; performance.now() < end; n += 1) {
      doc.set(words(n));
      if (await doc.accepted()) taken += 1;
    }
  };
  await Promise.all(docs.map((doc) => write(doc, performance.now() + span / 3)));
  taken = 0;
  const began = performance.now();
  await Promise.all(docs.map((doc) => write(doc, began + span)));
  return { per_second: Math.round((taken * 1_000) / (performance.now() - began)) };
}

try {
  console.log(JSON.stringify(await ROWS[row]()));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  // First the server, which would otherwise miss its folder.
  const gone = servers.map((child) => new Promise((done) => child.once("exit", done)));
  for (const child of servers) child.kill("SIGKILL");
  await Promise.all(gone);
  rmSync(folder, { recursive: true, force: true });
  process.exit();
}
