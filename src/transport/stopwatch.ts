/**
 * Milliseconds from any start, to the microsecond. `performance.now` does the same, but its first use loads a part of Node that slows a short run.
 */
export function readStopwatch(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}
