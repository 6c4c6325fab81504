import type { Project } from '../config/project.js';
import { targetSetting } from '../config/settings.js';
import { withMode } from '../config/withMode.js';
import { givenValues } from '../core/givenValues.js';
import type { Provider } from '../core/provider.js';
import { modeOf } from '../core/providerMode.js';
import { describeScheme } from '../core/schemeFacts.js';
import { senderProof } from '../core/senderProof.js';
import { forgeries } from '../forge/forgeries.js';
import { inapplicableReason } from '../forge/inapplicableReason.js';
import { formOf } from '../json/form.js';
import { scheduleOf } from '../policy/rules.js';
import { isShipped } from '../providers/catalogue.js';
import { allProviders, findProvider } from '../providers/findProvider.js';
import { flowsOf } from '../providers/flows.js';
import { describeProof, policyLines } from '../report/provider/eventDetails.js';
import { describeGivenText } from '../session/handshake/readGivenTexts.js';
import { secretVariableNames } from '../session/project/secretChoice.js';
import { describeConfigured } from './destination.js';
import type { PolicyFacts, ProviderDetails, ProviderGroups, ProviderRow, SpecifiedHints } from './protocol.js';
import { showSample } from './sample.js';
import type { RouteTable } from './services.js';

/** Routes for providers, events and samples. */
export const catalogueRoutes: RouteTable = {
  'GET /api/catalogue': async (_, { project }) => listProviders(await project()),
  'GET /api/providers/:provider': async ({ params }, { project }) => {
    const opened = await project();
    return describeProvider(findProvider(params.provider!, opened), opened);
  },
  'GET /api/sample': async ({ query }, { project }) => {
    const opened = withMode(await project(), query.get('mode') || undefined, 'mode');
    const provider = findProvider(query.get('provider') ?? '', opened);
    const event = query.get('event') ?? provider.defaultEvent;
    return showSample({ provider, event, variant: query.get('variant') || null });
  },
  'GET /api/hints': async ({ query }, { project, hints }): Promise<SpecifiedHints | null> => {
    const provider = findProvider(query.get('provider') ?? '', await project());
    const event = query.get('event') ?? provider.defaultEvent;
    return hints.read({ provider, event, variant: query.get('variant') || null });
  },
};

function listProviders(project: Project): ProviderGroups {
  const groups = new Map<string, ProviderRow[]>();
  const providers = allProviders(project);
  for (const provider of providers) {
    const { name, title, aliases = [], group = 'others', events } = provider;
    const isOwn = !isShipped(provider);
    const row: ProviderRow = {
      name,
      title,
      aliases,
      events: Object.entries(events).map(([event, spec]) => [event, spec.title] as const),
      isOwn,
    };
    const key = isOwn ? '' : group;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const ordered = [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    groups: ordered.map(([group, rows]) => ({
      title: group === '' ? 'Your own' : group[0]!.toUpperCase() + group.slice(1),
      providers: rows,
    })),
    providers: providers.length,
    events: providers.reduce((sum, { events }) => sum + Object.keys(events).length, 0),
  };
}

function describeProvider(provider: Provider, project: Project): ProviderDetails {
  const { name, title, aliases = [], docs, group = null, defaultEvent, events, handshakes = [], secret } = provider;
  const target = targetSetting(project, {}).value;
  const configured = describeConfigured(project, provider, target);
  const isProvable = senderProof(provider) !== 'nothing';
  const schemes = [...new Set(Object.values(provider.signatures).map(describeScheme))];
  return {
    name,
    title,
    aliases,
    docs,
    group,
    isOwn: !isShipped(provider),
    defaultEvent,
    events: Object.entries(events).map(([event, spec]) => ({
      name: event,
      title: spec.title,
      trigger: spec.trigger,
      certainty: spec.certainty,
      note: spec.note ?? null,
      variants: Object.entries(spec.variants ?? {}).map(([variant, each]) => ({ name: variant, title: each.title })),
    })),
    handshakes: handshakes.map((each) => ({ name: each.name, title: each.title })),
    values: [...givenValues(provider)].map(([value, { sample }]) => {
      const { words, isSample } = describeGivenText(provider, project, value);
      return { name: value, sample, configured: words, isSample };
    }),
    modes: Object.entries(provider.modes ?? {}).map(([mode, each]) => ({ name: mode, title: each.title })),
    configuredMode: modeOf(provider),
    policy: describePolicy(provider),
    scheme: schemes.length > 0 ? schemes.join(', ') : isProvable ? 'the secret itself' : 'none',
    proof: (provider.proof ?? []).map(describeProof),
    dialect: formOf(provider.dialect)?.kind ?? String(provider.dialect),
    secret: {
      label: secret.label,
      sample: isProvable ? secret.sample : null,
      configured: configured.words,
      isSample: configured.isSample,
      variables: secretVariableNames(provider, project),
    },
    forgeries: forgeries
      .filter((forgery) => inapplicableReason(forgery, provider) === null)
      .map((forgery) => ({ name: forgery.name, title: forgery.title })),
    flows: flowsOf(provider).length,
  };
}

function describePolicy({ policy, events, defaultEvent }: Provider): PolicyFacts {
  const schedule = scheduleOf(policy.retry);
  return {
    success: policy.success.value,
    timeLimit: policy.timeLimit?.value ?? null,
    retries: schedule?.delaysMs.length ?? 0,
    delaysMs: schedule?.delaysMs ?? [],
    isDocumented: schedule?.spacing === 'provider',
    words: policyLines(policy, events[defaultEvent]!),
  };
}
