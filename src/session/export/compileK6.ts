import { secretTexts, variableFor } from '../../core/secret.js';
import { SecretMask } from '../../core/secretMask.js';
import { splitCredentials } from '../../delivery/source.js';
import type { Exported } from '../../export/exported.js';
import { k6Script } from '../../export/k6.js';
import { type K6Constant, type K6Delivery, type K6Text, type K6Variable, k6Names } from '../../export/k6Script.js';
import type { NameOf } from '../../options/option.js';
import { tellsAddress } from '../../signing/covered.js';
import type { PlannedEvent } from '../../simulate/plan.js';
import type { ChosenContent, Prepared, UrlFor } from '../send/prepareSend.js';
import { rejectSecret, type SecretParts } from './assertNoSecrets.js';
import { compileK6Delivery, notForK6 } from './k6Delivery.js';

/** The parts of a script for k6. */
export interface K6Request {
  readonly prepared: Prepared;
  readonly urlFor: UrlFor;
  /** The contents exported, in the order of the deliveries. */
  readonly chosen: readonly ChosenContent[];
  readonly deliveries: readonly Exported[];
  /** Lower-case names of the headers that are the user's own. */
  readonly ownNames: ReadonlySet<string>;
  readonly partsOf: (delivery: Exported['delivery']) => SecretParts;
  readonly withSecrets: boolean;
  readonly now: number;
  readonly nameOf: NameOf;
}

/** Compiles a script. Rejects with a UsageError for what k6 can't do, and for a secret without `withSecrets`. */
export async function compileK6(request: K6Request): Promise<string> {
  const { prepared, chosen, deliveries, urlFor, withSecrets, now } = request;
  const { provider, secrets, target } = prepared;
  const planned: PlannedEvent[] = [];
  for (const each of chosen) planned.push(...(await prepared.eventsTo(urlFor, each)).events);
  const filling = (event: string) => ({ provider: provider.name, event });
  const addresses = new Set(deliveries.map(({ delivery }) => splitCredentials(urlFor(filling(delivery.event))).url));
  const isTargetGiven = addresses.size === 1 && !tellsAddress(provider);
  const own = ownConstants(request);
  const compiled = deliveries.map(({ name, delivery }, at) => {
    const { payload, rebuild, rules } = planned[at]!;
    if (secrets.length > 1) throw notForK6(name, 'a script signs with one secret');
    if (rebuild) throw notForK6(name, 'it holds a placeholder ({{…}}), which webhook-sim fills itself');
    const { event, variant } = delivery;
    const source = {
      ...{ provider, event, variant, secrets, headers: prepared.headers },
      url: urlFor(filling(event)),
      publicUrl: target.publicUrlFor?.(filling(event)),
    };
    return compileK6Delivery({ name, source, payload, rules, ownConstants: own.constants, isTargetGiven, now });
  });
  const hidden = withSecrets ? null : secretMask(request);
  if (hidden) for (const each of compiled) assertHidden(each, hidden, request.nameOf);
  return k6Script({
    title: provider.title,
    file: provider.name,
    variables: [secretVariable(request), ...(isTargetGiven ? [targetVariable(request, hidden)] : []), ...own.variables],
    deliveries: compiled,
  });
}

function secretVariable({ prepared: { provider, secrets }, withSecrets }: K6Request): K6Variable {
  const { isSample, value } = secrets[0]!;
  const variable = provider.secret.env[0] ?? 'WEBHOOK_SECRET';
  return { name: k6Names.secret, variable, value: isSample || withSecrets ? value : null };
}

function targetVariable({ deliveries, urlFor }: K6Request, hidden: SecretMask | null): K6Variable {
  const { provider, event, secretParameters } = deliveries[0]!.delivery;
  const { url } = splitCredentials(urlFor({ provider, event }));
  const isSecret =
    hidden !== null && (secretParameters.some((name) => isIn(url, name)) || hidden.isIn(Buffer.from(url)));
  return { name: k6Names.target, variable: 'TARGET', value: isSecret ? null : url };
}

function isIn(url: string, parameter: string): boolean {
  return new URL(url).searchParams.has(parameter);
}

/** The user's own headers that are secret, as constants of the script that variables fill. */
function ownConstants({ ownNames, deliveries, partsOf, withSecrets }: K6Request) {
  const constants = new Map<string, string>();
  const variables: K6Variable[] = [];
  for (const { delivery } of withSecrets ? [] : deliveries) {
    for (const header of partsOf(delivery).headers) {
      if (!ownNames.has(header) || constants.has(header)) continue;
      const variable = variableFor(header);
      constants.set(header, variable);
      variables.push({ name: variable, variable, value: null });
    }
  }
  return { constants, variables };
}

/** The secrets that a script must not hold. */
function secretMask({ prepared, deliveries, partsOf }: K6Request): SecretMask {
  const mask = new SecretMask(prepared.secrets.filter(({ isSample }) => !isSample).map(({ value }) => value));
  for (const { delivery } of deliveries) {
    const { headers } = partsOf(delivery);
    const carrying = delivery.headers.filter(([name]) => headers.includes(name.toLowerCase()));
    mask.add(secretTexts({ ...delivery, headers: carrying, secretHeaders: headers }));
  }
  return mask;
}

/** Throws a UsageError for a part that would hold a secret in the script, whatever its variables. */
function assertHidden({ name, url, headers, body, constants }: K6Delivery, hidden: SecretMask, nameOf: NameOf): void {
  const parts: [string, K6Text][] = [
    ['body', body],
    ['address', url],
    ...headers.map(([header, value]): [string, K6Text] => [`header ${header}`, value]),
    ...constants.flatMap((constant): [string, K6Text][] => textsOf(constant).map((text) => ['body', text])),
  ];
  for (const [part, text] of parts) {
    const held = text.map((piece) => (typeof piece === 'string' ? piece : ' ')).join('');
    if (hidden.isIn(Buffer.from(held))) throw rejectSecret(`The ${part} of ${name} holds a secret`, nameOf);
  }
}

function textsOf({ recipe }: K6Constant): K6Text[] {
  if (recipe.kind === 'text') return [recipe.text];
  return recipe.kind === 'hash' || recipe.kind === 'encoded' ? [recipe.content] : [];
}
