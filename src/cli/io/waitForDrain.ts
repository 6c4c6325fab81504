/** Resolves when a slow reader has taken what was written, or when the run is interrupted. */
export function waitForDrain(behind: Promise<void>, interrupted: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      interrupted.removeEventListener('abort', go);
      resolve();
    };
    if (interrupted.aborted) return go();
    interrupted.addEventListener('abort', go);
    behind.then(go);
  });
}
