import { limits } from '../core/limits.js';
import type { OptionSet } from './option.js';

const group = 'Payload';

/** The options for the payload of a delivery. */
export const payloadOptions = {
  all: { type: 'switch', group, help: 'send every event of the provider' },
  variant: { type: 'text', value: 'name', group, help: 'payload variant; show lists them' },
  mode: {
    type: 'text',
    value: 'name',
    group,
    help: 'delivery mode, if the provider has several; show lists them',
  },
  set: {
    type: 'edits',
    value: 'path=value',
    group,
    help: 'change a field, keep its type; path:=json sets JSON (repeatable)',
  },
  unset: { type: 'removals', value: 'path', group, help: 'remove a field (repeatable)' },
  edit: { type: 'switch', group, help: 'edit the payload first, in $VISUAL, $EDITOR or vi' },
  data: { type: 'text', value: 'file', group, help: 'send this JSON file instead; - reads standard input' },
  raw: { type: 'text', value: 'file', group, help: 'send this file byte for byte; - reads standard input' },
  header: {
    type: 'headers',
    value: 'header',
    short: 'H',
    group,
    help: "set a header 'Name: value'; 'Name:' removes it (repeatable)",
  },
  forge: {
    type: 'text',
    value: 'name',
    group,
    help: 'send a forgery, which must be rejected with 4xx; see below',
  },
  dialect: {
    type: 'dialect',
    value: 'name',
    group,
    help: 'JSON encoder: js, pretty, ascii, python, go, ruby, rails, php',
  },
  fresh: {
    type: 'choice',
    choices: ['ids', 'all'],
    value: 'what',
    group,
    help: 'what to renew in each delivery: ids (default) or all',
  },
  exact: { type: 'switch', group, help: 'send the sample unchanged' },
  seed: { type: 'whole', ...limits.seed, value: 'number', group, help: 'seed for repeatable ids' },
  now: { type: 'moment', group, help: 'timestamp of the deliveries: ISO 8601 or Unix seconds' },
} as const satisfies OptionSet;
