import type { Attempt, Outcome } from '../core/attempt.js';
import { joinHeader } from '../core/delivery.js';
import { UsageError } from '../core/errors.js';
import type { DeliveryEnded } from '../core/run.js';
import { parseStatusRule } from '../core/status.js';
import type { Failure } from '../core/suite.js';
import { readJson } from '../json/parse.js';
import { getPath, parsePath } from '../json/path.js';
import { textTest, valueTest } from './matchValue.js';
import type { BodyMatcher, Expectations, Expected } from './suite.js';

/** Returns the parts of a delivery that don't meet the expectations; empty where all do. */
export type Expectation = (ended: DeliveryEnded) => Failure[];

/** One thing that is demanded of the last attempt of a delivery. */
type Demand = (ended: DeliveryEnded, attempt: Attempt) => Failure[];

/** A case's expectations in their long form. */
export function expandExpectations(expected: Expected | undefined): Expectations {
  if (typeof expected === 'string' || typeof expected === 'number') return { status: expected };
  return expected ?? {};
}

/** Returns whether expectations define how a delivery has to end; without one it has to be accepted, or as a forgery rejected. */
function saysHowItEnds({ status, outcome }: Expectations): boolean {
  return status !== undefined || outcome !== undefined;
}

/** Builds the expectation of a case. Throws a UsageError for what is wrong with it; `what` names its place. */
export function expectation(written: Expectations, what: string): Expectation {
  assertConsistent(written, what);
  const demands = [
    ending(written, what),
    ...Object.entries(written.header ?? {}).map(([name, matcher]): Demand => {
      const test = textTest(matcher, `${what}.header.${name}`);
      return withAnswer('header', (_, response) =>
        withSubject(`the header ${name}`, test(joinHeader(response.headers, name))),
      );
    }),
    ...(written.body === undefined ? [] : bodyDemands(written.body, `${what}.body`)),
    ...(written.maxMs === undefined ? [] : [quickness(written.maxMs)]),
  ];
  return (ended) => demands.flatMap((demand) => demand(ended, ended.attempts.at(-1)!));
}

/** Throws for expectations that need an answer where none is expected: they would never be checked. */
function assertConsistent({ status, outcome, header, body }: Expectations, what: string): void {
  const [of] = Object.entries({ status, header, body }).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  if (outcome === undefined || outcome === 'accepted' || outcome === 'rejected' || of === undefined) return;
  throw new UsageError('CONFLICT', `${what}: outcome ${outcome} leaves no answer for ${of} to check. Leave one out.`);
}

function ending(written: Expectations, what: string): Demand {
  const { status, outcome } = written;
  const rules = status === undefined ? null : [status].flat().map(String);
  const rule = rules && parseStatusRule(rules.join(','), `${what}.status`);
  return (ended, attempt) => {
    const failures: Failure[] = [];
    if (rule && (attempt.error !== null || attempt.status === null || !rule(attempt.status))) {
      failures.push({
        expectation: 'status',
        message: `status is ${describeAttempt(attempt)}, expected ${rules!.join(' or ')}`,
      });
    }
    if (outcome !== undefined && ended.outcome !== outcome) {
      failures.push({ expectation: 'outcome', message: `outcome is ${ended.outcome}, expected ${outcome}` });
    }
    if (!saysHowItEnds(written) && !ended.ok) failures.push(unexpected(ended, attempt));
    return failures;
  };
}

/** Returns the failure of a delivery without an expected end: it was not accepted, or a forgery was not rejected. */
function unexpected({ outcome, delivery }: DeliveryEnded, attempt: Attempt): Failure {
  if (delivery.forge === null) return { expectation: 'accepted', message: `not accepted: ${describeAttempt(attempt)}` };
  const how = outcome === 'accepted' ? 'accepted' : 'not rejected with 4xx';
  return { expectation: 'rejected', message: `a forgery (${delivery.forge}) was ${how}: ${describeAttempt(attempt)}` };
}

/** Returns how an attempt ended, in a few words. */
function describeAttempt({ error, status }: Attempt): string {
  return error === null ? String(status) : `${outcomeText(error.kind)} (${error.code}): ${error.message}`;
}

function outcomeText(kind: Outcome): string {
  return kind.replace('_', ' ');
}

type Response = NonNullable<Attempt['response']>;

function withAnswer(key: string, test: (attempt: Attempt, response: Response) => string | null): Demand {
  return (_, attempt) => {
    // A missing answer is reported once, by how the delivery ended.
    if (attempt.error !== null || attempt.response === null) return [];
    const message = test(attempt, attempt.response);
    return message === null ? [] : [{ expectation: key, message }];
  };
}

function withSubject(what: string, wrong: string | null): string | null {
  return wrong === null ? null : `${what} ${wrong}`;
}

function bodyDemands(written: string | BodyMatcher, what: string): Demand[] {
  const { json = {}, ...text } = typeof written === 'string' ? { equals: written } : written;
  const test = textTest(text, what);
  const demands: Demand[] = [
    withAnswer('body', (_, response) => {
      return cutProblem(response, withSubject('the body', test(new TextDecoder().decode(response.body))));
    }),
  ];
  for (const [path, expected] of Object.entries(json)) {
    const steps = parsePath(path);
    const fits = valueTest(expected, `${what}.json.${path}`);
    demands.push(
      withAnswer('body', (_, response) => {
        const root = readJson(response.body);
        if (root === undefined) return cutProblem(response, 'the body is not JSON');
        return withSubject(`${path} in the body`, fits(getPath(root, steps)));
      }),
    );
  }
  return demands;
}

/** Adds to a problem with a body that it was truncated, or could not be decoded. */
function cutProblem({ truncated, decodingProblem }: Response, wrong: string | null): string | null {
  if (wrong !== null && decodingProblem !== undefined) return `${wrong} (it could not be decoded: ${decodingProblem})`;
  return wrong !== null && truncated ? `${wrong} (only its first 64 KiB were kept)` : wrong;
}

function quickness(maxMs: number): Demand {
  return (_, { timing: { totalMs } }) =>
    totalMs <= maxMs
      ? []
      : [{ expectation: 'maxMs', message: `took ${Math.round(totalMs)} ms, expected at most ${maxMs} ms` }];
}
