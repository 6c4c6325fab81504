import type { LoadSecond } from '../../core/load.js';
import type { AnyProvider } from '../providers.js';
import type { LoadOptions } from './loadOptions.js';
import type { LoadResult } from './performLoad.js';

/** A load that runs when it is listened to, or asked for its result. */
export interface LoadRun extends AsyncIterable<LoadSecond> {
  /** Runs the rest of the load and resolves with its result. */
  result(): Promise<LoadResult>;
}

/**
 * Sends freshly signed deliveries at a rate, whether the receiver keeps up or not, and measures each from the moment at which it was due.
 * Iterate over it for each second as it ends, or await `result()`. Fails with a UsageError for wrong options.
 */
export function load<const P extends AnyProvider = AnyProvider>(options: LoadOptions<P>): LoadRun {
  let result: LoadResult | undefined;
  const seconds = async function* (): AsyncGenerator<LoadSecond, void> {
    const { performLoad } = await import('./performLoad.js');
    for await (const event of performLoad(options)) {
      if (event.type === 'second') yield event;
      else result = event;
    }
  };
  const listening = seconds();
  return {
    [Symbol.asyncIterator]: () => listening,
    async result() {
      while (!(await listening.next()).done);
      if (!result) throw new Error('The load was left before its end, so there is no result.');
      return result;
    },
  };
}
