import type { ExpectedAnswer } from '../core/expected.js';
import type { Forgery } from '../core/forgery.js';
import type { Provider } from '../core/provider.js';
import { forgeries } from './forgeries.js';
import { isAdvisory } from './isAdvisory.js';

/** What has to come of a delivery, or of a forgery, where nobody says otherwise. */
export function expectedAnswer(forgery: Forgery | null, provider: Provider): ExpectedAnswer {
  if (forgery === null) return 'accepted';
  return isAdvisory(forgery, provider) ? 'any' : 'rejected';
}

/** The same of a delivery that tells the name of its forgery; null for a true one. */
export function expectedOfNamed(forge: string | null, provider: Provider): ExpectedAnswer {
  if (forge === null) return 'accepted';
  const forgery = forgeries.find(({ name }) => name === forge);
  return forgery ? expectedAnswer(forgery, provider) : 'rejected';
}
