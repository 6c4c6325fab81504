import type { ChosenTarget } from '../../config/target.js';
import type { Provider } from '../../core/provider.js';
import type { Secret } from '../../core/secret.js';
import { openReceiver } from '../../receiver/receiver.js';
import type { OpenTarget } from './openTarget.js';
import { type DemoSurroundings, openTarget, publicUrlsOf } from './target.js';

/** Opens the target of flows, which may be about several providers. */
export async function openFlowTarget(
  target: ChosenTarget,
  secrets: ReadonlyMap<Provider, readonly Secret[]>,
  surroundings: DemoSurroundings,
): Promise<OpenTarget> {
  const providers = [...secrets.keys()];
  const [provider] = providers;
  if (target.address !== null || providers.length === 1) {
    return openTarget(target, provider!, secrets.get(provider!)!, surroundings);
  }
  const receiver = await openReceiver({
    providers,
    secrets: (each) => secrets.get(each)!.map(({ value }) => value),
    knownAs: publicUrlsOf(target),
    now: surroundings.clock.now,
    onArrival: surroundings.talk.arrived,
  });
  return {
    shown: 'the built-in receiver (demo)',
    url: receiver.url(provider!),
    urlFor: ({ provider: name }) => receiver.url(providers.find((each) => each.name === name) ?? provider!),
    isDemo: true,
    close: receiver.close,
  };
}
