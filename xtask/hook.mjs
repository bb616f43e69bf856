// Calls `cargo xtask trunk-hook` for Trunk (see Trunk.toml): by the program that started Trunk, which says where it is, so
// that no second cargo waits for locks; or through cargo when a person started Trunk.
import { spawnSync } from "node:child_process";

const program = process.env.MUFAKAT_XTASK;
const hook = ["trunk-hook", process.argv[2] ?? ""];
const { status, error } = program
  ? spawnSync(program, hook, { stdio: "inherit" })
  : spawnSync("cargo", ["xtask", ...hook], { stdio: "inherit" });
if (error) console.error(error.message);
process.exit(status ?? 1);
