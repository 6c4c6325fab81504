import type { AnyProvider } from '../providers.js';
import type { FlowOptions, FlowResult } from './performFlow.js';

/**
 * Sends several events about the same things: a provider's, or one of the config. A receiver that fails is a value; rejects with a
 * UsageError for wrong options, before anything is sent.
 */
export async function flow<const P extends AnyProvider = AnyProvider>(options: FlowOptions<P>): Promise<FlowResult> {
  const { performFlow } = await import('./performFlow.js');
  return performFlow(options);
}
