// Copies of the built application, changed as a later build would be: same files, another name, other hashes.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const integrity = (path) => `sha256-${createHash("sha256").update(readFileSync(path)).digest("base64")}`;

/** A copy of the built application in a folder of its own. */
export class AppCopy {
  folder = mkdtempSync(join(tmpdir(), "mufakat-app-"));

  constructor() {
    cpSync(process.env.MUFAKAT_APP, this.folder, { recursive: true });
  }

  /** The name of the build. */
  get build() {
    return JSON.parse(readFileSync(join(this.folder, "build.json"), "utf8")).build;
  }

  /** Changes one file and tells the service worker its new hash and size, as a build does. */
  change(name, edit) {
    const path = join(this.folder, name);
    const old = integrity(path);
    writeFileSync(path, edit(readFileSync(path, "utf8")));
    // What was compressed is the old text.
    rmSync(`${path}.br`, { force: true });
    const url = name === "index.html" ? "/" : `/${name}`;
    this.#worker((entries) => {
      const entry = entries.find((entry) => entry.url === url);
      if (!entry || entry.integrity !== old) throw new Error(`sw.js does not keep ${name} as it was built`);
      Object.assign(entry, { integrity: integrity(path), size: readFileSync(path).length });
    });
  }

  /** Gives the build another name everywhere. The new files are in place when the service worker is: it is written last. */
  rename() {
    const old = this.build;
    const name = createHash("sha256").update(`after ${old}`).digest("hex").slice(0, old.length);
    for (const file of ["index.html", "worker.js"]) this.change(file, (text) => replaced(text, old, name, file));
    const worker = join(this.folder, "sw.js");
    writeFileSync(worker, replaced(readFileSync(worker, "utf8"), old, name, "sw.js"));
    rmSync(`${worker}.br`, { force: true });
    writeFileSync(join(this.folder, "build.json"), JSON.stringify({ build: name }));
    rmSync(join(this.folder, "build.json.br"), { force: true });
    return name;
  }

  #worker(edit) {
    const path = join(this.folder, "sw.js");
    const text = readFileSync(path, "utf8").replace(/const (CORE|LAZY) = (\[.*?\]);/gs, (_, list, json) => {
      const entries = JSON.parse(json);
      if (list === "CORE") edit(entries);
      return `const ${list} = ${JSON.stringify(entries)};`;
    });
    writeFileSync(path, text);
    if (existsSync(`${path}.br`)) rmSync(`${path}.br`);
  }

  /** Removes the copy. */
  end() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function replaced(text, old, name, file) {
  if (!text.includes(old)) throw new Error(`${file} does not name its build`);
  return text.replaceAll(old, name);
}
