import { signal } from '@preact/signals';
import { authorize, readError, token } from './api.js';

/** The state of the event stream. */
export type Connection =
  | { readonly is: 'connecting' }
  | { readonly is: 'live' }
  /** Tried again at `retryAt`, by the clock of the page. */
  | { readonly is: 'lost'; readonly retryAt: number };

/** The current state of the stream. */
export const connection = signal<Connection>({ is: 'connecting' });

const firstWaitMs = 500;
const maxWaitMs = 15_000;
/** A browser opens six connections to a server for all tabs together: a tab that is hidden for longer leaves its own to others. */
const maxHiddenMs = 2000;

let wake = () => {};

/** Tries to reach the server now, where it is waited. */
export function reconnectNow(): void {
  wake();
}

/**
 * Reads the events of the server for as long as the page is seen, line by line, and again from the cursor that `address` gives each time,
 * so that nothing is lost in between. Waits grow from half a second to 15 seconds.
 */
export async function followEvents<Event>(address: () => string, take: (event: Event) => void): Promise<void> {
  let waitMs = firstWaitMs;
  while (token.value !== null) {
    await untilSeen();
    const hidden = new AbortController();
    const unwatch = onHidden(() => hidden.abort());
    try {
      const response = await fetch(address(), { headers: authorize(), cache: 'no-store', signal: hidden.signal });
      if (!response.ok || !response.body) throw await readError(response);
      for await (const line of linesOf(response.body)) {
        if (connection.value.is !== 'live') connection.value = { is: 'live' };
        waitMs = firstWaitMs;
        if (line !== '') take(JSON.parse(line) as Event);
      }
    } catch {
      // Any failure means the same for the user: the server is unreachable.
    }
    unwatch();
    if (hidden.signal.aborted) {
      connection.value = { is: 'connecting' };
      continue;
    }
    connection.value = { is: 'lost', retryAt: performance.now() + waitMs };
    await new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, waitMs);
    });
    waitMs = Math.min(waitMs * 2, maxWaitMs);
  }
}

async function untilSeen(): Promise<void> {
  while (document.hidden) {
    await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }));
  }
}

/** Calls back once the page was hidden for a while; returns what ends the watch. */
function onHidden(leave: () => void): () => void {
  let timer = 0;
  const look = () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(leave, maxHiddenMs);
  };
  document.addEventListener('visibilitychange', look);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  };
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
}
