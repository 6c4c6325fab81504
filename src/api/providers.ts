import type { Provider } from '../core/provider.js';
import { builtInProviders } from '../providers/registry.js';

/** The providers that ship with the package, described as data: headers, signatures, events, stories, policy. */
export const providers: readonly Provider[] = builtInProviders;
