import { executionOptions } from './execution.js';
import type { OptionSet, OptionValues } from './option.js';
import { outputOptions } from './output.js';

const answers = 'Answers';
const ends = 'End';
const maxDelayMs = 3_600_000;

/** The options of `listen`. */
export const listenOptions = {
  port: {
    type: 'whole',
    min: 0,
    max: 65_535,
    value: 'port',
    group: 'Connection',
    help: 'default: 4400; 0 takes any free port',
  },
  host: { type: 'text', value: 'address', group: 'Connection', help: 'address to listen on; default: 127.0.0.1' },
  publicUrl: {
    type: 'text',
    value: 'url',
    group: 'Connection',
    help: 'public address of this listener, for providers that sign it',
  },
  secret: { ...executionOptions.secret, group: 'Verification' },
  expectSender: {
    type: 'text',
    value: 'provider',
    group: 'Verification',
    help: 'judge the sender by a provider, or a file that describes it',
  },
  status: {
    type: 'whole',
    min: 200,
    max: 599,
    value: 'status',
    group: answers,
    help: 'answer with this status; default: 200',
  },
  answer: { type: 'text', value: 'file', group: answers, help: 'body of the answers' },
  delay: { type: 'duration', max: maxDelayMs, group: answers, help: 'wait this long before each answer' },
  script: {
    type: 'text',
    value: 'answers',
    group: answers,
    help: 'first answers: 500,timeout,200 or 500x3,reset',
  },
  reject: { type: 'switch', group: answers, help: 'answer 401 to what does not verify' },
  forward: {
    type: 'text',
    value: 'target',
    group: answers,
    help: "forward the same bytes, and return the target's answer",
  },
  until: { type: 'texts', value: 'event', group: ends, help: 'end when this event has arrived (repeatable)' },
  count: { type: 'whole', min: 1, max: 10_000_000, group: ends, help: 'end after this many requests' },
  timeout: { type: 'timeLimit', group: ends, help: 'end after this time; with --until and --count: 1m' },
  save: { type: 'text', value: 'folder', group: 'Output', help: 'write each request to a file of this folder' },
  report: {
    type: 'texts',
    value: 'format[=file]',
    group: 'Output',
    help: 'with --expect-sender: junit, tap, html, … (repeatable)',
  },
  json: outputOptions.json,
  quiet: outputOptions.quiet,
  verbose: { ...outputOptions.verbose, help: 'print headers and bodies' },
  log: executionOptions.log,
  config: executionOptions.config,
} as const satisfies OptionSet;

/** Option values of a listener. */
export type ListenValues = OptionValues<typeof listenOptions>;
