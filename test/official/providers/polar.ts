import type { Judge } from '../judge.js';
import { load } from '../packages.js';

/** Events that are younger than the package, which parses what it has verified. */
const unknown = /^(?:subscription\.(?:cycled|paused|resumed)|discount\.(?:created|updated|deleted))$/;

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    type Validate = (body: string, headers: object, secret: string) => { type?: string };
    type Failure = { name: string; rawValue?: { type?: string } };
    const { validateEvent } = await load<{ validateEvent: Validate }>('@polar-sh/sdk/webhooks');
    try {
      validateEvent(text, incoming.headers, secret);
      return true;
    } catch (error) {
      const { name, rawValue } = error as Failure;
      return name === 'SDKValidationError' && unknown.test(rawValue?.type ?? '');
    }
  },
  taken: {
    'false-header-first': 'Node joins both headers, and each v1 counts, as while a secret is rotated',
    'false-header-last': 'the same',
  },
};
