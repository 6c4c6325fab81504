import { configuredSecrets } from '../../config/configuredSecrets.js';
import { emptyProject, openProject, type Project } from '../../config/project.js';
import type { Provider } from '../../core/provider.js';
import { providerInMode } from '../../core/providerMode.js';
import { isShipped } from '../../providers/catalogue.js';
import { findProvider } from '../../providers/findProvider.js';
import { readPlace } from '../loadProvider.js';
import type { AnyProvider } from '../providers.js';
import { resolveProvider } from '../resolveProvider.js';
import { clock, environment, workingFolder } from '../world.js';
import { type CallWorld, callWorld } from './callWorld.js';

/** The options of a call that choose its project and provider. */
export interface CallPlace {
  readonly provider?: AnyProvider | undefined;
  readonly config?: string | URL | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The form of the deliveries. */
  readonly mode?: string | undefined;
  /** True for what the environment says something of, also without a config. */
  readonly readsEnvironment?: boolean;
}

/** The project of a call, and the world that it sees. */
export interface OpenCall {
  readonly project: Project;
  readonly io: CallWorld;
  /** Undefined where none is named. */
  readonly provider: Provider | undefined;
}

/** Whether a call names its provider, and does not describe it. */
function isName(given: AnyProvider): given is Extract<AnyProvider, string> {
  return typeof given === 'string';
}

function applyCallMode(provider: Provider, mode: string | undefined): Provider {
  return mode === undefined ? provider : providerInMode(provider, mode, 'options.mode');
}

/** Opens the project that a call names, with its provider among those that are known. Throws a UsageError. */
export async function openCall({ provider, config, signal, mode, readsEnvironment }: CallPlace): Promise<OpenCall> {
  const env = config === undefined && !readsEnvironment ? {} : environment();
  const io = callWorld(signal, env);
  const cwd = workingFolder();
  const project =
    config === undefined ? emptyProject(cwd, env) : await openProject({ cwd, env, clock, file: readPlace(config) });
  const opened = mode === undefined ? project : { ...project, mode: { name: mode, source: 'options.mode' } };
  io.secrets.add(configuredSecrets(opened));
  if (provider === undefined) return { project: opened, io, provider: undefined };
  const found = isName(provider)
    ? findProvider(provider, opened)
    : applyCallMode(await resolveProvider(provider), mode);
  const isKnown = isShipped(found) || opened.own.includes(found);
  const own = isKnown ? opened.own : [...opened.own.filter(({ name }) => name !== found.name), found];
  return { project: { ...opened, own }, io, provider: found };
}

/** As `openCall`, for what needs a provider. Throws a UsageError where none is named. */
export async function openProviderCall(place: CallPlace): Promise<OpenCall & { readonly provider: Provider }> {
  const { provider, ...opened } = await openCall(place);
  return { ...opened, provider: provider ?? (await resolveProvider(place.provider as never)) };
}
