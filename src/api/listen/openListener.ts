import { prepareListen } from '../../session/listen/prepareListen.js';
import { runListen } from '../../session/listen/runListen.js';
import { callLog } from '../project/callWorld.js';
import { openCall } from '../project/openCall.js';
import { freezeResult, readCall } from '../project/readCall.js';
import { KeptRequests } from './keptRequests.js';
import type { Listener, ListenResult } from './listener.js';
import { type ListenOptions, listenCall, listenKeys } from './listenOptions.js';

/** Reads all options, listens, and resolves with the listener. */
export async function openListener(given: ListenOptions): Promise<Listener> {
  const read = readCall(listenCall, listenKeys, given);
  const closing = new AbortController();
  const signal = given.signal ? AbortSignal.any([given.signal, closing.signal]) : closing.signal;
  const { project, provider, io } = await openCall({ provider: given.provider, config: given.config, signal });
  const options = { ...read, port: read.port ?? 0 };
  const ready = await prepareListen({ project, provider: provider?.name ?? null }, options, io);
  const requests = new KeptRequests();
  let listening: (url: string) => void = () => {};
  const opened = new Promise<string>((resolve) => {
    listening = resolve;
  });
  const watch = {
    listening,
    received: (request: Parameters<KeptRequests['add']>[0]) => requests.add(request),
    warn: (line: string) => void io.notes.push(line),
  };
  const result = runListen(ready, callLog({ project, command: 'listen' }, options, io), watch, io)
    .then(({ ended: { type: _, ...ended }, rules, exitCode }): ListenResult => {
      const ok = exitCode === 0;
      return freezeResult({ ok, exitCode, ...ended, requests: requests.list(), rules, notes: [...io.notes] });
    })
    .finally(() => requests.end());
  // A caller that never asks for the result gets no unhandled rejection.
  result.catch(() => {});
  const url = await Promise.race([opened, result.then(() => opened)]);
  return {
    url,
    port: Number(new URL(url).port),
    result: () => result,
    close() {
      closing.abort();
      return result;
    },
    [Symbol.asyncIterator]: () => requests.iterate(),
  };
}
