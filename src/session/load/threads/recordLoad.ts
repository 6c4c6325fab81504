import { basename, join } from 'node:path';
import type { World } from '../../../core/world.js';
import type { LoadValues } from '../../../options/load.js';
import { writeLoadValues } from '../../../options/writtenLoadValues.js';
import type { LoadRequest } from '../loadRequest.js';
import { AnswerBook } from './answerBook.js';
import type { ThreadTask } from './threadTask.js';

/** What is known of a load before it has a receiver, as plain data. */
export type RecordedLoad = Omit<ThreadTask, 'origin' | 'urls' | 'share' | 'flights'>;

/** A load that is made ready here, and keeps what threads have to know to do the same. */
export interface LoadRecording {
  /** In place of those that were given. */
  readonly request: LoadRequest;
  readonly io: World;
  /** What was kept until now. */
  written(): RecordedLoad;
}

/** Keeps what is answered while a load is made ready: addresses, and what standard input and a person say. */
export function recordLoad(request: LoadRequest, options: LoadValues, io: World): LoadRecording {
  const { project, provider, events, target, secretHeaders = [] } = request;
  const urls = new AnswerBook(target.urlFor);
  const publicUrls = target.publicUrlFor ? new AnswerBook(target.publicUrlFor) : null;
  const recorded = { ...target, urlFor: urls.answer, ...(publicUrls && { publicUrlFor: publicUrls.answer }) };
  let stdin: Uint8Array | null = null;
  let hidden: string | null = null;
  const { askHidden } = io;
  const world: World = Object.create(io, {
    readStdin: { value: async (limit: number) => (stdin = await io.readStdin(limit)) },
    askHidden: { value: askHidden && (async (message: string) => (hidden = await askHidden(message))) },
  });
  return {
    request: { ...request, target: recorded },
    io: world,
    written: () => ({
      cwd: io.cwd,
      env: { ...io.env },
      config: project.file === null ? null : join(project.folder, basename(project.file)),
      provider,
      events,
      secretHeaders,
      target: {
        name: target.name,
        address: target.address,
        options: target.options,
        urls: urls.answers,
        publicUrls: publicUrls?.answers ?? null,
      },
      options: writeLoadValues(options),
      stdin,
      hidden,
    }),
  };
}
