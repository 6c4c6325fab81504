import type { Delivery } from '../core/delivery.js';
import { printable } from '../core/printable.js';
import { variableFor } from '../core/secret.js';
import { toCurl } from './curl.js';
import type { Exported, ExportSet } from './exported.js';

export interface CurlScriptOptions {
  /** The headers of a delivery that are shell variables, as lower-case names, and the parameters of its address. */
  readonly variablesOf: (delivery: Delivery) => {
    readonly headers: readonly string[];
    readonly parameters: readonly string[];
  };
  /** More options for curl, as the shell reads them. */
  readonly options: (delivery: Delivery) => readonly string[];
}

/** A shell script that sends the deliveries one after the other with curl, and ends where one can't be sent. */
export function curlScript({ deliveries, now }: ExportSet, { variablesOf, options }: CurlScriptOptions): string {
  const commands = deliveries.map((each) => {
    const { headers: secretHeaders, parameters: secretParameters } = variablesOf(each.delivery);
    return `${title(each)}\n${toCurl({ ...each.delivery, secretHeaders, secretParameters }, options(each.delivery))}\necho`;
  });
  const names = [
    ...new Set(
      deliveries.flatMap(({ delivery }) => {
        const { headers, parameters } = variablesOf(delivery);
        return [...headers, ...parameters].map(variableFor);
      }),
    ),
  ];
  const needed = names.map((name) => `: "\${${name}:?holds a secret: set it first}"`);
  const head = ['#!/bin/sh', `# Made at ${new Date(now).toISOString()} by webhook-sim export.`, 'set -eu', ...needed];
  return `${[head.join('\n'), ...commands].join('\n\n')}\n`;
}

function title({ delivery, name, problem }: Exported): string {
  const words = problem === null ? name : `${name}: ${problem}; has to be rejected`;
  return `# ${printable(`${delivery.provider} ${words}`)}`;
}
