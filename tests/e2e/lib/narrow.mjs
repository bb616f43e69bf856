// A narrow, lossy link as TCP makes programs feel it: bytes come slowly, and what is lost comes late, with everything
// behind it.

/** What fits into one packet. */
const PACKET = 1_400;

/** One direction of a link, shared by all its connections. */
export class Narrow {
  #rate;
  #delay;
  #loss;
  #random;
  #free = 0;
  /** How many packets were lost and sent again. */
  lost = 0;

  /** `rate` in bytes a millisecond, `delay` in milliseconds, `loss` as a part of one; the same seed loses the same packets. */
  constructor({ rate, delay, loss, seed }) {
    this.#rate = rate;
    this.#delay = delay;
    this.#loss = loss;
    this.#random = mulberry(seed);
  }

  /** A lane for one connection: takes bytes, and hands them on in order when they would have arrived. */
  lane(hand) {
    let last = 0;
    return (bytes) => {
      for (let at = 0; at < bytes.length; at += PACKET) {
        const packet = bytes.subarray(at, at + PACKET);
        this.#free = Math.max(this.#free, Date.now()) + packet.length / this.#rate;
        let arrives = this.#free + this.#delay;
        // Found missing after a while, it is sent again; that may get lost too.
        for (let wait = 2 * this.#delay + 200; this.#random() < this.#loss; wait *= 2) {
          this.lost += 1;
          arrives += wait;
        }
        last = Math.max(last, arrives);
        setTimeout(() => hand(packet), last - Date.now());
      }
    };
  }
}

function mulberry(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
