/** The newest Node whose V8 was seen to know the flag; an unknown one would print an error. */
const newestKnown = 26;

/**
 * Keeps V8 from optimising undici's WebAssembly parser in the background, for a run of few deliveries: a process waits
 * for that work when it ends, and on Node 20 it takes longer than the whole run. To be called before the first connection.
 */
export function disableWasmTierUp(): void {
  if (Number.parseInt(process.versions.node, 10) > newestKnown) return;
  process.getBuiltinModule('node:v8').setFlagsFromString('--wasm-tiering-budget=1000000000');
}
