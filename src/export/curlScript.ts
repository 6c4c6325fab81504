import type { Delivery } from '../core/delivery.js';
import { printable } from '../core/printable.js';
import { variableFor } from '../core/secret.js';
import { toCurl } from './curl.js';
import type { Exported, ExportSet } from './exported.js';

export interface CurlScriptOptions {
  /** The headers of a delivery that are shell variables, as lower-case names. */
  readonly secretHeaders: (delivery: Delivery) => readonly string[];
  /** More options for curl, as the shell reads them. */
  readonly options: (delivery: Delivery) => readonly string[];
}

/** A shell script that sends the deliveries one after the other with curl, and ends where one can't be sent. */
export function curlScript({ deliveries, now }: ExportSet, { secretHeaders, options }: CurlScriptOptions): string {
  const commands = deliveries.map((each) => {
    const names = secretHeaders(each.delivery);
    return `${title(each)}\n${toCurl({ ...each.delivery, secretHeaders: names }, options(each.delivery))}\necho`;
  });
  const names = [...new Set(deliveries.flatMap(({ delivery }) => secretHeaders(delivery)))];
  const needed = names.map((name) => `: "\${${variableFor(name)}:?holds a secret: set it first}"`);
  const head = ['#!/bin/sh', `# Signed at ${new Date(now).toISOString()} by webhook-sim export.`, 'set -eu', ...needed];
  return `${[head.join('\n'), ...commands].join('\n\n')}\n`;
}

function title({ delivery, name, problem }: Exported): string {
  const words = problem === null ? name : `${name}: ${problem}; has to be rejected`;
  return `# ${printable(`${delivery.provider} ${words}`)}`;
}
