import type { DeliveryEnded } from '../../core/run.js';
import { fillVariables, type Variables } from '../../core/variables.js';
import type { HandshakeValues } from '../../options/handshake.js';
import { withOptions } from '../../options/readOptions.js';
import { caseOptionSets } from '../../options/suite.js';
import { findProvider } from '../../providers/findProvider.js';
import { tryHandshakes } from '../../suite/tryHandshakes.js';
import type { TriedItem, Unit } from '../../suite/unit.js';
import { prepareHandshakes } from '../handshake/prepareHandshakes.js';
import { timeLimitOf, withTargetHeaders } from '../project/projectOptions.js';
import { projectRoute, withRoute } from '../project/projectRoute.js';
import { projectSecrets } from '../project/readSecret.js';
import { publicUrlNotes, secretWarnings } from '../project/secretWarnings.js';
import { baseUnit, failOnUsageError } from './baseUnit.js';
import { caseOptions } from './caseOptions.js';
import { type CaseContext, caseTarget } from './suiteContext.js';

/** Prepares a case that sends a provider's handshakes. Throws a UsageError for what is wrong with it. */
export async function handshakeUnit(context: CaseContext): Promise<Unit> {
  const { io, written, nameFor, what, project, ways, secretNames } = context;
  const frame = baseUnit(context);
  const filled = fillVariables(written, frame.trial, what);
  const [providerName = '', ...names] = filled.handshake!.trim().split(/\s+/);
  const provider = findProvider(providerName, project);

  const shaking = async (chosen: readonly string[], variables: Variables) => {
    const filled = fillVariables(written, variables, what);
    const target = caseTarget(context, filled);
    const { options: own, secretHeaders } = caseOptions(caseOptionSets.handshake, { filled, written, secretNames }, io);
    const options = withRoute(withOptions<HandshakeValues>(context.options, own), project, target);
    const { header = [], seed = null, now = null } = options;
    const scope = { provider, target: target.name };
    const timeLimitMs = timeLimitOf(project, options, scope);
    const route = await projectRoute({ project, target, options }, io);
    const secrets = await projectSecrets({ ...scope, project, options }, io);
    const request = {
      headers: header,
      seed,
      now,
      provider,
      names: chosen,
      project,
      target,
      secrets,
      secretHeaders,
      options,
    };
    const handshakes = await prepareHandshakes(request, io);
    const { headers } = withTargetHeaders({ headers: [], secretNames: [] }, [...header, ...secretHeaders]);
    const warnings = [...secretWarnings(secrets, provider), ...publicUrlNotes([provider], options)];
    const open = await ways.open({ target, provider, secrets, route, headers, warnings });
    return {
      way: open.name,
      ready: handshakes,
      handshakes: handshakes.map(
        ({ makeFor }) =>
          () =>
            makeFor(open.urlFor),
      ),
      sentWith: { target, route },
      transport: ways.transport(route),
      timeLimitMs,
    };
  };

  const { way, ready } = await shaking(names, frame.trial);
  const items = ready.map(
    ({ name, forge }): TriedItem => ({
      ...frame.item,
      name: nameFor(written.name !== undefined && ready.length === 1 ? null : name),
      kind: 'handshake',
      provider: provider.name,
      event: name,
      variant: null,
      forge,
    }),
  );
  return {
    ...frame,
    items,
    ways: [way],
    run({ items: chosen, variables, onDelivery: report, signal }) {
      const tries = async function* () {
        const again = await shaking(
          chosen.map(({ event }) => event!),
          { ...context.variables, ...variables },
        );
        const onDelivery = (ended: DeliveryEnded, item: TriedItem) => {
          context.log.add(ended, again.sentWith, { purpose: 'handshake', caseName: item.name });
          report(ended, item);
        };
        yield* tryHandshakes({ ...again, items: chosen, provider, clock: io.clock, onDelivery, signal });
      };
      return failOnUsageError(chosen, tries, io);
    },
  };
}
