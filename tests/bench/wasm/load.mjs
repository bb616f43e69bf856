// How long our largest document takes to load in wasm: `node load.mjs MODULE RECORDS`. Prints one line of JSON.
import { createRequire } from "node:module";

const [path, records] = process.argv.slice(2);
const { saved, load } = createRequire(import.meta.url)(path);
const bytes = saved(Number(records));
const times = [];
for (let n = 0; n < 7; n += 1) {
  const began = performance.now();
  if (load(bytes) !== Number(records)) throw new Error("loaded something else");
  times.push(performance.now() - began);
}
times.sort((a, b) => a - b);
console.log(JSON.stringify({ load_us: Math.round(times[3] * 1_000) }));
