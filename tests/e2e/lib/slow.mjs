// A slow laptop, made of this machine.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const TURN = 100;

const processes = (group) => execFileSync("pgrep", ["-g", String(group)], { encoding: "utf8" }).trim().split("\n");

/** Hundredths of a second that a browser has computed so far. */
function computed(group) {
  const of = (pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const [user, system] = stat.slice(stat.lastIndexOf(")") + 2).split(" ").slice(11, 13);
      return Number(user) + Number(system);
    } catch {
      return 0;
    }
  };
  return processes(group).reduce((sum, pid) => sum + of(pid), 0);
}

/** Waits until a browser that was just started has done what it does then for itself. */
export async function settled(group) {
  for (let still = 0, before = -1; still < 3; ) {
    await sleep(200);
    const now = computed(group);
    still = now - before <= 1 ? still + 1 : 0;
    before = now;
  }
}

/** Lets every process of a browser run on one core for a part of the time only. Answers what ends that. */
export function slowed(group, share) {
  for (const pid of processes(group)) execFileSync("taskset", ["-a", "-c", "-p", "0", pid], { stdio: "ignore" });
  if (share === 1) return () => {};
  const send = (signal) => process.kill(-group, signal);
  let pause;
  const run = () => {
    send("SIGCONT");
    pause = setTimeout(() => send("SIGSTOP"), TURN * share);
  };
  run();
  const turn = setInterval(run, TURN);
  return () => {
    clearInterval(turn);
    clearTimeout(pause);
    send("SIGCONT");
  };
}

/** The middle of some numbers, and what all but one in twenty stay below. */
export function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  return { middle: at(0.5), most: at(0.95), slowest: sorted.at(-1) };
}
