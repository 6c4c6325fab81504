import type { Option } from 'commander';
import { schemePresets } from '../../../authoring/scaffold/schemePresets.js';
import { givenValues } from '../../../core/givenValues.js';
import { forgeries } from '../../../forge/forgeries.js';
import { inapplicableReason } from '../../../forge/inapplicableReason.js';
import { dialectNames } from '../../../json/encodeJson.js';
import { isShipped } from '../../../providers/catalogue.js';
import { formats } from '../../../report/formats.js';
import { latencyFigures } from '../../../suite/budgets.js';
import type { Io } from '../../io/io.js';
import { Flag } from '../../options/flags.js';
import { lastValue, readChosen, type TypedSoFar } from './chosen.js';
import { type Candidates, files, plain, type Situation, shells } from './situation.js';

type Source = (situation: Situation, chosen: TypedSoFar, io: Io) => Candidates | Promise<Candidates>;

const providers: Source = (_, chosen) =>
  chosen.providers.map(({ name, title }) => ({ value: name, description: title }));

/** Completes with providers of the config; a text that looks like a path is a file, as is everything where there are none. */
const ownProviders: Source = (situation, chosen, io) => {
  const own = chosen.providers.filter((provider) => !isShipped(provider));
  if (own.length === 0 || /^[.~]|[/\\]/.test(situation.current)) return files;
  return providers(situation, { ...chosen, providers: own }, io);
};

const events: Source = (_, { provider }) =>
  Object.entries(provider?.events ?? {}).map(([value, { title }]) => ({ value, description: title }));

/** Events for a command that takes no provider as its first word: of the one that `--provider` names, or of all. */
const eventsOfAny: Source = (situation, chosen, io) => {
  const { command, given } = situation;
  if (command.registeredArguments[0]?.name() === 'provider') return events(situation, chosen, io);
  const name = lastValue(given.get('--provider'));
  const named = chosen.providers.filter((provider) => name === undefined || provider.name === name);
  return plain(new Set(named.flatMap((provider) => Object.keys(provider.events))));
};

const variants: Source = (_, { provider, events }) =>
  events.flatMap((event) =>
    Object.entries(provider?.events[event]?.variants ?? {}).map(([value, { title }]) => ({
      value,
      description: title,
    })),
  );

const modes: Source = (_, { provider }) =>
  Object.entries(provider?.modes ?? {}).map(([value, { title }]) => ({ value, description: title }));

const values: Source = (_, { provider }) =>
  [...(provider ? givenValues(provider) : [])].map(([name, { env = [] }]) => ({
    value: `${name}=`,
    ...(env[0] !== undefined && { description: `or ${env[0]}` }),
  }));

const targets: Source = async ({ given }, _, { cwd }) => {
  const { configNames } = await import('./configNames.js');
  const demo = { value: 'demo', description: 'the built-in receiver' };
  return [...(await configNames('target', { cwd, file: lastValue(given.get('--config')) })), demo];
};

/** After `--` comes the command line of another program. */
const suites: Source = async ({ given, current, isOperand }, _, { cwd }) => {
  if (isOperand) return files;
  const { suiteNames } = await import('./suiteNames.js');
  return suiteNames({ cwd, file: lastValue(given.get('--config')) }, current);
};

const paths =
  (use: 'set' | 'unset'): Source =>
  async (_, chosen) =>
    (await import('./fieldPaths.js')).fieldPaths(chosen, use);

const kept: Source = async ({ given }, _, io) =>
  (await import('./keptKeys.js')).keptKeys(lastValue(given.get('--config')), io);

/** Completes the first argument of `verify`: a provider, or the request to verify. */
const providersOrKept: Source = async (situation, chosen, io) => {
  if (situation.command.name() !== 'verify') return providers(situation, chosen, io);
  if (/^[.~]|[/\\]/.test(situation.current)) return files;
  const found = await Promise.all([providers(situation, chosen, io), kept(situation, chosen, io)]);
  const words = found.flatMap((each) => (each === files ? [] : each));
  return words.some(({ value }) => value.startsWith(situation.current)) ? words : files;
};

/** Deliveries of the log whose names begin like the word at the cursor, else files. */
const keptOrFiles: Source = async (situation, chosen, io) => {
  const { command, current } = situation;
  if (command.name() !== 'verify' || current === '') return files;
  const found = await kept(situation, chosen, io);
  return found !== files && found.some(({ value }) => value.startsWith(current)) ? found : files;
};

const flowsOf = async ({ provider }: TypedSoFar) =>
  provider === undefined ? [] : (await import('../../../providers/flows.js')).flowsOf(provider);

const flows: Source = async (_, chosen) =>
  (await flowsOf(chosen)).map(({ name, title }) => ({ value: name, description: title }));

/** The events of the flow that is chosen, or of any. */
const flowEvents: Source = async ({ operands }, chosen) => {
  const found = (await flowsOf(chosen)).filter(({ name }) => operands[1] === undefined || operands[1] === name);
  return plain(found.flatMap(({ steps }) => steps.map(({ event }) => event)));
};

const handshakes: Source = (_, { provider }) =>
  (provider?.handshakes ?? []).map(({ name, title }) => ({ value: name, description: title }));

const cases =
  (skip: boolean): Source =>
  async ({ given }, chosen) =>
    (await import('./caseNames.js')).caseNames(chosen, given.has('--all-events'), skip);

/** The sources of an option's values, by its long flag. */
const ofOption: Readonly<Record<string, Source>> = {
  '--variant': variants,
  '--mode': modes,
  '--value': values,
  '--event': eventsOfAny,
  '--provider': providers,
  '--to': targets,
  '--set': paths('set'),
  '--unset': paths('unset'),
  '--only': cases(false),
  '--skip': cases(true),
  '--forge': (_, { provider }) =>
    forgeries
      .filter((forgery) => !provider || !inapplicableReason(forgery, provider))
      .map(({ name, title }) => ({ value: name, description: title })),
  '--dialect': () => plain(dialectNames),
  '--fresh': () => [
    { value: 'ids', description: 'the ids that receivers de-duplicate on, and the times' },
    { value: 'all', description: 'every id and every time' },
  ],
  '--speed': () => plain(['1x', '600x', 'instant']),
  '--fault': () => [
    { value: 'cut-body', description: 'cut off in the middle of the body, then sent whole' },
    { value: 'slow-upload', description: 'sent slowly: for 5 seconds, or slow-upload=30s' },
  ],
  '--drop': flowEvents,
  '--format': ({ command }) => {
    const { spec } = command.options.find(({ long }) => long === '--format') as Flag;
    return plain(spec.choices ?? ['yaml', 'ts', 'json']);
  },
  '--scheme': () => schemePresets.map(({ name, title }) => ({ value: name, description: title })),
  '--hash': () => plain(['sha256', 'sha512', 'sha384', 'sha1', 'md5']),
  '--encoding': () => plain(['hex', 'base64', 'base64url', 'HEX']),
  '--secret': (_, { provider }) => plain((provider?.secret.env ?? []).map((name) => `env:${name}`)),
  '--report': () => [...plain(formats.map(({ name }) => `${name}=`)), ...plain(['github'])],
  '--max-latency': () => plain(latencyFigures.map((figure) => `${figure}=`)),
  '--proxy': () => plain(['none']),
  '--unix-socket': () => files,
  '--out': () => files,
  '--from': () => files,
};

/** The sources of an argument's values, by its name. */
const ofArgument: Readonly<Record<string, Source>> = {
  provider: providersOrKept,
  'provider|path': ownProviders,
  event: events,
  flow: flows,
  name: handshakes,
  delivery: kept,
  suite: suites,
  file: keptOrFiles,
  shell: () => plain(shells),
  page: async () =>
    (await import('../../io/docsPages.js')).readPages().map(({ name, title }) => ({ value: name, description: title })),
};

/** Returns the candidates for the value of an option. */
export async function optionValues(option: Option, situation: Situation, io: Io): Promise<Candidates> {
  if (/<file>/.test(option.flags)) return files;
  const source = ofOption[option.long ?? ''];
  if (source === undefined && option instanceof Flag && option.spec.choices) return plain(option.spec.choices);
  return (await source?.(situation, await chosenIn(situation, io), io)) ?? [];
}

/** Returns the candidates for the value of an argument. */
export async function argumentValues(name: string, situation: Situation, io: Io): Promise<Candidates> {
  return (await ofArgument[name]?.(situation, await chosenIn(situation, io), io)) ?? [];
}

async function chosenIn(situation: Situation, { cwd }: Io): Promise<TypedSoFar> {
  const { knownProviders } = await import('./knownProviders.js');
  return readChosen(situation, await knownProviders({ cwd, file: lastValue(situation.given.get('--config')) }));
}
