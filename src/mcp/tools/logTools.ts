import * as z from 'zod';
import { buildLogRow } from '../../core/logEntry.js';
import { findKept } from '../../history/findKept.js';
import { openLog } from '../../history/openLog.js';
import { logOptions } from '../../options/log.js';
import { readOptions } from '../../options/readOptions.js';
import { readLogFilter } from '../../session/log/readLogFilter.js';
import { mcpTool } from '../mcpTool.js';
import { toolName } from '../toolName.js';

const defaultLimit = 20;

/** Tools that read the delivery log. */
export const logTools = [
  mcpTool({
    name: 'read_log',
    title: 'Read the delivery log',
    description:
      'List the last deliveries of the project, sent and received, the newest first: provider, event, status, timing, outcome. show_delivery shows one whole.',
    input: z.strictObject({
      provider: z.string().optional().describe('Only of this provider.'),
      event: z.string().optional().describe('Only this event; * stands for any text.'),
      failed: z.boolean().optional().describe('Only what failed.'),
      since: z.string().optional().describe('Only since then: "1h", "2d" or an ISO 8601 time.'),
      search: z.string().optional().describe('Only what fits, such as "status:>=400 pi_123".'),
      limit: z.int().min(1).max(200).optional().describe('At most so many. Default: 20.'),
    }),
    does: 'look',
    run: async ({ limit = defaultLimit, ...args }, { project, io }) => {
      const options = readOptions(logOptions, args, toolName);
      const fits = readLogFilter(options, io.clock.now(), project);
      const deliveries: object[] = [];
      let total = 0;
      for (const entry of openLog(project, io).deliveries()) {
        if (!fits(entry)) continue;
        if (++total <= limit) deliveries.push(buildLogRow(entry));
      }
      return { deliveries, total };
    },
  }),
  mcpTool({
    name: 'show_delivery',
    title: 'Show a delivery of the log',
    description: 'Show a delivery of the log whole: the request, each attempt with its answer, timing and errors.',
    input: z.strictObject({ delivery: z.string().describe('Key or id of the delivery, or "last".') }),
    does: 'look',
    run: async ({ delivery }, { project, io }) =>
      JSON.parse(findKept(delivery, openLog(project, io).deliveries()).json) as object,
  }),
];
