import { compileStep } from './lib/compileStep.js';
import { prepareFlow, prepareSend } from './lib/prepareSteps.js';
import { readConfig } from './lib/readConfig.js';

const engineName = 'webhook-sim';

/** The engine: Artillery creates one for each run, and asks it for a function for each scenario. */
export default class WebhookSimEngine {
  /** The prepared deliveries of the steps, by their specification. */
  #prepared = new Map();

  constructor(script, _events, helpers) {
    this.script = script;
    this.helpers = helpers;
    this.config = readConfig(script.config);
  }

  /** Prepares all that the script sends, so that errors are reported before anything is sent. */
  async init() {
    const { scenarios = [], before, after } = this.script;
    for (const scenario of [...scenarios, before, after]) {
      const engine = scenario?.engine ?? this.script.config.engine;
      if (engine === engineName) await this.#prepare(scenario.flow ?? []);
    }
  }

  /** The function that plays a scenario for one virtual user. */
  createScenario({ flow = [] }, events) {
    const { script, helpers } = this;
    const surroundings = { config: script.config, helpers, events, prepared: this.#prepared };
    const steps = flow.map((step) => compileStep(step, surroundings));
    return (initial, callback) => {
      events.emit('started');
      const next = (at, context) => {
        if (at === steps.length) return callback(null, context);
        steps[at](context, (error, after) => {
          if (!error) return next(at + 1, after ?? context);
          events.emit('error', error.code ?? error.message);
          callback(error, context);
        });
      };
      next(0, initial);
    };
  }

  async #prepare(steps) {
    for (const step of steps.flat()) {
      const inner = step.loop ?? step.parallel;
      if (inner) await this.#prepare(inner);
      else if (step.send !== undefined) this.#prepared.set(step, await prepareSend(step.send, this.config));
      else if (step.flow !== undefined) this.#prepared.set(step, await prepareFlow(step.flow, this.config));
    }
  }
}
