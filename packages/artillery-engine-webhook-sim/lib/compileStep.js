import { playFlow, playSend } from './playSteps.js';

/** Compiles a step to a function `(context, callback)`. Steps that send nothing are run by Artillery's own helpers. */
export function compileStep(step, surroundings) {
  const { config, helpers, events, prepared } = surroundings;
  const compileAll = (steps) => steps.map((each) => compileStep(each, surroundings));
  if (step.loop) {
    return helpers.createLoopWithCount(step.count ?? -1, compileAll(step.loop), {
      loopValue: step.loopValue ?? '$loopCount',
      loopElement: step.loopElement ?? '$loopElement',
      overValues: step.over,
      whileTrue: step.whileTrue && functionOf(step.whileTrue, config),
    });
  }
  if (step.parallel) return helpers.createParallel(compileAll(step.parallel), { limitValue: step.limit });
  if (step.think !== undefined) return helpers.createThink(step, config.defaults?.think ?? {});
  if (step.log !== undefined) {
    return (context, callback) => {
      console.log(helpers.template(step.log, context));
      process.nextTick(callback, null, context);
    };
  }
  if (step.function !== undefined) return callFunction(functionOf(step.function, config), events);
  const ready = prepared.get(step);
  if (!ready)
    throw new Error(
      `${JSON.stringify(step)} is no step of this engine. Write send, flow, think, log, loop, parallel or function.`,
    );
  return step.send === undefined ? playFlow(ready, events) : playSend(ready, { events, helpers });
}

function functionOf(name, { processor = {} }) {
  const found = processor[name];
  if (typeof found === 'function') return found;
  throw new Error(`The processor has no function ${name}.`);
}

/** Functions end with a promise, or by calling back. */
function callFunction(act, events) {
  if (act.constructor.name === 'AsyncFunction') {
    return (context, callback) => {
      act(context, events).then(() => callback(null, context), callback);
    };
  }
  return (context, callback) => act(context, events, (error) => callback(error ?? null, context));
}
