// A journal that flushes: what is appended is on the disk before the promise resolves. Whatever waits meanwhile shares
// the next flush, as in Mufakat's hub, so that a peer that flushes loses no more time by it than it must.
import { open } from "node:fs/promises";

export async function journal(path) {
  const file = await open(path, "a");
  let waiting = [];
  let busy = false;
  async function work() {
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await file.writev(batch.map((one) => one.bytes));
        await file.datasync();
        for (const one of batch) one.done();
      } catch (error) {
        for (const one of batch) one.failed(error);
      }
    }
    busy = false;
  }
  return {
    append(bytes) {
      return new Promise((done, failed) => {
        waiting.push({ bytes: new Uint8Array(bytes), done, failed });
        if (!busy) work();
      });
    },
  };
}
