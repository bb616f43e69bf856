// What a device holds, read straight from its IndexedDB: what the screen does not show may still be there.

import { inflateRawSync } from "node:zlib";

/** How a change begins that Automerge has compressed: its magic bytes, a checksum, the kind of chunk 2, its length. */
const COMPRESSED = /\x85\x6f\x4a\x83[^]{4}\x02[\x80-\xff]{0,3}[\x00-\x7f]/g;
/** As many bytes at most stand before what is compressed in a value: its seal, and what it is. */
const BEFORE = 8;
/** No change of these tests is longer. */
const LONGEST = 65_536;

/** What was compressed from here on; nothing where nothing was. */
function inflated(bytes) {
  try {
    return [inflateRawSync(bytes).toString("latin1")];
  } catch {
    return [];
  }
}

/**
 * All keys and values of all databases of the page's origin, as one text in which every byte is one character, and after
 * them what is in values and changes that are compressed.
 */
export async function dump(page) {
  const values = await stored(page);
  const inside = values.flatMap((value) => {
    const bytes = Buffer.from(value, "latin1");
    return Array.from({ length: BEFORE }, (_, at) => inflated(bytes.subarray(at))).flat();
  });
  return unfolded([...values, ...inside].join("\n"));
}

/** What a hub sent, as one text: as it came, and what is in frames and changes that are compressed. */
export function heard(pieces) {
  const bytes = Buffer.concat(pieces);
  const frames = Array.from(bytes, (byte, at) => (byte === 1 ? inflated(bytes.subarray(at + 1)) : [])).flat();
  return unfolded([bytes.toString("latin1"), ...frames].join("\n"));
}

function unfolded(all) {
  const changes = [...all.matchAll(COMPRESSED)].flatMap((found) =>
    inflated(Buffer.from(all.slice(found.index + found[0].length, found.index + LONGEST), "latin1")),
  );
  return [all, ...changes].join("\n");
}

/** Keys and values, each as a text. */
function stored(page) {
  return page.evaluate(async () => {
    const told = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const bytes = (value) => {
      if (value instanceof ArrayBuffer) value = new Uint8Array(value);
      if (ArrayBuffer.isView(value)) {
        let text = "";
        for (const byte of new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) text += String.fromCharCode(byte);
        return text;
      }
      if (typeof value === "string") return bytes(new TextEncoder().encode(value));
      if (value instanceof CryptoKey) return "";
      if (value && typeof value === "object") return Object.values(value).map(bytes).join("\n");
      return String(value);
    };
    const all = [];
    for (const { name } of await indexedDB.databases()) {
      const db = await told(indexedDB.open(name));
      for (const store of db.objectStoreNames) {
        const at = db.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([told(at.getAllKeys()), told(at.getAll())]);
        all.push(...[...keys, ...values].map(bytes));
      }
      db.close();
    }
    return all;
  });
}

/** Words as they stand in a dump. */
export const inDump = (words) => Buffer.from(words, "utf8").toString("latin1");

/** A document's id as it stands in a dump where it is kept as bytes. */
export const idInDump = (id) => Buffer.from(id.replaceAll("-", ""), "hex").toString("latin1");
