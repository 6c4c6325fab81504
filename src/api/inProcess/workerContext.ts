/** The context that a worker gets after its environment: what it leaves to be done after the answer is let go on, and its failure is let be. */
export function workerContext(): object {
  return {
    waitUntil(promise: unknown) {
      Promise.resolve(promise).catch(() => {});
    },
    passThroughOnException() {},
    props: {},
  };
}
