// One of the two peers as a server: `node server.mjs PEER FOLDER plain|journal`. Prints its port.
//
// plain is how it comes: neither flushes to the disk. With journal every message that it takes in is first appended to a
// journal and flushed: what someone would add who must not lose what was acknowledged.
import { mkdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { journal } from "./journal.mjs";

const [peer, folder, mode] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const kept = mode === "journal" ? await journal(join(folder, "journal")) : null;

async function automergeRepo() {
  const { Repo } = await import("@automerge/automerge-repo");
  const { WebSocketServerAdapter } = await import("@automerge/automerge-repo-network-websocket");
  const { NodeFSStorageAdapter } = await import("@automerge/automerge-repo-storage-nodefs");
  const { WebSocketServer } = await import("ws");
  class Journalled extends WebSocketServerAdapter {
    receiveMessage(bytes, socket) {
      if (!kept) return super.receiveMessage(bytes, socket);
      kept.append(bytes).then(() => super.receiveMessage(bytes, socket));
    }
  }
  const http = createServer();
  const sockets = new WebSocketServer({ server: http });
  // As its own sync server has it: announces nothing, gives what is asked for.
  new Repo({
    network: [new Journalled(sockets)],
    storage: new NodeFSStorageAdapter(join(folder, "documents")),
    peerId: "server",
    sharePolicy: async () => false,
  });
  await new Promise((ready) => http.listen(0, "127.0.0.1", 2048, ready));
  return http.address().port;
}

async function hocuspocus() {
  const { Server } = await import("@hocuspocus/server");
  const Y = await import("yjs");
  const file = (name) => join(folder, `${encodeURIComponent(name)}.yjs`);
  const server = new Server({
    port: 0,
    address: "127.0.0.1",
    quiet: true,
    stopOnSignals: false,
    // Beyond its default of a hundred at once it hangs up on a device that comes back with a thousand documents.
    maxPendingDocuments: 100_000,
    // As its database extension does it, 2 s after the last change and at most 10 s after the first.
    async onStoreDocument({ documentName, document }) {
      await writeFile(file(documentName), Y.encodeStateAsUpdate(document));
    },
    async onLoadDocument({ documentName, document }) {
      const bytes = await readFile(file(documentName)).catch(() => null);
      if (bytes) Y.applyUpdate(document, bytes);
    },
    ...(kept && { beforeHandleMessage: ({ update }) => kept.append(update) }),
  });
  await new Promise((ready) => server.httpServer.listen(0, "127.0.0.1", 2048, ready));
  return server.httpServer.address().port;
}

const port = await { "automerge-repo": automergeRepo, hocuspocus }[peer]();
console.log(`port ${port}`);
// Whoever started this server holds its input: with them it goes.
process.stdin.on("end", () => process.exit(0)).resume();
