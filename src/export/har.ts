import { version } from '../core/version.js';
import { harRequest, harResponse } from '../report/shared/harEntry.js';
import { asLine } from '../report/shared/jsonLines.js';
import type { Exported, ExportSet } from './exported.js';

const unanswered = harResponse({ status: null, response: null, error: null });

/** Writes HAR 1.2 of requests without answers, each on its line (http://www.softwareishard.com/blog/har-12-spec/). */
export function har({ deliveries, now }: ExportSet): string {
  const comment = 'Requests that were never sent; what would be answered is left open.';
  const log = asLine({ version: '1.2', creator: { name: 'webhook-sim', version }, comment, pages: [] });
  const entries = deliveries.map((each) => asLine(entry(each, new Date(now).toISOString())));
  return `{"log":${log.slice(0, -1)},"entries":[\n${entries.join(',\n')}\n]}}\n`;
}

function entry({ name, delivery, problem }: Exported, startedDateTime: string): object {
  const { provider, event, variant, forge } = delivery;
  return {
    startedDateTime,
    time: 0,
    // What may not be written is rejected before.
    request: harRequest({ ...delivery, secretHeaders: [] }),
    response: unanswered,
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    comment: problem === null ? `${provider} ${name}` : `${provider} ${name}: ${problem}; has to be rejected`,
    _webhookSim: { provider, event, variant, forge, valid: forge === null },
  };
}
