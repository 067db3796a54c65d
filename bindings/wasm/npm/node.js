// The package in Node: the module is read from the disk, once.
import { readFileSync } from "node:fs";
import { initSync } from "./eccentric.js";

initSync({ module: readFileSync(new URL("./eccentric_bg.wasm", import.meta.url)) });

export * from "./eccentric.js";
