import type { Project } from '../config/project.js';
import type { ChosenTarget } from '../config/target.js';
import { UsageError } from '../core/errors.js';
import type { Provider } from '../core/provider.js';
import type { Route } from '../core/route.js';
import { assertLocalTarget } from '../session/check/checkTarget.js';
import { secretVariableNames, withSampleSecret } from '../session/project/secretChoice.js';
import { assertOwnTarget } from '../session/target/assertOwnTarget.js';
import type { ToolMeans } from './mcpTool.js';

interface ToolSecret {
  readonly project: Project;
  /** References, as the option has them; undefined for what environment and config name. */
  readonly secret: readonly string[] | undefined;
}

/**
 * Reads the field `secret` of a tool. Throws a UsageError for a variable that can't hold one, and for a secret itself: agents keep what they write.
 */
export function chooseToolSecret(project: Project, provider: Provider, secret: string | undefined): ToolSecret {
  if (secret === undefined) return { project, secret: undefined };
  if (secret === 'sample') return { project: withSampleSecret(project, provider), secret: undefined };
  const [, name] = /^env:(.+)$/s.exec(secret) ?? [];
  if (name === undefined) {
    throw new UsageError('BAD_SECRET', 'secret is neither "sample" nor "env:NAME". It is not written here itself.', {
      hint: 'Put it into .env.local next to the config of the project, and name its variable.',
    });
  }
  if (secretVariableNames(provider, project).includes(name)) return { project, secret: [secret] };
  throw new UsageError('BAD_SECRET', `secret: there is no variable ${name} that may hold a secret.`, {
    hint: 'Put it into .env.local next to the config of the project.',
  });
}

/** Throws a UsageError for a text of a handshake that is not named by a variable which may hold it. */
export function assertToolValues(
  project: Project,
  provider: Provider,
  values: Readonly<Record<string, string>> = {},
): void {
  const given = Object.values(provider.handshakes ?? {}).flatMap((handshake) => Object.values(handshake.values ?? {}));
  const own = given.flatMap((spec) => (spec.kind === 'given' ? (spec.env ?? []) : []));
  const known = new Set([...secretVariableNames(provider, project), ...own]);
  for (const [name, reference] of Object.entries(values)) {
    const [, variable] = /^env:(.+)$/s.exec(reference) ?? [];
    if (variable !== undefined && known.has(variable)) continue;
    throw new UsageError('BAD_VALUE', `values.${name} has to be "env:NAME" of a variable that may hold it.`, {
      hint: 'Put it into .env.local next to the config of the project, and name its variable.',
    });
  }
}

/** A target, and the deliveries to it. */
interface Shipment {
  readonly target: ChosenTarget;
  readonly route: Route;
  readonly urls: readonly string[];
  /** True for an attack on the receiver. */
  readonly isAttack?: boolean;
}

/** Throws a UsageError for a target on another machine that neither the config names nor who started the server consents to. */
export function assertConsent(
  { allowRemote, project }: Pick<ToolMeans, 'allowRemote' | 'project'>,
  { target, route, urls, isAttack = false }: Shipment,
): void {
  if (allowRemote || target.address === null) return;
  assertOwnTarget(project, target, route, {
    urls,
    otherWay: 'start the server with: webhook-sim mcp --allow-remote',
  });
  if (isAttack)
    assertLocalTarget(target, route, {
      nameOf: (key) => (key === 'allowRemote' ? 'webhook-sim mcp --allow-remote' : key),
    });
}
