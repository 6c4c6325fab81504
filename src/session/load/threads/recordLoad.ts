import { basename, join } from 'node:path';
import type { World } from '../../../core/world.js';
import type { LoadValues } from '../../../options/load.js';
import { writeLoadValues } from '../../../options/writtenLoadValues.js';
import type { LoadRequest } from '../loadRequest.js';
import { AnswerBook } from './answerBook.js';
import type { ThreadTask } from './threadTask.js';

/** A load before it has a receiver, as plain data. */
export type RecordedLoad = Omit<ThreadTask, 'origin' | 'urls' | 'share' | 'flights'>;

/** A load that is prepared here, with a record for the threads that do the same. */
export interface LoadRecording {
  /** In place of those that were given. */
  readonly request: LoadRequest;
  readonly io: World;
  /** Returns the record so far. */
  written(): RecordedLoad;
}

/** Records answers while a load is prepared: addresses, standard input and hidden input. */
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
