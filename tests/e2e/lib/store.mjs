// What a device holds, read straight from its IndexedDB: what the screen does not show may still be there.

/** All keys and values of all databases of the page's origin, as one text in which every byte is one character. */
export function dump(page) {
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
    let all = "";
    for (const { name } of await indexedDB.databases()) {
      const db = await told(indexedDB.open(name));
      for (const store of db.objectStoreNames) {
        const at = db.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([told(at.getAllKeys()), told(at.getAll())]);
        all += [...keys, ...values].map(bytes).join("\n");
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
