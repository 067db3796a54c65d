// The package in a browser: whoever imports it waits until the module is there.
import init from "./eccentric.js";

await init({ module_or_path: new URL("./eccentric_bg.wasm", import.meta.url) });

export * from "./eccentric.js";
