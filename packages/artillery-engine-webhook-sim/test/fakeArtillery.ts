import { EventEmitter } from 'node:events';
import type { EngineScript, VirtualUser } from '../index.js';

type Step = (context: VirtualUser, callback: (error: unknown, context: VirtualUser) => void) => unknown;

/** Templates as Artillery fills them in, as far as the tests need it. */
function template(text: unknown, { vars }: VirtualUser): unknown {
  return typeof text === 'string'
    ? text.replace(/\{\{\s*(\S+?)\s*\}\}/g, (_, name: string) => String(vars[name]))
    : text;
}

/** Plays steps one after the other. */
function playAll(steps: readonly Step[], context: VirtualUser, done: (error: unknown) => void, at = 0): void {
  if (at === steps.length) done(null);
  else steps[at]!(context, (error) => (error ? done(error) : playAll(steps, context, done, at + 1)));
}

/** Replacements for the helpers that Artillery gives its engines, with the same names and shapes. */
export const helpers = {
  template,
  createThink: (): Step => (context, callback) => setImmediate(callback, null, context),
  createLoopWithCount(count: number, steps: readonly Step[], { loopValue }: { readonly loopValue: string }): Step {
    const repeat = (context: VirtualUser, callback: Parameters<Step>[1], round = 0): void => {
      context.vars[loopValue] = round;
      if (round === count) callback(null, context);
      else
        playAll(steps, context, (error) => (error ? callback(error, context) : repeat(context, callback, round + 1)));
    };
    return (context, callback) => repeat(context, callback);
  },
  createParallel:
    (steps: readonly Step[]): Step =>
    (context, callback) => {
      let left = steps.length;
      for (const step of steps) step(context, () => --left === 0 && callback(null, context));
    },
};

/** Counts the events of an engine. */
export class Metrics extends EventEmitter {
  readonly counters = new Map<string, number>();
  readonly times: number[] = [];
  readonly errors: unknown[] = [];

  constructor() {
    super();
    this.on('counter', (name: string, more: number) => this.counters.set(name, (this.counters.get(name) ?? 0) + more));
    this.on('histogram', (_name: string, value: number) => this.times.push(value));
    this.on('error', (error) => this.errors.push(error));
  }
}

/** A script with one scenario. */
export function scriptOf(target: string, flow: unknown[], options: object = {}): EngineScript {
  return { config: { target, engines: { 'webhook-sim': options } }, scenarios: [{ engine: 'webhook-sim', flow }] };
}
