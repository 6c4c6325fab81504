import { limits } from '../core/limits.js';
import type { OptionSet } from './option.js';

const group = 'What to send';

/** What says what a delivery holds. */
export const payloadOptions = {
  all: { type: 'switch', group, help: 'every event of the provider' },
  variant: { type: 'text', value: 'name', group, help: 'another form of the payload' },
  set: {
    type: 'edits',
    value: 'path=value',
    group,
    help: 'change a field, keeping its type; path:=json sets any JSON (repeatable)',
  },
  unset: { type: 'removals', value: 'path', group, help: 'remove a field (repeatable)' },
  edit: { type: 'switch', group, help: 'change the payload in $VISUAL or $EDITOR before it is sent' },
  data: { type: 'text', value: 'file', group, help: 'send this JSON file as it is; - reads standard input' },
  raw: { type: 'text', value: 'file', group, help: 'send these bytes as they are; - reads standard input' },
  header: {
    type: 'headers',
    value: 'header',
    short: 'H',
    group,
    help: "add or replace a header 'Name: value'; 'Name:' leaves it out (repeatable)",
  },
  forge: {
    type: 'text',
    value: 'name',
    group,
    help: 'make it a forgery, such as wrong-secret; ok only if refused with 4xx',
  },
  dialect: {
    type: 'dialect',
    value: 'name',
    group,
    help: 'write the JSON as another encoder does: js, pretty, ascii, python, go, ruby, rails, php',
  },
  fresh: {
    type: 'choice',
    choices: ['ids', 'all'],
    value: 'what',
    group,
    help: 'what is new in each delivery: ids (the default) or all',
  },
  exact: { type: 'switch', group, help: 'send the sample as it is, nothing renewed' },
  seed: { type: 'whole', ...limits.seed, value: 'number', group, help: 'make the fresh ids repeatable' },
  now: { type: 'moment', group, help: 'the time that deliveries tell, as ISO 8601 or Unix seconds' },
} as const satisfies OptionSet;
